"""Bringing shown cards up to date after something happened to their change request.

Platform calls are money: a card is sent again only when what it shows has become something else for its readers, and
where every new state is another message or a used-up permission, only the last state is sent.
"""

from datetime import timedelta

from handlers.turn import Turn
from planning.change.change import Change, ChangeState, Step, StepState
from storage.cards import CardRow, Purpose

ANSWER_GRACE = timedelta(seconds=10)
"""A platform takes the answer to a click for 5 s (rule W7). What it has not confirmed by then is sent as a card."""


def refresh(turn: Turn, before: Change, after: Change, *, pressed: str = "") -> None:
    """Bring the cards there are up to date: to be called before new ones are added.

    `pressed` is the card whose click caused it: its answer shows the new state where it reaches everyone.
    """
    for row in turn.uow.cards.about(after.subject):
        if row.card_id == pressed:
            send_again(turn, row, ANSWER_GRACE if answers_everyone(turn, row) else timedelta(0))
        elif _is_to_be_sent(turn, row, before, after):
            send_again(turn, row)


def tells_by_card(turn: Turn, room: str, before: Change, after: Change) -> bool:
    """Check whether what has happened is a new message in this conversation: a card that is sent, not changed where it
    stands."""
    rows = (row for row in turn.uow.cards.about(after.subject) if row.conversation == room)
    return any(not updates_in_place(turn, row) and _is_to_be_sent(turn, row, before, after) for row in rows)


def send_again(turn: Turn, row: CardRow, delay: timedelta = timedelta(0)) -> None:
    """Send the card as a newer version. With a delay it is not sent at all when `answered` says in time that it was
    shown."""
    turn.uow.outbox.show(row, turn.now, turn.uow.cards.want_next(row), delay)


def answered(turn: Turn, card_id: str, version: int, effect: str = "") -> None:
    """The platform took an answer that shows this version, with this effect, to everyone: nothing of it is left to be
    sent. 0: it showed the effect only, beside a sentence."""
    row = turn.uow.cards.get(card_id)
    if row is None:
        return
    if version:
        turn.uow.cards.shown(row, version, row.wire_id, row.handle, turn.now)
        turn.uow.outbox.drop_older(card_id, version, turn.now)
    if effect:
        turn.uow.showings.note(row, effect, turn.now)


def answers_everyone(turn: Turn, row: CardRow) -> bool:
    return turn.environment.platforms.serving(row.conversation).answers_everyone


def updates_in_place(turn: Turn, row: CardRow) -> bool:
    return turn.environment.platforms.serving(row.conversation).updates_in_place


def _is_to_be_sent(turn: Turn, row: CardRow, before: Change, after: Change) -> bool:
    if row.purpose is Purpose.NOTICE:
        return (_is_undone(before) and not _is_undone(after)) or _is_told_again(turn, row, before, after)
    if before.state is ChangeState.APPLIED:  # taken back: no button is left to take away, and all are told anew
        return updates_in_place(turn, row) and (row.purpose is Purpose.PROPOSAL or _is_newest(row, after))
    if not after.state.is_pending:
        return row.purpose is Purpose.PROPOSAL or _is_newest(row, after)
    if _stops_or_goes_on(before, after) and _is_waited_for(row, after):
        return True  # its buttons go, or come back: everywhere
    return updates_in_place(turn, row) and _look(row, before) != _look(row, after)


def _is_told_again(turn: Turn, row: CardRow, before: Change, after: Change) -> bool:
    """Check whether the card is out of date about a change in effect: it was ratified, or taken back, which a card of
    its own says too."""
    return before.state.is_in_effect and before.state is not after.state and updates_in_place(turn, row)


def _is_undone(change: Change) -> bool:
    """Check whether the change is submitted, and the plan does not carry it yet: who runs in shadow has a notice of it
    nevertheless."""
    return change.state.is_pending and not change.state.is_in_effect


def _is_newest(row: CardRow, change: Change) -> bool:
    """Check that the card was not replaced by the card of a later round."""
    step = change.step_of(row.department)
    return step is not None and step.round == row.round


def _stops_or_goes_on(before: Change, after: Change) -> bool:
    return (before.state is ChangeState.ON_HOLD) != (after.state is ChangeState.ON_HOLD)


def _is_waited_for(row: CardRow, change: Change) -> bool:
    step = change.step_of(row.department)
    return step is not None and step.state.is_undecided and step.round == row.round


def _look(row: CardRow, change: Change) -> object:
    """Facts that tell one appearance of a card from another while the request is being decided."""
    if row.purpose is Purpose.PROPOSAL:
        return change.state, change.held_by, change.expires_at, [_look_of(step) for step in change.steps]
    step = change.step_of(row.department)
    if step is None or step.state is StepState.NOT_REQUIRED:
        return StepState.NOT_REQUIRED
    if step.round != row.round:
        return "replaced"
    asked = (change.impact.hash, step.approvers, change.expires_at, change.goes_back) if step.state.is_undecided else ()
    return step.state, _said(step), change.held_by, asked


def _look_of(step: Step) -> object:
    return step.state, step.round, _said(step)


def _said(step: Step) -> object:
    """A step that stays open shows who has spoken."""
    return [(said.person, said.verdict) for said in step.last_words]
