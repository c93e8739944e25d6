"""Timers: rows with a due time, advanced by compare-and-set in the transaction that writes their effect."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, select, update

from storage.repository import Repository
from storage.tables.delivery import digest_runs, timers


@dataclass(frozen=True, slots=True)
class Timer:
    kind: str
    """Kind of timer, as in `handlers/timers`."""
    subject: str
    """Subject of the timer: a conversation, a change request's number, one step of it, a person."""
    due_at: datetime


class Timers(Repository):
    def start(self, timer: Timer) -> None:
        """Set a timer, or move one already set."""
        row = {"kind": timer.kind, "subject": timer.subject, "due_at": timer.due_at, "state": "set"}
        self._put(timers, {"plan_id": self._plan_id, **row})

    def get(self, kind: str, subject: str) -> Timer | None:
        row = self._connection.execute(
            select(timers).where(self._of_plan(timers, kind=kind, subject=subject, state="set"))
        ).one_or_none()
        return Timer(row.kind, row.subject, row.due_at) if row else None

    def due(self, now: datetime) -> list[Timer]:
        """Due timers, oldest first; after downtime each appears once however often it would have rung."""
        query = select(timers).where(self._of_plan(timers, state="set"), timers.c.due_at <= now)
        rows = self._connection.execute(query.order_by(timers.c.due_at, timers.c.kind, timers.c.subject))
        return [Timer(row.kind, row.subject, row.due_at) for row in rows]

    def take(self, timer: Timer) -> bool:
        """Claim this ring; False when somebody else had it or it was moved meanwhile."""
        return self._leave(timer, "rung")

    def stop(self, kind: str, subject: str) -> None:
        which = self._of_plan(timers, kind=kind, subject=subject)
        self._connection.execute(update(timers).where(which).values(state="stopped"))

    def _leave(self, timer: Timer, state: str) -> bool:
        which = self._of_plan(timers, kind=timer.kind, subject=timer.subject, state="set", due_at=timer.due_at)
        return self._connection.execute(update(timers).where(which).values(state=state)).rowcount == 1

    def keep_only(self, kind: str, subjects: set[str]) -> None:
        """Forget the timers of a kind whose subject no longer exists in the settings."""
        gone = self._of_plan(timers, kind=kind) & timers.c.subject.not_in(subjects)
        self._connection.execute(delete(timers).where(gone))


class Digests(Repository):
    """Digests sent: once per date and conversation, whatever restarts."""

    def ran(self, conversation: str, day: date, at: datetime, revision: int) -> bool:
        """Record a run; False when there was one."""
        row = {"conversation": conversation, "day": day, "ran_at": at, "revision": revision}
        return self._add_new(digest_runs, {"plan_id": self._plan_id, **row})

    def unsaid(self, conversation: str, day: date) -> None:
        """Forget a run that nobody got to read: the next digest tells what changed since the one before it."""
        run = self._of_plan(digest_runs, conversation=conversation, day=day)
        self._connection.execute(delete(digest_runs).where(run))

    def last(self, conversation: str) -> datetime | None:
        """Moment of the newest run."""
        query = select(digest_runs.c.ran_at).where(self._of_plan(digest_runs, conversation=conversation))
        return self._connection.scalar(query.order_by(digest_runs.c.day.desc()).limit(1))
