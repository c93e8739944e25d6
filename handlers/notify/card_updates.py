"""Bringing shown cards up to date after something happened to their change request (rules K6 to K8).

Platform calls are money: a card is made, and drawn once more when all is over. States in between are sent to those only
who have something else to do than before; who presses sees them in the answer.
"""

from datetime import timedelta

from handlers.notify.change.escalation_cards import steps_on
from handlers.turn import Turn
from planning.change.change import Change, ChangeState, Step, StepState
from storage.delivery.cards import CardRow, Purpose

ANSWER_GRACE = timedelta(seconds=10)
"""A platform takes the answer to a click for 5 s (rule W7). What it has not confirmed by then is sent as a card."""


def refresh(turn: Turn, before: Change, after: Change, *, pressed: str = "") -> None:
    """Bring the cards there are up to date: to be called before new ones are added.

    `pressed` is the card whose click caused it: its answer shows the new state, and that is enough where it reaches
    everyone, or nobody else has to know before the end.
    """
    sent = {row.card_id for row in _to_be_sent(turn, before, after)}
    for row in turn.uow.cards.about(after.subject):
        if row.card_id == pressed:
            now = row.card_id in sent and not answers_everyone(turn, row)
            send_again(turn, row, timedelta(0) if now else ANSWER_GRACE)
        elif row.card_id in sent:
            send_again(turn, row)


def tells_by_card(turn: Turn, room: str, before: Change, after: Change) -> bool:
    """Check whether what has happened is a new message in this conversation: a card that is sent, not changed where it
    stands."""
    rows = (row for row in _to_be_sent(turn, before, after) if row.conversation == room)
    return any(not updates_in_place(turn, row) for row in rows)


def send_again(turn: Turn, row: CardRow, delay: timedelta = timedelta(0)) -> None:
    """Send the card as a newer version. With a delay it is not sent at all when `answered` says in time that it was
    shown. In a group that was taken out of the settings it stays as it is."""
    if turn.uow.left_groups.has(row.conversation):
        return
    turn.uow.outbox.show(row, turn.now, turn.uow.cards.want_next(row), delay)


def answered(turn: Turn, card_id: str, version: int, effect: str = "") -> None:
    """The platform took an answer that shows this version, with this effect, to everyone: nothing of it is left to be
    sent. 0: it showed the effect only, beside a sentence. Where it was shown to the one who pressed, what is for the
    others is still sent; what only waited for the answer is not."""
    row = turn.uow.cards.get(card_id)
    if row is None:
        return
    if version and answers_everyone(turn, row):
        turn.uow.cards.shown(row, version, row.wire_id, row.handle, turn.now)
        turn.uow.outbox.drop_older(card_id, version, turn.now)
    elif version:
        turn.uow.outbox.drop_waiting(card_id, version, turn.now)
    if effect:
        turn.uow.showings.note(row, effect, turn.now)


def answers_everyone(turn: Turn, row: CardRow) -> bool:
    return turn.environment.platforms.serving(row.conversation).answers_everyone


def updates_in_place(turn: Turn, row: CardRow) -> bool:
    return turn.environment.platforms.serving(row.conversation).updates_in_place


def _to_be_sent(turn: Turn, before: Change, after: Change) -> list[CardRow]:
    """The cards that have to be drawn anew, oldest first."""
    known = turn.uow.cards.about(after.subject)
    on = {row.card_id: steps_on(turn, after, row) for row in known}
    called_in = [step for row in known if row.purpose is Purpose.ESCALATION for step in on[row.card_id]]
    settled = {step.department for step in called_in if _is_settled(step, before)}
    rows = [
        row
        for row in known
        if _is_to_be_sent(turn, row, before, after)
        or (updates_in_place(turn, row) and any(step.department in settled for step in on[row.card_id]))
    ]
    return rows if after.state.is_open else _once_in_each(turn, rows)


