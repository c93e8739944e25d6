"""A company as its CSV files hold it: README.md describes them."""

import csv
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from fractions import Fraction
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any, NamedTuple, Self
from zoneinfo import ZoneInfo

NOTHING, ZONE = Fraction(0), ZoneInfo("Asia/Shanghai")
KINDS: dict[str, tuple[Callable[[str], Any], Any]] = {  # how a column is read, and what an empty cell of it says
    **dict.fromkeys("quantity ratio on_hand safety".split(), (Fraction, NOTHING)),
    **dict.fromkeys("good scrap percent lot_minimum lot_multiple expected_hours".split(), (Fraction, None)),
    **dict.fromkeys("duration_days lag_days".split(), (int, 0)), "remaining_days": (int, None),
    **dict.fromkeys("day start finish expected constraint_date".split(), (date.fromisoformat, None)),
    **dict.fromkeys("at as_of since until shown_at answered_at".split(),
                    (lambda text: datetime.fromisoformat(text).astimezone(ZONE), None)),
}


class WorkCalendar:
    """The listed working days; before and after the list Monday to Friday."""

    def __init__(self, listed: Iterable[date]) -> None:
        known = sorted(set(listed))
        around = (known[0] + timedelta(days) for days in range(-730, 3650))
        self.days = sorted({*known, *(d for d in around if d.weekday() < 5 and not known[0] <= d <= known[-1])})
        self.working = set(self.days)

    def not_before(self, day: date) -> date:
        return self.days[bisect_left(self.days, day)]

    def not_after(self, day: date) -> date:
        return self.days[bisect_right(self.days, day) - 1]

    def after(self, day: date, count: int = 1) -> date:
        """The `count`-th working day after the evening of that day, backwards where negative; 0 is the day itself."""
        return self.days[bisect_right(self.days, day) - 1 + count] if count else day

    def between(self, first: date, last: date) -> int:
        """Working days in (first, last], negative the other way round."""
        return bisect_right(self.days, last) - bisect_right(self.days, first)

    def hours(self, since: datetime, until: datetime) -> float:
        """Working hours, nine a day from 09:00 on, between two local instants."""
        return (self._seconds(until) - self._seconds(since)) / 3600

    def _seconds(self, at: datetime) -> int:
        today = (at.hour - 9) * 3600 + at.minute * 60 + at.second
        return bisect_left(self.days, at.date()) * 32400 + (at.date() in self.working) * min(max(today, 0), 32400)


class Dates(NamedTuple):
    start: date
    finish: date


class Row:
    """A line of a table, or what is made of several: its cells by their names, nothing for one that is not there."""

    def __init__(self, **cells: Any) -> None:
        vars(self).update(cells)

    def __getattr__(self, name: str) -> Any:
        return KINDS.get(name, (str, ""))[1]

    def __setattr__(self, name: str, value: Any) -> None:
        vars(self)[name] = value

    def but(self, **cells: Any) -> Self:
        return type(self)(**(vars(self) | cells))


class Item(Row):
    calendar: WorkCalendar
    into: list["Link"]
    out_of: list["Link"]

    @property
    def milestone(self) -> bool:
        return bool(self.type == "milestone" or self.duration_days == 0)

    def finish_from(self, start: date) -> date:
        return self.calendar.after(start, max(self.duration_days, 1) - 1)

    def start_for(self, finish: date) -> date:
        return self.calendar.after(finish, 1 - max(self.duration_days, 1))

    def not_past(self, today: date) -> Dates:
        """Its dates in the plan; a start that has passed counts from today."""
        start = self.start if self.start >= today else self.calendar.not_before(today)
        return Dates(start, self.finish if start == self.start else max(self.finish, self.finish_from(start)))


class Link(Row):
    """What a hard link asks of its successor, in days; a milestone stands at the evening of its day."""

    pred: Item
    succ: Item
    calendar: WorkCalendar

    @property
    def moves_start(self) -> bool:
        return self.kind in ("", "FS", "SS")

    def lag_over(self, theirs: Dates) -> date:
        """The evening at which the lag is over, by the predecessor's dates."""
        by_finish = self.kind in ("", "FS", "FF") or self.pred.milestone
        begins = theirs.finish if by_finish else theirs.start - timedelta(1)
        if self.lag_kind == "calendar":
            return begins + timedelta(self.lag_days)
        return self.calendar.after(self.pred.calendar.not_after(begins) if self.kind == "SF" else begins, self.lag_days)

    def allowed(self, theirs: Dates) -> date:
        """The first day for the end of the successor that the link moves."""
        evening, calendar = self.lag_over(theirs), self.succ.calendar
        if self.moves_start and not self.succ.milestone:
            return calendar.after(evening)
        backwards = self.lag_days <= 0 and (self.kind == "SF" or (self.kind == "FF" and self.pred.milestone))
        return calendar.not_after(evening) if backwards else calendar.not_before(evening)

    def first_start(self, theirs: Dates) -> date:
        return self.allowed(theirs) if self.moves_start else self.succ.start_for(self.allowed(theirs))

    def holds(self, theirs: Dates, own: Dates) -> bool:
        return (own.start if self.moves_start else own.finish) >= self.allowed(theirs)


class Company:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.settings = {row.name: row.value for row in self.rows("settings")}
        self.departments = {row.department: row for row in self.rows("departments")}
        listed = defaultdict[str, list[date]](list)
        for row in self.rows("calendar"):
            listed[row.calendar].append(row.day)
        self.calendars = {name: WorkCalendar(days) for name, days in listed.items()}
        self.calendar = self.calendars[self.settings["calendar"]]
        self.items = {row.code: Item(**vars(row), into=[], out_of=[]) for row in self.rows("items")}
        for item in self.items.values():
            item.calendar = self.calendar_of(item)
        for row in self.rows("links"):
            link = Link(**vars(row), pred=self.items[row.predecessor], succ=self.items[row.successor])
            link.calendar = self.calendars.get(row.calendar, link.succ.calendar)
            link.succ.into.append(link)
            link.pred.out_of.append(link)
        before = {code: [link.pred.code for link in item.into] for code, item in self.items.items()}
        self.in_order = [self.items[code] for code in TopologicalSorter(before).static_order()]
        self.reports = sorted(self.rows("reports"), key=lambda row: (row.at, row.no))
        self.snapshots = sorted(self.rows("stock"), key=lambda row: row.as_of)
        self.promises = sorted(self.rows("promises"), key=lambda row: row.at)
        self.told, self.changes, self.sources, self.heard = map(self.rows, ("told", "changes", "sources", "heard"))

    def rows(self, table: str) -> list[Row]:
        """A table; one that is not there is empty."""
        path = self.folder / f"{table}.csv"
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        return [Row(**{name: _cell(name, text) for name, text in row.items()}) for row in csv.DictReader(lines)]

    def calendar_of(self, row: Row) -> WorkCalendar:
        theirs = self.departments.get(row.department)
        return self.calendars.get(row.calendar or (theirs.calendar if theirs else ""), self.calendar)


def _cell(name: str, text: str | None) -> Any:
    read, empty = KINDS.get(name, (str, ""))
    return read(text) if text else empty
