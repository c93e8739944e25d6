"""A rule acts on what has happened, once: departments are told, or whoever plans the item gets a draft."""

from cards.markdown import plain as escaped
from handlers.actions.draft_from_fact import begun_by_first
from handlers.govern.exceptions import pending_changes, touching_changes
from handlers.govern.rules import acting_rules
from handlers.govern.who_may import who_may_propose
from handlers.notify.exception_lines import ExceptionLines
from handlers.notify.new_cards import show_new
from handlers.turn import Turn
from planning.control.rules import Act
from planning.exceptions.cure import cure_of
from planning.exceptions.episode import Episode, State
from planning.people.organisation import Person
from planning.plan.item import Item
from planning.plan.operation import Operation
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
    is_asked = rule.act is Act.ASK and _ask(turn, one, item)
    to = rule.inform
    if not to and not is_asked and rule.act is not Act.EXCEPTION:
        to = (item.department,)
    line = str(escaped(ExceptionLines(turn).head(one)))
    for conversation in dict.fromkeys(filter(None, map(turn.environment.conversation_of, to))):
        turn.uow.outbox.say(conversation, line, turn.now)


def _ask(turn: Turn, one: Episode, item: Item) -> bool:
    """Show a draft, with its effect, to the nearest who may propose it; False: there is none to be shown."""
    cure, plan = cure_of(one), turn.plan()
    if cure is None or touching_changes(pending_changes(turn), one) or turn.uow.changes.open_of_facts(item.code):
        return False
    wanted = (Operation(item.code, cure[0], to=cure[1]),)
    nobody = Person("", "", item.department)
    places = [(who.id, turn.environment.conversation_of(who.department))
              for who in who_may_propose(turn, wanted, nobody)]  # fmt: skip
    reason = turn.words("exception.by-rule", rule=one.key.second, n=one.number)
    draft = begun_by_first(turn, plan, item, wanted, places, reason, f"EX-{one.number} {item.code}")
    if draft is None:
        return False
    if draft.origin:
        show_new(turn, Purpose.PROPOSAL, draft, draft.origin)
    return True
