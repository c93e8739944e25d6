"""Records of agreements, kept and found again."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, func, insert, or_, select

from planning.rhythm.record import Record, RecordState
from storage.repository import Repository
from storage.tables.facts import records, records_about


class Records(Repository):
    def next_no(self, day: date) -> str:
        """Next number JL-YYYYMMDD-nnn of the day it is written down on. The plan is locked, so no two get the same."""
        prefix = f"JL-{day:%Y%m%d}-"
        of_day = self._of_plan(records) & records.c.no.startswith(prefix)
        return f"{prefix}{(self._connection.scalar(select(func.count()).where(of_day)) or 0) + 1:03d}"

    def add(self, record: Record) -> None:
        last = self._last_row(records)
        number = (last.number if last else 0) + 1
        self._write(insert(records), {"plan_id": self._plan_id, "number": number, **_values(record)})
        if record.about:
            rows = [{"plan_id": self._plan_id, "about": one, "number": number} for one in record.about]
            self._write(insert(records_about), rows)

    def keep(self, record: Record) -> None:
        """What became of it."""
        self._alter(records, {"no": record.no}, **_values(record))

    def get(self, no: str) -> Record | None:
        row = self._row(records, no=no)
        return _record(row) if row else None

    def about(self, what: str) -> list[Record]:
        """Those that name it, newest first."""
        numbers = select(records_about.c.number).where(self._of_plan(records_about, about=what))
        return self._newest(records.c.number.in_(numbers))

    def of_person(self, person: str, most: int) -> list[Record]:
        """Those that somebody wrote down or is asked about, newest first."""
        return self._newest(or_(records.c.by == person, records.c.other == person), most)

    def waiting(self) -> list[Record]:
        """Those that wait for an answer, newest first."""
        return self._newest(records.c.state == RecordState.WAITING.value)

    def in_place_of(self, no: str) -> list[Record]:
        """Those that say they replace it, newest first."""
        return self._newest((records.c.replaces == no) & (records.c.replaces != ""))

    def _newest(self, which: ColumnElement[bool], most: int | None = None) -> list[Record]:
        query = select(records).where(self._of_plan(records), which).order_by(records.c.number.desc()).limit(most)
        found: Sequence[Row[Any]] = self._connection.execute(query).all()
        return [_record(row) for row in found]


def _values(record: Record) -> dict[str, Any]:
    values = {name: getattr(record, name) for name in Record.__slots__}
    return values | {"state": record.state.value, "about": list(record.about)}


def _record(row: Row[Any]) -> Record:
    values = {name: row._mapping[name] for name in Record.__slots__}
    return Record(**values | {"state": RecordState(row.state), "about": tuple(row.about)})
