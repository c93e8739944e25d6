"""A company as its CSV files hold it: README.md describes them."""

import csv
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date, datetime
from fractions import Fraction
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any, NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from .calendar import WorkCalendar

Row = dict[str, str]
Record = TypeVar("Record")
NOTHING = Fraction(0)


class Dates(NamedTuple):
    start: date
    finish: date


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    code: str
    type: str
    quantity: Fraction
    unit: str
    duration_days: int
    start: date
    finish: date
    status: str
    product: str
    row: Row
    calendar: WorkCalendar

    @property
    def milestone(self) -> bool:
        return self.type == "milestone" or self.duration_days == 0

    def finish_from(self, start: date) -> date:
        return self.calendar.after(start, max(self.duration_days, 1) - 1)

    def start_for(self, finish: date) -> date:
        return self.calendar.after(finish, 1 - max(self.duration_days, 1))

    def not_past(self, today: date) -> Dates:
        """Its dates in the plan; a start that has passed counts from today."""
        start = self.start if self.start >= today else self.calendar.not_before(today)
        return Dates(start, self.finish if start == self.start else max(self.finish, self.finish_from(start)))


@dataclass(frozen=True, slots=True, eq=False)
class Link:
    pred: Item
    succ: Item
    kind: str
    lag_days: int
    lag_kind: str
    drives: str
    ratio: Fraction
    scrap: Fraction
    hard: str
    calendar: WorkCalendar


@dataclass(frozen=True, slots=True)
class Report:
    """A row as it was said; a correction leaves empty what it does not name, the day as `date.min`."""

    no: str
    item: str
    kind: str
    day: date
    at: datetime
    good: Fraction | None
    scrap: Fraction | None
    percent: Fraction | None
    remaining_days: int | None
    expected: date | None
    corrects: str
    void: str


@dataclass(slots=True)
class Shelf:
    product: str
    as_of: datetime
    on_hand: Fraction
    safety: Fraction


class Company:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.settings = {row["name"]: row["value"] for row in self._rows("settings")}
        self.zone = ZoneInfo(self.settings.get("timezone", "Asia/Shanghai"))
        self.departments = {row["department"]: row for row in self._rows("departments")}
        listed = defaultdict[str, list[date]](list)
        for row in self._rows("calendar"):
            listed[row["calendar"]].append(date.fromisoformat(row["day"]))
        self.calendars = {name: WorkCalendar(days) for name, days in listed.items()}
        self.calendar = self.calendars[self.settings["calendar"]]
        self.items = {row["code"]: self._read(Item, row, row=row, calendar=self.calendar_of(row))
                      for row in self._rows("items")}
        self.into, self.out_of = defaultdict[str, list[Link]](list), defaultdict[str, list[Link]](list)
        for row in self._rows("links"):
            pred, succ = self.items[row["predecessor"]], self.items[row["successor"]]
            calendar = self.calendars.get(row.get("calendar", ""), succ.calendar)
            link = self._read(Link, row, pred=pred, succ=succ, calendar=calendar)
            self.into[succ.code].append(link)
            self.out_of[pred.code].append(link)
        before = {code: [link.pred.code for link in self.into[code]] for code in self.items}
        self.in_order = [self.items[code] for code in TopologicalSorter(before).static_order()]
        self.reports = sorted((self._read(Report, r) for r in self._rows("reports")), key=lambda r: (r.at, r.no))
        self.snapshots = sorted((self._read(Shelf, r) for r in self._rows("stock")), key=lambda shelf: shelf.as_of)
        self.promises = sorted(self._rows("promises"), key=lambda row: self.instant(row["at"]))
        self.told, self.changes, self.sources, self.heard = map(self._rows, ("told", "changes", "sources", "heard"))
        self.weekly, self.holds = map(self._rows, ("weekly", "holds"))

    def _rows(self, name: str) -> list[Row]:
        path = self.folder / f"{name}.csv"
        return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines())) if path.exists() else []

    def instant(self, text: str) -> datetime:
        return datetime.fromisoformat(text).astimezone(self.zone)

    def calendar_of(self, row: Row) -> WorkCalendar:
        theirs = self.departments.get(row.get("department", ""), {})
        return self.calendars.get(row.get("calendar") or theirs.get("calendar") or "", self.calendar)

    def _read(self, kind: type[Record], cells: Row, /, **given: Any) -> Record:
        """The row's cells by the names and types of the record's fields."""
        read: dict[Any, Callable[[str], Any]] = {
            str: str, int: lambda text: int(text or 0), Fraction: lambda text: Fraction(text or 0),
            date: lambda text: date.fromisoformat(text) if text else date.min, datetime: self.instant,
            int | None: lambda text: int(text) if text else None,
            Fraction | None: lambda text: Fraction(text) if text else None,
            date | None: lambda text: date.fromisoformat(text) if text else None}
        wanted = {field.name: field.type for field in fields(kind) if field.name not in given}  # type: ignore[arg-type]
        return kind(**{name: read[type_](cells.get(name) or "") for name, type_ in wanted.items()}, **given)
