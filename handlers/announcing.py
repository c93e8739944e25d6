"""Putting cards where they belong: asking, showing how a request stands, telling those who are only informed.

Platform calls are money: a card is sent again only when what it shows has become something else for its readers.
"""

from collections.abc import Iterable

from handlers.turn import Turn
from planning.change import Change, ChangeState, Step, StepState
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


def refresh(turn: Turn, change: Change, *, pressed: str = "") -> None:
    """Bring the cards of a request up to date after something happened to it.

    `pressed` is the card whose click caused it: its answer already shows the new state to whoever the platform
    answers (see `answers_everyone`).
    """
    for row in turn.uow.cards.of_change(change.no):
        if _shows_something_new(row, change) or row.card_id == pressed:
            _send_again(turn, row, answered=row.card_id == pressed and answers_everyone(row.conversation))


def inform(turn: Turn, change: Change) -> None:
    """Tell the departments that are to know, once, when it is in effect."""
    asked = {step.department for step in change.steps}
    for department in change.impact.informed:
        conversation = turn.house.conversation_of(department)
        if department not in asked and conversation:
            show_new(turn, Purpose.NOTICE, change, conversation, department)


def report_undelivered(turn: Turn, card_id: str, reason: str) -> None:
    """A card that cannot be delivered must not leave its department unasked in silence: the coordinator hears."""
    row = turn.uow.cards.get(card_id)
    stand_in = turn.house.coordinators_department()
    if row is None or stand_in is None or stand_in.conversation == row.conversation:
        return
    view = turn.view(turn.change(row.change_no))
    department = view.department(row.department) if row.department else view.proposer
    facts = {"department": department, "reason": reason, "conversation": row.conversation}
    text = turn.words("undelivered", title=f"{row.change_no} {view.headline}", **facts)
    turn.uow.outbox.say(stand_in.conversation, text, turn.now, f"undelivered:{card_id}")


def answers_everyone(conversation: str) -> bool:
    """WeCom's aibot shows the answer to a click to the whole group (protocol 8A); the others to one person."""
    return conversation.startswith("wecom:")


def updates_in_place(conversation: str) -> bool:
    """DingTalk can change a shown card at any time; elsewhere every later state is another message or a used-up
    permission, so only the last one is sent."""
    return conversation.startswith("dingtalk:")


def _shows_something_new(row: CardRow, change: Change) -> bool:
    if row.purpose is Purpose.NOTICE:
        return False
    step = change.step_of(row.department)
    if change.state is not ChangeState.IN_APPROVAL:
        return row.purpose is Purpose.PROPOSAL or (step is not None and step.round == row.round)
    if row.purpose is Purpose.PROPOSAL:
        return updates_in_place(row.conversation)
    if step is None or step.state is StepState.NOT_REQUIRED:
        return True
    return step.round != row.round and updates_in_place(row.conversation)


def _send_again(turn: Turn, row: CardRow, *, answered: bool) -> None:
    version = turn.uow.cards.want_next(row)
    if answered:
        turn.uow.cards.shown(row.card_id, version, row.wire_id, row.handle, turn.now)
    else:
        turn.uow.outbox.show(row, turn.now, version)
