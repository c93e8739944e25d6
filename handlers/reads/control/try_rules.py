"""规则 试算: which rule would fire for a command and why, and what would become of it; nothing is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cards.lines.condition import ConditionWriter
from cards.lines.governed import shadow_lines
from cards.markdown import body
from handlers.govern.classify import classified, expiry, facts_in, rules_in_force
from handlers.language import TryRules, operations_of
from handlers.reads.control.list_rules import event_of, reasons_of, told
from handlers.turn import Ask, Turn
from planning.change.approval_steps import submit
from planning.change.change import Change
from planning.change.guards import require_effect
from planning.control.condition import Part
from planning.control.rules import Class, Facts, Match, first_match, look
from planning.plan.plan import Plan
from planning.refusal import Refused


def try_rules(turn: Turn, ask: Ask, command: TryRules) -> str:
    """Try the rules as the preview and the submission would have it. What cannot be done says why, and nothing else."""
    plan = turn.plan()
    operations, reason = operations_of(command.inner, plan), command.inner.reason
    impact = turn.assess(plan, operations)
    imagined = Change(plan.id, "", ask.person.id, operations, impact, plan.revision, turn.now, reason=reason)
    headline = turn.view(imagined).headline
    try:
        require_effect(impact, operations)
        classed = classified(turn, plan, imagined)
        outcome = _outcome(turn, classed)
    except Refused as refused:
        return body(turn.words.locale, "rule-trial", headline=headline, refusal=turn.sentence(refused.refusal))
    return body(
        turn.words.locale, "rule-trial", headline=headline, refusal="", outcome=outcome,
        lines=_lines(turn, classed), **_why(turn, plan, imagined),
    )  # fmt: skip


def _outcome(turn: Turn, classed: Change) -> str:
    """Outcome for the change: its class, whom it would ask and until when, who is told. Raises Refused for a step
    nobody could decide."""
    words, until = turn.words, expiry(turn, classed, classed.impact)
    steps = submit(classed, turn.organisation, turn.now, until, turn.deputies()).steps
    view, parts = turn.view(classed), [words(f"value.class.{classed.klass}")]
    if steps:
        parts.append(words("rule.asks", approvers=words.list([view.brief(step) for step in steps])))
    if steps and classed.policy.ratify_hours is None:
        parts.append(words("rule.until", at=view.at(until)))
    if not steps and classed.klass == Class.NORMAL.value:
        parts.append(words("rule.unasked"))
    return " · ".join([*parts, *told(turn, classed.policy.inform)])


def _lines(turn: Turn, classed: Change) -> list[str]:
    """The fences it touches and what they make of it, what is only shown, whether it waits at all."""
    view, rules = turn.view(classed), {rule.id: rule for rule in turn.environment.rules}
    fired = rules.get(classed.policy.rule)
    firmed = fired is not None and fired.klass is Class.STANDARD and classed.klass != fired.klass.value
    firm = [turn.words("rule.firmed")] if firmed else []
    return [*view.fenced, *firm, *shadow_lines(classed, turn.organisation, turn.words), *view.at_once]


@dataclass(frozen=True, slots=True)
class Looked:
    """Result of one rule for the command."""

    id: str
    fires: bool
    parts: Sequence[str]


def _why(turn: Turn, plan: Plan, imagined: Change) -> dict[str, Any]:
    rules, facts = rules_in_force(turn), next(facts_in(turn, plan, imagined))  # what is typed is one operation
    fired, matches = first_match(rules, facts), [look(rule, facts) for rule in rules]
    unknown = any(part.holds is None for match in matches for part in match.parts)
    return {
        "fired": fired.rule.id if fired else "",
        "facts": _facts(turn, facts),
        "looked": [looked_at(turn, match, facts, fired.rule.id if fired else "") for match in matches],
        "note": turn.words("rule.unknown") if unknown else "",
    }


def looked_at(turn: Turn, match: Match, facts: Facts, fired: str) -> Looked:
    rule = match.rule
    parts = [f"{_mark(match.event)} {event_of(turn, rule)}"]
    parts += [f"{_mark(match.reason)} {reasons}" for reasons in reasons_of(turn, rule)]
    parts += [f"{_mark(part.holds)} {_told(turn, part, match.values)}" for part in match.parts]
    if not match.declared:
        parts.append(f"✗ {turn.words('rule.undeclared')}")
    if match.values != facts.values:
        parts.append(turn.words("rule.since-agreed"))
    if not rule.enabled:
        parts.append(f"✗ {turn.words('rule.off')}")
    if match.fires and rule.id != fired:
        parts.append(turn.words("rule.later", first=fired))
    return Looked(rule.id, rule.id == fired, parts)


def _mark(holds: bool | None) -> str:
    return "？" if holds is None else "✓" if holds else "✗"


def _told(turn: Turn, part: Part, values: Mapping[str, Any]) -> str:
    """The condition with what its facts are, unless it says that itself: 没有订单晚交（晚交的订单 1 单）."""
    writer = ConditionWriter(turn.words, turn.organisation)
    text = writer.sentence(part.text)
    facts = [(writer.name(name), _value(turn, writer, values, name)) for name in part.facts]
    known = [f"{name} {value}" for name, value in facts if not (part.holds and value in text)]
    return turn.words("rule.value", part=text, values=turn.words.list(known)) if known else text


def _value(turn: Turn, writer: ConditionWriter, values: Mapping[str, Any], name: str) -> str:
    found: Any = values
    for section in name.split("."):
        found = found.get(section)
    if found in (None, "", []):
        return turn.words("rule.value-none")
    if isinstance(found, list):
        return turn.words.list([writer.value(name, one) for one in found])
    return f"{writer.value(name, found)} {writer.unit(name) if isinstance(found, int | float) else ''}".strip()


def _facts(turn: Turn, facts: Facts) -> str:
    events = [turn.words(f"value.event.{event.value}") for event in sorted(facts.events)]
    reason = turn.words(f"value.reason-code.{facts.reason_code}")
    return turn.words(
        "rule.facts", events=turn.words.list(events) or "—", reason=reason, days=facts.values["days"]
    )
