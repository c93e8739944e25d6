"""What an operator does about messages that were given up: have them tried again, or drop them. All is in the trail."""

from collections.abc import Sequence

from handlers.notify.audit import record
from handlers.turn import Turn
from planning.refusal import Refused
from planning.trail.audit import Kind


def replay(turn: Turn, keys: Sequence[str] | None, by: str) -> int:
    """Have these tried again, None: all there are; returns how many. Raises Refused("no-dead-letter")."""
    wanted = [letter.dedupe for letter in turn.uow.dead_letters.all()] if keys is None else dict.fromkeys(keys)
    for key in wanted:
        if not turn.uow.dead_letters.replay(key, turn.now):
            raise Refused("no-dead-letter", key=key)
        record(turn, Kind.REPLAYED, by, key)
    return len(wanted)


def drop(turn: Turn, key: str, by: str) -> None:
    """Raises Refused("no-dead-letter")."""
    if not turn.uow.dead_letters.drop(key):
        raise Refused("no-dead-letter", key=key)
    record(turn, Kind.DROPPED, by, key)
