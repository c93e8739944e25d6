"""A rule acts on what has happened, once: departments are told, or whoever plans the item gets a draft."""

from collections.abc import Sequence

from cards.markdown import plain as escaped
from handlers.actions.facts.draft_from_fact import begun_by_first
from handlers.govern.rule_acts import asked_for, asked_of, informed
from handlers.govern.rules import acting_rules
from handlers.notify.facts.exception_lines import ExceptionLines
from handlers.notify.new_cards import show_new
from handlers.turn import Turn
from planning.control.rules import Rule
from planning.exceptions.episode import Episode, State, is_of_place
from planning.exceptions.finding import Code
from planning.plan.item import Item
from storage.delivery.cards import Purpose
from storage.timers import Timer


def act_by_rule(turn: Turn, timer: Timer) -> None:
    """Do what the rule says that has found this row; where no change would help, or one is being asked for, its
    planner's department is told."""
    one = turn.uow.exceptions.get(int(timer.subject))
    if one is None or one.state is not State.OPEN or one.key.item not in turn.plan().items:
        return
    rule = next((rule for rule in acting_rules(turn) if rule.id == one.key.second), None)
    if rule is None:
        return
    rows, item = _together(turn, one), turn.plan().items[one.key.item]
    to = informed(rule, item, is_asked=_ask(turn, rule, rows, item))
    more = turn.words("exception.with", n=len(rows) - 1) if len(rows) > 1 else ""
    line = str(escaped(ExceptionLines(turn).head(one) + more))
    for conversation in dict.fromkeys(filter(None, map(turn.environment.conversation_of, to))):
        turn.uow.outbox.say(conversation, line, turn.now)


def _together(turn: Turn, one: Episode) -> list[Episode]:
    """What the same word about a department has the same rule find, this one first."""
    if not is_of_place(one):
        return [one]
    report, items = one.facts["report"], turn.plan().items
    others = (row for row in turn.uow.exceptions.open_ones() if row.key.code is Code.RULE and row != one)
    alike = (row for row in others if row.key.second == one.key.second and row.facts.get("report") == report)
    return [one, *(row for row in alike if row.key.item in items)]


def _ask(turn: Turn, rule: Rule, rows: Sequence[Episode], item: Item) -> bool:
    """Show a draft, with its effect, to the nearest who may propose it; False: there is none to be shown."""
    one, wanted = rows[0], tuple(operation for row in rows for operation in asked_for(turn, rule, row))
    places = [(who.id, turn.environment.conversation_of(who.department)) for who in asked_of(turn, wanted, item)]
    reason = turn.words("exception.by-rule", rule=one.key.second, n=one.number)
    draft = begun_by_first(turn, turn.plan(), item.code, wanted, places, reason, f"EX-{one.number} {item.code}")
    if draft is None:
        return False
    if draft.origin:
        show_new(turn, Purpose.PROPOSAL, draft, draft.origin)
    return True
