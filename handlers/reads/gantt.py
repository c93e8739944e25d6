"""Items over their days: rows with their bars, and the marks above them, for the page and the picture of the chart."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from cards.chart import Bar
from cards.lines.item import item_dates
from cards.words.dates import day
from handlers.reads.board import mark_of
from handlers.reads.brief import named
from handlers.turn import Turn
from planning.plan.calendar import WorkCalendar
from planning.plan.item import Item
from planning.plan.lateness import lateness
from planning.plan.timetable import Timetable

EIGHT_WEEKS = 56
"""Days of a chart for which none were asked."""
SHADED = 93
"""Days of a span up to which days off are shaded."""


@dataclass(frozen=True, slots=True)
class Row:
    number: int
    code: str
    title: str
    mark: str
    department: str
    dates: str
    status: str
    kind: str
    late: str
    bar: Bar | None
    off: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A label over the days, at a share of them in per cent."""

    x: float
    text: str


def rows_of(turn: Turn, items: Iterable[Item], begin: int, first: date, days: int) -> Iterator[Row]:
    """A row of each item, numbered from `begin` on."""
    timetable, words = Timetable(turn.plan()), turn.words
    shaded: dict[int, str] = {}
    for number, item in enumerate(items, begin):
        calendar = timetable.of(item)
        late = 0 if item.status.is_over else lateness(item, calendar, turn.today).days
        if id(calendar) not in shaded:
            shaded[id(calendar)] = _days_off(calendar, first, days) if days <= SHADED else ""
        yield Row(
            number, item.code, item.title, mark_of(item, late), named(turn, item.department),
            item_dates(item, turn.today, calendar), words(f"value.status.{item.status.value}"), item.status.value,
            words("answer.late-by", n=late) if late else "", _bar(item, first, days), shaded[id(calendar)],
        )  # fmt: skip


def marks_of(turn: Turn, first: date, days: int) -> Iterator[Mark]:
    """Mondays of a short span, the firsts of months of a long one; never so close that they touch."""
    room, behind = days / 9, -1e9
    for n in range(days):
        one = first + timedelta(days=n)
        if (one.weekday() == 0 if days <= SHADED else one.day == 1) and n - behind >= room and n <= days * 0.94:
            behind = n
            yield Mark(100 * n / days, day(one, turn.today) if days <= SHADED else f"{one:%Y-%m}")


def now_in(turn: Turn, first: date, days: int) -> float | None:
    """Where today's line stands, in days; None: outside."""
    today = (turn.today - first).days + 0.5
    return today if 0 <= today <= days else None


def _bar(item: Item, first: date, days: int) -> Bar | None:
    """The part of it that is drawn; None: it lies outside."""
    left, right = (item.start - first).days, (item.finish - first).days + 1
    if item.is_milestone:
        return Bar(left, 0, True) if 0 <= left <= days else None
    left, right = max(left, 0), min(right, days)
    return Bar(left, max(right - left, days / 400), False) if right > left else None


def _days_off(calendar: WorkCalendar, first: date, days: int) -> str:
    """Days off as one path."""
    off = [n for n in range(days) if not calendar.is_working(first + timedelta(days=n))]
    return "".join(f"M{n} 0h1v1h-1z" for n in off)
