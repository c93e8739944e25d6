"""A group was taken out of the settings: nothing goes there any more, and what waited there is asked elsewhere."""

from collections.abc import Iterator

from handlers.notify.audit import record
from handlers.notify.new_cards import ask, asked_in, cards_of_step
from handlers.timers import DIGEST
from handlers.turn import Turn
from planning.change.change import Change
from planning.trail.audit import Kind
from storage.delivery.cards import CardRow


def leave_groups(turn: Turn) -> None:
    """Leave the groups that the settings no longer name, and go back to those they name again. At the service's start,
    before the digests' timers are set anew."""
    homes = {department.conversation for department in turn.organisation.departments.values()}
    left = turn.uow.left_groups.all()
    turn.uow.left_groups.come_back(left & homes)
    for conversation in sorted(turn.uow.left_groups.known(DIGEST) - homes - left):
        _leave(turn, conversation)


def _leave(turn: Turn, conversation: str) -> None:
    """Close the cards there as unreachable, and say so once, where the coordinators read."""
    turn.uow.left_groups.leave(conversation, turn.now)
    reason = turn.words("audit.left-group")
    turn.uow.outbox.drop_all_to(conversation, reason)
    open_there = list(_open_cards(turn, conversation))
    for row in open_there:
        turn.uow.cards.failed(row.card_id, reason)
        record(turn, Kind.UNDELIVERABLE, "", row.card_id, {"place": conversation, "reason": reason})
    stand_in = turn.environment.coordinators_department()
    if not open_there or stand_in is None:
        return
    numbers = dict.fromkeys(turn.words.number(no) for row in open_there for no in row.subject.changes)
    about = turn.words("answer.left-group.about", changes=turn.words.list(list(numbers))) if numbers else ""
    text = turn.words("answer.left-group", conversation=conversation, n=len(open_there), about=about)
    turn.uow.outbox.say(stand_in.conversation, text, turn.now, f"left:{conversation}:{turn.now.isoformat()}")
    for change in turn.uow.changes.open_ones():
        _ask_elsewhere(turn, change, conversation)


def _ask_elsewhere(turn: Turn, change: Change, conversation: str) -> None:
    """A card where those now read whose open step was asked there only."""
    lost = [
        step
        for step in change.waiting
        if any(row.conversation == conversation for row in cards_of_step(turn, change, step))
        and conversation not in asked_in(turn, step)
    ]
    ask(turn, change, lost)


def _open_cards(turn: Turn, conversation: str) -> Iterator[CardRow]:
    """Cards there of what is not over: requests, conflicts, and leaves that nobody has accepted yet."""
    leaves = [leave for leave in turn.uow.delegations.current(turn.today) if not leave.accepted_at]
    changes, conflicts = turn.uow.changes.open_ones(), turn.uow.conflicts.open_ones()
    subjects = [one.subject for one in changes] + [one.subject for one in conflicts] + [one.subject for one in leaves]
    for subject in subjects:
        yield from (row for row in turn.uow.cards.about(subject) if row.conversation == conversation)
