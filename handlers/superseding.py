"""One request takes the place of others: on submission those it was made from, in a conflict the one that gave way."""

from handlers.escalating import watch
from handlers.recording import record
from handlers.refreshing import refresh
from handlers.timers import EXPIRY
from handlers.turn import Turn
from planning.approval import supersede
from planning.audit import Kind
from planning.change import Change
from planning.conflict import can_give_way


def take_place(turn: Turn, change: Change) -> None:
    """End what `change` supersedes, as far as people are still to decide on it. In the unit that submits `change`."""
    if not (change.state.is_pending or change.state.is_in_effect):
        return  # it came to nothing itself
    for no in change.supersedes:
        old = turn.uow.changes.get(no)
        if old is not None and can_give_way(old.state):
            give_way(turn, old, change.no, change.proposer)


def give_way(turn: Turn, change: Change, to: str, by: str, *, pressed: str = "") -> Change:
    """End it because the request `to` has its place; `by`: whose doing that is, `pressed` the card it was done on.

    Its steps, timers and cards follow. Raises Refused when it has ended, or is in effect already.
    """
    ended = turn.uow.changes.save(supersede(change, to, turn.now))
    record(turn, Kind.SUPERSEDED, by, change.no, {"by_no": to})
    turn.uow.timers.stop(EXPIRY, change.no)
    watch(turn, ended)
    refresh(turn, change, ended, pressed=pressed)
    return ended
