"""The audit trail: notes of this unit of work become the chain's next events when the unit is kept."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, func, insert, select

from planning.trail.audit import AuditEvent, Note
from planning.trail.chain import Break, End, Fault, first_break
from storage.repository import Repository
from storage.tables.plan import revisions
from storage.tables.trail import audit_events, audit_heads
from storage.trail.audit_rows import events

BATCH = 2000


@dataclass(frozen=True, slots=True)
class Wanted:
    """A choice of events."""

    since: datetime | None = None
    kinds: tuple[str, ...] = ()
    """Kinds of events; empty: all."""


EVERYTHING = Wanted()


class Audit(Repository):
    """The audit trail, append-only: neither this class nor the guarded database changes or removes an event."""

    def __init__(self, connection: Connection, plan_id: str) -> None:
        super().__init__(connection, plan_id)
        self._notes: list[Note] = []

    def add(self, note: Note) -> None:
        """Have it recorded with this unit of work: `write_down` at its end, or never when the unit is not kept."""
        self._notes.append(note)

    def mark(self) -> int:
        """Where what is noted from now on begins, for `back_to`."""
        return len(self._notes)

    def back_to(self, mark: int) -> None:
        """Have nothing recorded of what was noted since: it was undone."""
        del self._notes[mark:]

    def write_down(self) -> None:
        """Append what was noted.

        The chain's head is locked here, as the last lock a unit takes: whoever holds it waits for nobody any more, so
        units with and without the plan's lock form one line and no circle.
        """
        if not self._notes:
            return
        end = self._locked_head()
        rows = []
        for note in self._notes:
            event = AuditEvent.after(end, self._plan_id, note)
            rows.append(_values(event))
            end = event.end
        self._connection.execute(insert(audit_events), rows)
        self._alter(audit_heads, {}, number=end.number, hash=end.hash)
        self._notes = []

    def head(self) -> End:
        """Known end of the chain, in a row of its own, so that events cut off are missed."""
        row = self._connection.execute(select(audit_heads).where(self._of_plan(audit_heads))).one_or_none()
        return End(row.number, row.hash) if row else End()

    def has_since(self, end: End, besides: Collection[str]) -> bool:
        """Check whether there is an event after this one, of another kind than these."""
        later = self._of_plan(audit_events) & (audit_events.c.number > end.number)
        query = select(audit_events.c.number).where(later, audit_events.c.kind.not_in(besides)).limit(1)
        return self._connection.scalar(query) is not None

    def newest_first(self, limit: int, before: int | None = None, wanted: Wanted = EVERYTHING) -> list[AuditEvent]:
        """A page of them; `before`: only those with smaller numbers."""
        # Kind by kind: the index then gives the newest of each at once, however rare it is.
        choices = [replace(wanted, kinds=(kind,)) for kind in wanted.kinds] or [wanted]
        found = [event for choice in choices for event in self._page(limit, before, choice)]
        return sorted(found, key=lambda event: event.number, reverse=True)[:limit]

    def chain(self, wanted: Wanted = EVERYTHING, batch: int = BATCH) -> Iterator[AuditEvent]:
        """Oldest first, `batch` at a time: a trail may be longer than memory."""
        query, last = self._wanted(wanted).order_by(audit_events.c.number).limit(batch), 0
        while found := events(self._connection, query.where(audit_events.c.number > last)):
            yield from found
            if found[-1].number <= last:
                return  # a number that is none
            last = found[-1].number

    def first_break(self, read: Callable[[AuditEvent], None] | None = None) -> Break[AuditEvent] | None:
        """The first place where the trail does not hold; on a snapshot. None: it holds. `read` is given every event up
        to there, so that a long trail is gone through once."""
        return first_break(_told(self.chain(), read), self.head()) or self._emptied()

    def _emptied(self) -> Break[AuditEvent] | None:
        """Events and head were deleted together: what is left begins later than the plan, whose revisions leave an
        event each."""
        written = select(func.count(), func.min(revisions.c.applied_at)).where(self._of_plan(revisions))
        count, begun = self._connection.execute(written).one()
        first = next(self.chain(batch=1), None)
        if begun is None or (first and first.at <= begun):
            return None
        return Break(1, Fault.EMPTIED, str(count), str(self.head().number), first)

    def _page(self, limit: int, before: int | None, wanted: Wanted) -> list[AuditEvent]:
        query = self._wanted(wanted).order_by(audit_events.c.number.desc()).limit(limit)
        if before is not None:
            query = query.where(audit_events.c.number < before)
        return events(self._connection, query)

    def _locked_head(self) -> End:
        if not (rows := self._locked_rows(audit_heads)):
            self._begin()
            rows = self._locked_rows(audit_heads)
        (row,) = rows
        return End(row.number, row.hash)

    def _begin(self) -> None:
        """The plan's first event. Of two units that begin at once, one waits here for the other."""
        self._add_new(audit_heads, {"plan_id": self._plan_id, "number": 0, "hash": End().hash})

    def _wanted(self, wanted: Wanted) -> Select[Any]:
        query = select(audit_events).where(self._of_plan(audit_events))
        if wanted.since is not None:
            query = query.where(audit_events.c.at >= wanted.since)
        if wanted.kinds:
            query = query.where(audit_events.c.kind.in_(wanted.kinds))
        return query


def _told(chain: Iterator[AuditEvent], read: Callable[[AuditEvent], None] | None) -> Iterator[AuditEvent]:
    for event in chain:
        if read:
            read(event)
        yield event


def _values(event: AuditEvent) -> dict[str, Any]:
    return {
        "plan_id": event.plan,
        "number": event.number,
        "at": event.at,
        "actor": event.actor,
        "kind": event.kind,
        "subject": event.subject,
        "facts": dict(event.facts),
        "prev_hash": event.prev_hash,
        "hash": event.hash,
    }
