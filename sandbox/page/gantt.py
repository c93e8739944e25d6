"""The plan tab's picture: departments, lines, and bars over the plan's time, as values for the template."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sandbox.page.plan import PlanItem, Revision

NARROWEST = 0.7
"""Percent of the width: a one-day bar of a year's plan must still be seen."""


@dataclass(frozen=True, slots=True)
class Bar:
    """Left edge and width in percent of the horizon."""

    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Horizon:
    """The time from the plan's first day to its last, both inclusive."""

    first: date
    last: date

    @classmethod
    def of(cls, items: Sequence[PlanItem], today: date) -> "Horizon":
        days = [day for item in items for day in (item.start, item.finish) if day]
        return cls(min(days, default=today), max(days, default=today))

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def x(self, day: date) -> float:
        return round(100 * (day - self.first).days / self.days, 2)

    def bar(self, item: PlanItem) -> Bar | None:
        """None for an item without dates."""
        start, finish = item.start or item.finish, item.finish or item.start
        if start is None or finish is None:
            return None
        width = self.x(max(start, finish) + timedelta(days=1)) - self.x(start)
        return Bar(self.x(start), round(max(width, NARROWEST), 2))

    def today(self, day: date) -> float | None:
        """Position of today's line; None outside the horizon."""
        return self.x(day) if self.first <= day <= self.last else None

    def months(self) -> list[tuple[str, float]]:
        """Labels with their places: the beginning, and every first of a month that leaves room for its label."""
        marks = [(self._month(self.first), 0.0)]
        for day in _firsts_of_months(self.first, self.last):
            if marks[-1][1] + 8 <= self.x(day) <= 95:
                marks.append((self._month(day), self.x(day)))
        return marks

    def _month(self, day: date) -> str:
        return f"{day.month}月" if self.days < 366 else f"{day:%Y-%m}"


@dataclass(frozen=True, slots=True)
class Line:
    item: PlanItem
    bar: Bar | None
    changed: bool
    """The latest revision moved it."""

    @property
    def is_milestone(self) -> bool:
        return self.item.type == "milestone"


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything the plan tab shows."""

    revision: int
    groups: Mapping[str, Sequence[Line]]
    revisions: Sequence[Revision]
    horizon: Horizon
    today: date

    @property
    def lines(self) -> list[Line]:
        return [line for lines in self.groups.values() for line in lines]

    @property
    def changed(self) -> int:
        return sum(line.changed for line in self.lines)

    def count(self, *statuses: str) -> int:
        return sum(line.item.status in statuses for line in self.lines)


def picture(
    items: Sequence[PlanItem], revisions: Sequence[Revision], departments: Mapping[str, str], today: date
) -> Picture:
    """Group the plan by department, in the order of `departments` (id → name), each by its dates."""
    latest = max([r.revision for r in revisions] + [i.revision for i in items], default=0)
    # After an import every line carries the same revision: then nothing stands out.
    moved = {item.code for item in items if item.revision == latest}
    changed = moved if len(moved) < len(items) else set()
    horizon = Horizon.of(items, today)
    groups: dict[str, list[Line]] = {name: [] for name in departments.values()}
    for item in sorted(items, key=lambda item: (item.start or date.max, item.finish or date.max, item.code)):
        department = item.department or ""
        name = departments.get(department, department) or "未分部门"
        groups.setdefault(name, []).append(Line(item, horizon.bar(item), item.code in changed))
    filled = {name: lines for name, lines in groups.items() if lines}
    return Picture(latest, filled, revisions, horizon, today)


def _firsts_of_months(first: date, last: date) -> Iterator[date]:
    day = (first.replace(day=1) + timedelta(days=32)).replace(day=1)
    while day <= last:
        yield day
        day = (day + timedelta(days=32)).replace(day=1)
