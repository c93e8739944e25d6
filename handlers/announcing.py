"""Putting new cards where they belong: asking, and telling those who are only informed.

Platform calls are money: see `handlers.refreshing` for when a card is sent again.
"""

from collections.abc import Iterable

from handlers.turn import Turn
from planning.change import Change, Step
from storage.cards import CardRow, Purpose


def show_new(turn: Turn, purpose: Purpose, change: Change, conversation: str, department: str = "") -> CardRow:
    """A new card in a conversation."""
    row = turn.uow.cards.add(purpose, change.no, conversation, turn.now, department, change.round)
    turn.uow.outbox.show(row, turn.now)
    return row


def ask(turn: Turn, change: Change, steps: Iterable[Step]) -> None:
    """One card for each of these steps, in the conversation of those who decide it; whom shadow mode leaves out sees
    what it would be asked."""
    for step in steps:
        show_new(turn, Purpose.APPROVAL, change, asked_in(turn, step), step.department)
    _notify(turn, change, change.policy.shadowed)


def asked_in(turn: Turn, step: Step) -> str:
    """The department's own conversation; a stand-in is asked in the coordinator's."""
    if not step.fallback:
        return turn.house.conversation_of(step.department)
    stand_in = turn.house.coordinators_department()
    return stand_in.conversation if stand_in else turn.house.conversation_of(step.department)


def inform(turn: Turn, change: Change) -> None:
    """Tell the departments that are to know, once, when it is in effect."""
    _notify(turn, change, change.informed)


def _notify(turn: Turn, change: Change, departments: Iterable[str]) -> None:
    """A notice to each who is not asked and has none yet. Of somebody who is no department (`role:…`, nobody's items)
    the coordinator's conversation hears, once."""
    notices = [row for row in turn.uow.cards.of_change(change.no) if row.purpose is Purpose.NOTICE]
    known = {*(step.department for step in change.steps), *(row.department for row in notices)}
    rooms = {row.conversation for row in notices}
    for department in departments:
        room = turn.house.conversation_of(department)
        heard = room in rooms and department not in turn.organisation.departments
        if room and department not in known and not heard:
            show_new(turn, Purpose.NOTICE, change, room, department)
            rooms.add(room)
