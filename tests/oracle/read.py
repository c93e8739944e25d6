"""A company as its CSV files hold it: README.md describes them."""

import csv
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date, datetime
from fractions import Fraction
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from .calendar import WorkCalendar

Row = dict[str, str]
Record = TypeVar("Record")


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    code: str
    type: str
    department: str
    owner: str
    quantity: Fraction
    unit: str
    duration_days: int
    start: date
    finish: date
    status: str
    product: str
    lot_minimum: Fraction
    lot_multiple: Fraction
    row: Row
    calendar: WorkCalendar

    @property
    def milestone(self) -> bool:
        return self.type == "milestone" or self.duration_days == 0

    def finish_from(self, start: date) -> date:
        return self.calendar.after(start, max(self.duration_days, 1) - 1)

    def start_for(self, finish: date) -> date:
        return self.calendar.after(finish, 1 - max(self.duration_days, 1))


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


@dataclass(frozen=True, slots=True)
class Snapshot:
    product: str
    as_of: datetime
    on_hand: Fraction
    safety: Fraction


@dataclass(frozen=True, slots=True)
class Promise:
    """A finish as an instant promised it; the source is a baseline, or `customer`."""

    item: str
    finish: date
    at: datetime
    source: str


class Company:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.settings = {row["name"]: row["value"] for row in self.rows("settings")}
        self.zone = ZoneInfo(self.settings.get("timezone", "Asia/Shanghai"))
        self.departments = {row["department"]: row for row in self.rows("departments")}
        listed = defaultdict[str, list[date]](list)
        for row in self.rows("calendar"):
            listed[row["calendar"]].append(date.fromisoformat(row["day"]))
        self.calendars = {name: WorkCalendar(days) for name, days in listed.items()}
        self.calendar = self.calendars[self.settings["calendar"]]
        read = [self._record(Item, r, row=r, calendar=self.calendar_of(r)) for r in self.rows("items")]
        self.items = {item.code: item for item in read}
        self.links = [self._link(row) for row in self.rows("links")]
        self.into, self.out_of = defaultdict[str, list[Link]](list), defaultdict[str, list[Link]](list)
        for link in self.links:
            self.into[link.succ.code].append(link)
            self.out_of[link.pred.code].append(link)
        before = {code: [link.pred.code for link in self.into[code]] for code in self.items}
        self.in_order = [self.items[code] for code in TopologicalSorter(before).static_order()]
        self.reports = sorted((self._record(Report, r) for r in self.rows("reports")), key=lambda r: (r.at, r.no))
        self.snapshots = sorted((self._record(Snapshot, r) for r in self.rows("stock")), key=lambda s: s.as_of)
        self.promises = sorted((self._record(Promise, r) for r in self.rows("promises")), key=lambda p: p.at)
        self.told, self.changes, self.sources, self.heard = map(self.rows, ("told", "changes", "sources", "heard"))

    def rows(self, name: str) -> list[Row]:
        path = self.folder / f"{name}.csv"
        if not path.exists():
            return []
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def instant(self, text: str) -> datetime:
        return datetime.fromisoformat(text).astimezone(self.zone)

    def calendar_of(self, row: Row) -> WorkCalendar:
        theirs = self.departments.get(row.get("department", ""), {})
        return self.calendars.get(row.get("calendar") or theirs.get("calendar") or "", self.calendar)

    def _link(self, row: Row) -> Link:
        pred, succ = self.items[row["predecessor"]], self.items[row["successor"]]
        calendar = self.calendars.get(row.get("calendar", ""), succ.calendar)
        return self._record(Link, row, pred=pred, succ=succ, calendar=calendar)

    def _record(self, kind: type[Record], cells: Row, /, **given: Any) -> Record:
        """The row's cells, read by the names and types of the record's fields."""
        readers: dict[Any, Callable[[str], Any]] = {
            str: str,
            int: lambda text: int(text or 0),
            Fraction: lambda text: Fraction(text or 0),
            date: lambda text: date.fromisoformat(text) if text else date.min,
            datetime: self.instant,
            int | None: lambda text: int(text) if text else None,
            Fraction | None: lambda text: Fraction(text) if text else None,
            date | None: lambda text: date.fromisoformat(text) if text else None,
        }
        wanted = {field.name: field.type for field in fields(kind) if field.name not in given}  # type: ignore[arg-type]
        return kind(**{name: readers[type_](cells.get(name) or "") for name, type_ in wanted.items()}, **given)
