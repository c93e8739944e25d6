"""A rule acts on what has happened, once: departments are told, or whoever plans the item gets a draft."""

from cards.markdown import plain as escaped
from handlers.actions.draft_from_fact import begun_by_first
from handlers.govern.rule_acts import asked_for, asked_of, informed
from handlers.govern.rules import acting_rules
from handlers.notify.exception_lines import ExceptionLines
from handlers.notify.new_cards import show_new
from handlers.turn import Turn
from planning.control.rules import Rule
from planning.exceptions.episode import Episode, State
from planning.plan.item import Item
from storage.delivery.cards import Purpose
from storage.timers import Timer


def act_by_rule(turn: Turn, timer: Timer) -> None:
    """Do what the rule says that has found this row; where no change would help, or one is being asked for, its
    planner's department is told."""
    one = turn.uow.exceptions.get(int(timer.subject))
    if one is None or one.state is not State.OPEN or one.key.item not in turn.plan().items:
        return
    item = turn.plan().items[one.key.item]
    rule = next((rule for rule in acting_rules(turn) if rule.id == one.key.second), None)
    if rule is None:
        return
    to = informed(rule, item, is_asked=_ask(turn, rule, one, item))
    line = str(escaped(ExceptionLines(turn).head(one)))
    for conversation in dict.fromkeys(filter(None, map(turn.environment.conversation_of, to))):
        turn.uow.outbox.say(conversation, line, turn.now)


def _ask(turn: Turn, rule: Rule, one: Episode, item: Item) -> bool:
    """Show a draft, with its effect, to the nearest who may propose it; False: there is none to be shown."""
    wanted = asked_for(turn, rule, one)
    places = [(who.id, turn.environment.conversation_of(who.department)) for who in asked_of(turn, wanted, item)]
    reason = turn.words("exception.by-rule", rule=one.key.second, n=one.number)
    draft = begun_by_first(turn, turn.plan(), item, wanted, places, reason, f"EX-{one.number} {item.code}")
    if draft is None:
        return False
    if draft.origin:
        show_new(turn, Purpose.PROPOSAL, draft, draft.origin)
    return True
