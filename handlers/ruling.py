"""规则: which trigger rules there are, switching them, and which would fire for a command and why (R56, R59)."""

from collections.abc import Sequence
from dataclasses import dataclass

from cards.approver import approver_name
from cards.faces.votes import mode
from cards.markdown import body, plain
from handlers.classifying import facts_in, rules_in_force
from handlers.language import ShowRules, SwitchRule, TryRules, operations_of
from handlers.recording import record
from handlers.turn import Ask, Turn
from planning.audit import Kind
from planning.change import Change
from planning.policy import AFFECTED, Policy
from planning.refusal import Refused
from planning.rules import Facts, Match, Rule, first_match, look


def show(turn: Turn, ask: Ask, command: ShowRules) -> str:
    """Every rule in the order it is tried, with its state."""
    return body(turn.words.locale, "rules", rules=[_row(turn, rule) for rule in rules_in_force(turn)])


def switch(turn: Turn, ask: Ask, command: SwitchRule) -> str:
    """Raises "unknown-rule". What was submitted before keeps its rule."""
    rule = next((r for r in turn.house.rules if r.id.casefold() == command.rule.casefold()), None)
    if rule is None:
        known = turn.words.list([r.id for r in turn.house.rules]) or "—"
        raise Refused("unknown-rule", rule=command.rule, known=known)
    turn.uow.switches.turn(rule.id, command.enabled, ask.person.id, turn.now)
    record(turn, Kind.RULE_SWITCHED, ask.person.id, rule.id, {"enabled": "on" if command.enabled else "off"})
    return turn.words("rule.switched-on" if command.enabled else "rule.switched-off", rule=rule.id)


def try_rules(turn: Turn, ask: Ask, command: TryRules) -> str:
    """Which rule would fire, and how each one looked at it. Writes nothing."""
    plan = turn.plan()
    operations = operations_of(command.inner, plan)
    impact = turn.assess(plan, operations)
    reason = command.inner.reason
    imagined = Change(plan.id, "", ask.person.id, operations, impact, plan.revision, turn.now, reason=reason)
    facts = list(facts_in(turn, plan, imagined))
    fired = first_match(rules_in_force(turn), facts[0])  # what is typed is one operation
    return body(
        turn.words.locale,
        "rule-trial",
        headline=turn.view(imagined).headline,
        refusals=[turn.sentence(refusal) for refusal in impact.refused],
        fired=_row(turn, fired.rule) if fired else None,
        facts=[_facts(turn, one) for one in facts],
        looked=[_looked(turn, look(rule, facts[0])) for rule in rules_in_force(turn)],
    )


@dataclass(frozen=True, slots=True)
class Looked:
    """How one rule looked at the command."""

    id: str
    fires: bool
    parts: Sequence[str]


def _looked(turn: Turn, match: Match) -> Looked:
    rule = match.rule
    parts = [f"{_mark(match.event)} {turn.words(f'event.{rule.event.value}')}"]
    if rule.reasons:
        parts.append(f"{_mark(match.reason)} {turn.words('rule.reasons', reasons=_reasons(turn, rule.reasons))}")
    parts += [f"{_mark(part.holds)} {plain(part.text)}" for part in match.parts]
    if not rule.enabled:
        parts.append(f"✗ {turn.words('rule.off')}")
    return Looked(rule.id, match.fires, parts)


def _mark(holds: bool | None) -> str:
    return "？" if holds is None else "✓" if holds else "✗"


def _facts(turn: Turn, facts: Facts) -> str:
    events = [turn.words(f"event.{event.value}") for event in sorted(facts.events)]
    reason = turn.words(f"reason-code.{facts.reason_code}")
    told = {"events": turn.words.list(events) or "—", "reason": reason, "days": facts.values["days"]}
    return turn.words("rule.facts", **told)


def _row(turn: Turn, rule: Rule) -> dict[str, str]:
    when = [turn.words(f"event.{rule.event.value}")]
    when += [turn.words("rule.reasons", reasons=_reasons(turn, rule.reasons))] if rule.reasons else []
    when += [str(plain(rule.when.text))] if rule.when else []
    asks = [turn.words("rule.asks", approvers=_asked(turn, rule)) if rule.approvals else turn.words("rule.at-once")]
    asks += _until(turn, rule)
    return {
        "id": rule.id,
        "state": turn.words("rule.on" if rule.enabled else "rule.off"),
        "klass": turn.words(f"class.{rule.klass.value}"),
        "when": " · ".join(when),
        "asks": " · ".join(asks),
    }


def _until(turn: Turn, rule: Rule) -> list[str]:
    if hours := rule.policy().ratify_hours:
        return [turn.words("rule.ratify", hours=hours)]
    return [turn.words("rule.deadline", hours=rule.deadline_hours)] if rule.deadline_hours else []


def _asked(turn: Turn, rule: Rule) -> str:
    """Who decides, and how many of them where that is not one, or they are not waited for."""
    return turn.words.list([_with_terms(turn, rule.policy(), who) for who in rule.approvals])


def _with_terms(turn: Turn, policy: Policy, who: str) -> str:
    words, known = turn.words, turn.organisation.departments.get(who)
    name = words("rule.affected") if who == AFFECTED else approver_name(words, turn.organisation, who)
    terms = policy.terms_of(who)
    needs = terms.needs if terms.needs is not None else known.approval if known else 1
    explicit = terms.needs is not None or needs != 1
    how = [mode(words, needs)] if explicit else []
    how += [words("mode.optional")] if terms.optional else []
    return words("mode.of", who=name, how=words.list(how)) if how else name


def _reasons(turn: Turn, codes: Sequence[str]) -> str:
    return turn.words.list([turn.words(f"reason-code.{code}") for code in codes])
