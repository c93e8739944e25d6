"""A request's time is over: it expires, or is taken back where it is in effect already."""

from handlers.lifecycle.after_change import save
from handlers.turn import Turn
from planning.change.approval import expire
from planning.change.change import Change


def in_time(turn: Turn, change: Change) -> Change:
    """The request as it stands by now, whether its timer has rung yet or not: to be asked before anybody does anything
    to it, so that nothing said too late counts (rule P4)."""
    if not change.state.is_deciding or change.expires_at is None or change.expires_at > turn.now:
        return change
    return save(turn, change, expire(change, turn.now))