def _once_in_each(turn: Turn, rows: list[CardRow]) -> list[CardRow]:
    """Of the cards that tell the end, where that is another message one in each conversation: the proposer's, else the
    newest that asked."""
    weights = {Purpose.PROPOSAL: 2, Purpose.NOTICE: 0}
    last = {row.conversation: row for row in sorted(rows, key=lambda row: weights.get(row.purpose, 1))}
    return [row for row in rows if last[row.conversation] == row or not _is_another_message(turn, row)]


def _is_another_message(turn: Turn, row: CardRow) -> bool:
    traits = turn.environment.platforms.serving(row.conversation)
    return not traits.updates_in_place and not traits.updates_once


def _is_to_be_sent(turn: Turn, row: CardRow, before: Change, after: Change) -> bool:
    if row.purpose is Purpose.NOTICE:
        return (_is_undone(before) and not _is_undone(after)) or _is_told_again(turn, row, before, after)
    if before.state is ChangeState.APPLIED:  # taken back: no button is left to take away, and all are told anew
        return updates_in_place(turn, row) and (row.purpose is Purpose.PROPOSAL or bool(steps_on(turn, after, row)))
    if not after.state.is_pending:
        return row.purpose is Purpose.PROPOSAL or bool(steps_on(turn, after, row))
    if _stops_or_goes_on(before, after) and _is_waited_for(row, after):
        return True  # its buttons go, or come back: everywhere
    return updates_in_place(turn, row) and _has_something_else_to_do(row, before, after)


def _is_settled(step: Step, before: Change) -> bool:
    """Check whether the step was open in this round, and is not any more."""
    was = before.step_of(step.department)
    if was is None or was.round != step.round:
        return False
    return was.state.is_undecided and not step.state.is_undecided


def _is_told_again(turn: Turn, row: CardRow, before: Change, after: Change) -> bool:
    """Check whether the card is out of date about a change in effect: it was ratified, or taken back, which a card of
    its own says too."""
    return before.state.is_in_effect and before.state is not after.state and updates_in_place(turn, row)


def _is_undone(change: Change) -> bool:
    """Check whether the change is submitted, and the plan does not carry it yet: who runs in shadow has a notice of it
    nevertheless."""
    return change.state.is_pending and not change.state.is_in_effect


def _stops_or_goes_on(before: Change, after: Change) -> bool:
    return (before.state is ChangeState.ON_HOLD) != (after.state is ChangeState.ON_HOLD)


def _is_waited_for(row: CardRow, change: Change) -> bool:
    step = change.step_of(row.department)
    return step is not None and step.state.is_undecided and step.round == row.round


def _has_something_else_to_do(row: CardRow, before: Change, after: Change) -> bool:
    """Check whether its readers have to know while the request is being decided: words that only count towards the end
    are no reason, nor is what the proposer has just submitted."""
    if row.purpose is Purpose.PROPOSAL:
        return before.state is not ChangeState.DRAFT and _to_its_proposer(before) != _to_its_proposer(after)
    step = after.step_of(row.department)
    if step is not None and step.round == row.round and step.state is StepState.APPROVED:
        return False
    return _to_those_asked(row, before) != _to_those_asked(row, after)


def _to_its_proposer(change: Change) -> object:
    against = [(step.department, step.round, step.last_words) for step in change.steps if _is_against(step)]
    return change.state, change.held_by, change.expires_at, change.round, change.impact.hash, against


def _is_against(step: Step) -> bool:
    return step.state in (StepState.REJECTED, StepState.CHANGES_REQUESTED)


def _to_those_asked(row: CardRow, change: Change) -> object:
    step = change.step_of(row.department)
    if step is None or step.state is StepState.NOT_REQUIRED:
        return StepState.NOT_REQUIRED
    if step.round != row.round:
        return "replaced"
    if not step.state.is_undecided:
        return step.state
    return step.state, change.held_by, change.impact.hash, step.approvers, change.expires_at, change.goes_back
