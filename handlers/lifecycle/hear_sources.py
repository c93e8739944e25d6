"""Sources that speak: kept once in a unit of work, however much they say in it."""

from datetime import datetime

from handlers.lifecycle.scan import touch
from handlers.turn import Turn

HEARD = "sources"


def heard(turn: Turn, source: str, rows: int, at: datetime | None = None) -> None:
    """A source has said so many rows; an answer without any is one. `at`: as of when, where that is not now."""
    told: dict[str, tuple[int, datetime]] = turn.uow.worked_out.setdefault(HEARD, {})
    before = told.get(source, (0, at or turn.now))
    told[source] = before[0] + rows, max(before[1], at or turn.now)
    turn.uow.at_end(HEARD, lambda: _keep(turn))


def troubled(turn: Turn, source: str, what: str) -> None:
    """A source has tried, and nothing or not all of it could be kept."""
    turn.uow.sources.troubled(source, turn.now, what)


def _keep(turn: Turn) -> None:
    told: dict[str, tuple[int, datetime]] = turn.uow.worked_out.pop(HEARD, {})
    touch(turn, told)
    for source, (rows, at) in sorted(told.items()):
        turn.uow.sources.heard(source, at, rows)
