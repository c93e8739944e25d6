"""规则: which trigger rules there are."""

from collections.abc import Sequence

from cards.faces.steps import mode
from cards.lines.condition import ConditionWriter
from cards.lines.governed import approver_name
from cards.markdown import Code, body
from cards.words.dates import moment
from handlers.govern.rules import all_rules
from handlers.language import ShowRules
from handlers.turn import Ask, Turn
from planning.control.policy import AFFECTED, Policy
from planning.control.rules import Rule


def list_rules(turn: Turn, ask: Ask, command: ShowRules) -> str:
    """Every rule in the order it is tried, with its state and who has switched it."""
    writer = ConditionWriter(turn.words, turn.organisation)
    rows = [_row(turn, rule, writer) for rule in all_rules(turn)]
    conditions = any(rule.when for rule in turn.environment.rules)
    return body(
        turn.words.locale, "rules", rules=rows, details=command.details,
        how=turn.words("rule.details") if conditions and not command.details else "",
    )  # fmt: skip


def told(turn: Turn, departments: Sequence[str]) -> list[str]:
    """Line that names who hears of it besides; empty: nobody does."""
    names = [approver_name(turn.words, turn.organisation, department) for department in departments]
    return [turn.words("rule.informs", departments=turn.words.list(names))] if names else []


def event_of(turn: Turn, rule: Rule) -> str:
    """The event by which a change comes under it; of one that acts by itself what happens."""
    return turn.words(f"{'exception' if rule.act else 'value'}.event.{rule.event.value}")


def reasons_of(turn: Turn, rule: Rule) -> list[str]:
    """Line with the reasons for which alone the rule is; empty: for all."""
    codes = [turn.words(f"value.reason-code.{code}") for code in rule.reasons]
    return [turn.words("rule.reasons", reasons=turn.words.list(codes))] if codes else []


def _row(turn: Turn, rule: Rule, writer: ConditionWriter) -> dict[str, str]:
    when = [event_of(turn, rule), *reasons_of(turn, rule)]
    when += [writer.sentence(rule.when.text)] if rule.when else []
    asks = [turn.words("rule.asks", approvers=_asked(turn, rule)) if rule.approvals else turn.words("rule.at-once")]
    asks += _until(turn, rule)
    if rule.act:
        asks = [turn.words(f"rule.act.{rule.act.value}.does")]
    asks += told(turn, rule.inform)
    asks += [turn.words("rule.open")] if rule.applies_to_open else []
    return {
        "id": rule.id,
        "state": _state(turn, rule),
        "klass": turn.words(f"rule.act.{rule.act.value}" if rule.act else f"value.class.{rule.klass.value}"),
        "when": " · ".join(when),
        "condition": Code(rule.when.text) if rule.when else "",
        "asks": " · ".join(asks),
    }


def _state(turn: Turn, rule: Rule) -> str:
    """A switch in chat wins over the settings: whose it is must be seen."""
    state, switched = turn.words("rule.on" if rule.enabled else "rule.off"), turn.uow.switches.all().get(rule.id)
    if switched is None:
        return state
    at = moment(switched.at, turn.environment.zone, turn.today)
    return turn.words("rule.switched", state=state, name=turn.organisation.name_of(switched.by), at=at)


def _until(turn: Turn, rule: Rule) -> list[str]:
    if hours := rule.policy().ratify_hours:
        return [turn.words("rule.ratify", hours=hours)]
    return [turn.words("rule.deadline", hours=rule.deadline_hours)] if rule.deadline_hours else []


def _asked(turn: Turn, rule: Rule) -> str:
    """List those who decide, and how many of them where that is not one, or they are not waited for."""
    return turn.words.list([_with_terms(turn, rule.policy(), who) for who in rule.approvals])


def _with_terms(turn: Turn, policy: Policy, who: str) -> str:
    words, known = turn.words, turn.organisation.departments.get(who)
    name = words("rule.affected") if who == AFFECTED else approver_name(words, turn.organisation, who)
    terms = policy.terms_of(who)
    needs = terms.needs if terms.needs is not None else known.approval if known else 1
    explicit = terms.needs is not None or needs != 1
    how = [mode(words, needs)] if explicit else []
    how += [words("approver.mode.optional")] if terms.optional else []
    how += [words("approver.mode.any-deputy")] if terms.any_deputy else []
    return words("approver.mode.of", who=name, how=words.list(how)) if how else name
