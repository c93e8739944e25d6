"""Sources: when each was set up, when it spoke last, and what went wrong with it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, or_, select, update

from storage.repository import Repository
from storage.tables.facts import sources


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a source."""

    id: str
    since: datetime
    heard_at: datetime | None = None
    """None: it has never spoken."""
    rows: int = 0
    """Rows of its last word."""
    trouble: str = ""
    trouble_at: datetime | None = None


class Sources(Repository):
    def all(self) -> Mapping[str, Known]:
        rows = self._connection.execute(select(sources).where(self._of_plan(sources)).order_by(sources.c.id))
        return {row.id: Known(row.id, row.since, row.heard_at, row.rows, row.trouble, row.trouble_at) for row in rows}

    def set_up(self, ids: Iterable[str], now: datetime) -> None:
        """Those that are not known yet are expected to speak from now on."""
        known = self.all()
        for source in dict.fromkeys(ids):
            if source not in known:
                self._add(source, now)

    def heard(self, source: str, at: datetime, rows: int) -> None:
        """It has spoken, as of an instant; what is older than its last word takes nothing away."""
        which = self._of_plan(sources, id=source)
        if self._connection.scalar(select(sources.c.since).where(which)) is None:
            self._add(source, at, heard_at=at, rows=rows)
            return
        is_newer = or_(sources.c.heard_at.is_(None), sources.c.heard_at <= at)
        self._connection.execute(update(sources).where(which, is_newer).values(heard_at=at, rows=rows))

    def troubled(self, source: str, at: datetime, what: str) -> None:
        which, values = self._of_plan(sources, id=source), {"trouble": what, "trouble_at": at}
        if self._connection.execute(update(sources).where(which).values(values)).rowcount == 0:
            self._add(source, at, **values)

    def _add(self, source: str, since: datetime, **values: Any) -> None:
        row = {"id": source, "since": since, "rows": 0, "trouble": "", **values}
        self._connection.execute(insert(sources).values(plan_id=self._plan_id, **row))
