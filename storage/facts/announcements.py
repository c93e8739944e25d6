"""Announcements of changes, kept and found again."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, func, insert, select

from planning.rhythm.announcement import Announcement
from storage.repository import Repository
from storage.tables.facts import announcements


class Announcements(Repository):
    def next_no(self, day: date) -> str:
        """Next number YG-YYYYMMDD-nnn of its day. The plan is locked, so no two get the same."""
        prefix = f"YG-{day:%Y%m%d}-"
        of_day = self._of_plan(announcements) & announcements.c.no.startswith(prefix)
        return f"{prefix}{(self._connection.scalar(select(func.count()).where(of_day)) or 0) + 1:03d}"

    def add(self, one: Announcement) -> None:
        last = self._last_row(announcements)
        number = (last.number if last else 0) + 1
        self._write(insert(announcements), {"plan_id": self._plan_id, "number": number, **_values(one)})

    def ended(self, one: Announcement) -> None:
        """It was proposed, or called off; when and what was said stays."""
        names = ("change", "submitted_at", "called_off_at", "called_off_by")
        self._alter(announcements, {"no": one.no}, **{name: getattr(one, name) for name in names})

    def get(self, no: str) -> Announcement | None:
        row = self._row(announcements, no=no)
        return _announcement(row) if row else None

    def open_ones(self) -> list[Announcement]:
        """Those that are neither proposed nor called off, oldest first."""
        return self._in((announcements.c.change == "") & announcements.c.called_off_at.is_(None))

    def of_change(self, no: str) -> list[Announcement]:
        """Those that a change request was announced by, oldest first."""
        return self._in((announcements.c.change == no) & (announcements.c.change != ""))

    def _in(self, which: ColumnElement[bool]) -> list[Announcement]:
        query = select(announcements).where(self._of_plan(announcements), which).order_by(announcements.c.number)
        return [_announcement(row) for row in self._connection.execute(query)]


def _values(one: Announcement) -> dict[str, Any]:
    return {name: getattr(one, name) for name in Announcement.__slots__} | {"departments": list(one.departments)}


def _announcement(row: Row[Any]) -> Announcement:
    values = {name: row._mapping[name] for name in Announcement.__slots__}
    return Announcement(**values | {"departments": tuple(row.departments)})
