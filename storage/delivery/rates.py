"""How fast somebody speaks, and a platform is called, where every process sees it: a row for each of them.

It is the generic cell rate algorithm.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, text

from storage.repository import Repository
from storage.tables.delivery import rates

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
RESERVE = text(
    "UPDATE rates SET free_at = greatest(free_at, clock_timestamp()) + make_interval(secs => :every)"
    " WHERE plan_id = :plan AND kind = :kind AND subject = :subject"
    " RETURNING extract(epoch FROM free_at - clock_timestamp()) - :every"
)


@dataclass(frozen=True, slots=True)
class Rate:
    """`burst` at once, and one more each `every`."""

    burst: int
    every: timedelta


@dataclass(frozen=True, slots=True)
class Taken:
    """One that came: `allowed`, or the n-th `refused` since the last that was, as are all `until` a moment."""

    refused: int = 0
    until: datetime = LONG_AGO

    @property
    def allowed(self) -> bool:
        return self.refused == 0


class Rates(Repository):
    def take(self, kind: str, subject: str, rate: Rate, now: datetime) -> Taken:
        """Count one that comes now, if the rate allows it. What is refused costs nothing of the rate."""
        theirs = {"kind": kind, "subject": subject}
        if not (rows := self._locked_rows(rates, **theirs)):
            self._meet(kind, subject, now)
            rows = self._locked_rows(rates, **theirs)
        (row,) = rows
        free_at = max(row.free_at, now) + rate.every
        until = free_at - rate.burst * rate.every
        taken = Taken() if until <= now else Taken(row.refused + 1, until)
        values = {"free_at": free_at, "refused": 0} if taken.allowed else {"refused": taken.refused}
        self._alter(rates, theirs, **values)
        return taken

    def reserve(self, kind: str, subject: str, every: float) -> float:
        """Reserve the next of places that lie `every` seconds apart. Seconds until it, by the clock of the database:
        those of the processes differ. PostgreSQL only."""
        self._connection.execute(text("SET LOCAL synchronous_commit = off"))  # a place that a crash forgets is free
        place = {"plan": self._plan_id, "kind": kind, "subject": subject, "every": every}
        seconds = self._connection.scalar(RESERVE, place)
        if seconds is None:
            self._meet(kind, subject, LONG_AGO)
            seconds = self._connection.scalar(RESERVE, place)
        return max(float(seconds), 0.0)

    def forget(self, before: datetime) -> None:
        """Drop those who have not been heard since: a row says no more of them than none."""
        old = self._of_plan(rates) & (rates.c.free_at < before)
        self._connection.execute(delete(rates).where(old))

    def _meet(self, kind: str, subject: str, now: datetime) -> None:
        """Have a row of them, whichever process met them first."""
        row = {"plan_id": self._plan_id, "kind": kind, "subject": subject, "free_at": now, "refused": 0}
        self._add_new(rates, row)
