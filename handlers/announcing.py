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
    """One card for each of these steps, in the conversation of those who decide it."""
    for step in steps:
        show_new(turn, Purpose.APPROVAL, change, asked_in(turn, step), step.department)


def asked_in(turn: Turn, step: Step) -> str:
    """The department's own conversation; a stand-in is asked in the coordinator's."""
    if not step.fallback:
        return turn.house.conversation_of(step.department)
    stand_in = turn.house.coordinators_department()
    return stand_in.conversation if stand_in else turn.house.conversation_of(step.department)


def inform(turn: Turn, change: Change) -> None:
    """Tell the departments that are to know, once, when it is in effect."""
    asked = {step.department for step in change.steps}
    for department in change.informed:
        conversation = turn.house.conversation_of(department)
        if department not in asked and conversation:
            show_new(turn, Purpose.NOTICE, change, conversation, department)
