"""Revisions and the lines each of them changed: the plan's history."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, func, insert, select

from planning.plan.impact import Line
from planning.plan.revision import Revision
from storage.repository import Repository, in_parts
from storage.tables.plan import revision_lines, revisions

IMPORT = "import "
"""Beginning of what stands for a change where a table brought the revision."""


@dataclass(frozen=True, slots=True)
class PastLine:
    """A line of an applied change, with the revision that brought it."""

    revision: int
    change: str
    applied_at: datetime
    line: Line


class Revisions(Repository):
    def __init__(self, connection: Connection, plan_id: str) -> None:
        super().__init__(connection, plan_id)
        self._history: dict[str, list[PastLine]] = {}
        """Of items that were asked for in this unit of work."""

    def undone(self) -> None:
        super().undone()
        self._history.clear()

    def head(self) -> Revision | None:
        newest = select(revisions).where(self._of_plan(revisions)).order_by(revisions.c.number.desc()).limit(1)
        row = self._connection.execute(newest).one_or_none()
        return _revision(row) if row else None

    def append(self, revision: Revision, lines: tuple[Line, ...] = ()) -> None:
        """Add the next revision. Nothing else writes this table, and nothing ever changes a row of it."""
        row = {
            "plan_id": self._plan_id, "number": revision.number, "change": revision.change,
            "applied_at": revision.applied_at, "applied_by": revision.applied_by,
            "content_hash": revision.content_hash, "prev_hash": revision.prev_hash, "hash": revision.hash,
            "plan_hash": revision.plan_hash, "stock_hash": revision.stock_hash,
        }  # fmt: skip
        self._connection.execute(insert(revisions), row)
        rows = [self._line_row(revision.number, seq, line) for seq, line in enumerate(lines)]
        if rows:
            self._connection.execute(insert(revision_lines), rows)
        for line in lines:
            if line.item in self._history:
                self._history[line.item].append(PastLine(revision.number, revision.change, revision.applied_at, line))

    def newest_first(self, limit: int, before: int | None = None) -> list[Revision]:
        query = select(revisions).where(self._of_plan(revisions)).order_by(revisions.c.number.desc()).limit(limit)
        if before is not None:
            query = query.where(revisions.c.number < before)
        return [_revision(row) for row in self._connection.execute(query)]

    def get(self, number: int) -> Revision:
        """The revision of a number; raises LookupError where there is none."""
        row = self._connection.execute(select(revisions).where(self._of_plan(revisions, number=number))).one_or_none()
        if row is None:
            raise LookupError(number)
        return _revision(row)

    def number_at(self, instant: datetime) -> int:
        """The newest revision applied at or before an instant; 0 when there was none yet."""
        newest = select(func.max(revisions.c.number)).where(self._of_plan(revisions), revisions.c.applied_at <= instant)
        return self._connection.scalar(newest) or 0

    def chain(self) -> list[Revision]:
        """All revisions, oldest first."""
        rows = self._connection.execute(select(revisions).where(self._of_plan(revisions)).order_by(revisions.c.number))
        return [_revision(row) for row in rows]

    def newest_of_item(self, item: str, most: int, since: datetime | None = None) -> tuple[list[PastLine], int]:
        """Lines of the newest revisions that moved an item, at most so many, oldest first; and how many there are."""
        number, moved = revision_lines.c.number, self._of_plan(revision_lines, item=item)
        if since is not None:
            moved &= number.in_(self._numbers_since(since))
        count = self._connection.scalar(select(func.count(number.distinct())).where(moved)) or 0
        newest = select(number).where(moved).distinct().order_by(number.desc()).limit(most)
        numbers = list(self._connection.scalars(newest))
        return self._past((revision_lines.c.item == item) & number.in_(numbers), None), count

    def history_of(self, items: Collection[str]) -> Mapping[str, Sequence[PastLine]]:
        """Lines of the revisions that moved each of these items, oldest first; read once in a unit of work."""
        codes = [code for code in dict.fromkeys(items) if code not in self._history]
        self._history |= {code: [] for code in codes}
        for part in in_parts(codes):
            for past in self._past(revision_lines.c.item.in_(part), None):
                self._history[past.line.item].append(past)
        return {code: self._history[code] for code in items}

    def lines_of_items(self, items: Collection[str], until: int) -> list[PastLine]:
        """Lines of the revisions that moved these items up to and with one, oldest first."""
        moved = self._past(revision_lines.c.item.in_(items), None)
        return [past for past in moved if past.revision <= until]

    def lines_of_items_since(self, items: Collection[str], since: datetime) -> list[PastLine]:
        """Lines of the revisions that moved these items after an instant, oldest first."""
        return self._past(revision_lines.c.item.in_(items), since)

    def newest_import(self, until: int | None = None) -> int:
        """The number of the newest revision that a table brought, up to that one where it is given; 0: there is
        none."""
        brought = self._of_plan(revisions) & revisions.c.change.startswith(IMPORT)
        if until is not None:
            brought &= revisions.c.number <= until
        return self._connection.scalar(select(func.max(revisions.c.number)).where(brought)) or 0

    def moved_later(self, number: int) -> Mapping[str, int]:
        """The items whose finish a revision moved later, each by how many working days."""
        lines = revision_lines.c
        later = self._of_plan(revision_lines, number=number, field="finish") & (lines.days > 0)
        rows = self._connection.execute(select(lines.item, lines.days).where(later))
        return {row.item: row.days for row in rows}

    def lines_after(self, number: int) -> list[PastLine]:
        """Lines of the revisions after one, oldest first."""
        return self._past(revision_lines.c.number > number, None)

    def lines_since(self, since: datetime) -> list[PastLine]:
        """Lines of the revisions applied after an instant, oldest first."""
        return self._past(revision_lines.c.plan_id == self._plan_id, since)

    def _past(self, which: Any, since: datetime | None) -> list[PastLine]:
        joined = revision_lines.join(
            revisions,
            (revisions.c.plan_id == revision_lines.c.plan_id) & (revisions.c.number == revision_lines.c.number),
        )
        query = (
            select(revision_lines, revisions.c.change, revisions.c.applied_at)
            .select_from(joined)
            .where(self._of_plan(revision_lines), which)
            .order_by(revision_lines.c.number, revision_lines.c.seq)
        )
        if since is not None:  # looked up by number: joined, SQLite reads the lines of all revisions
            query = query.where(revision_lines.c.number.in_(self._numbers_since(since)))
        rows = self._connection.execute(query)
        return [PastLine(row.number, row.change, row.applied_at, line_of(row)) for row in rows]

    def _numbers_since(self, since: datetime) -> Select[tuple[int]]:
        return select(revisions.c.number).where(self._of_plan(revisions), revisions.c.applied_at > since)

    def _line_row(self, number: int, seq: int, line: Line) -> dict[str, Any]:
        return {
            "plan_id": self._plan_id,
            "number": number,
            "seq": seq,
            "item": line.item,
            "title": line.title,
            "department": line.department,
            "field": line.field,
            "before": line.before,
            "after": line.after,
            "days": line.days,
            "path": list(line.path),
        }


def _revision(row: Row[Any]) -> Revision:
    begun = (row.plan_id, row.number, row.change, row.applied_at, row.applied_by, row.content_hash, row.prev_hash)
    return Revision(*begun, row.hash, row.plan_hash, row.stock_hash)


def line_of(row: Row[Any]) -> Line:
    return Line(row.item, row.title, row.department, row.field, row.before, row.after, row.days, tuple(row.path))
