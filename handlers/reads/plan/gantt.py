"""Items over their days: rows with their bars, and the marks above them, for the page and the picture of the chart."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from cards.chart import Bar
from cards.lines.item import item_dates
from cards.words.dates import day, moment
from handlers.govern.facts import outlook_of_all
from handlers.reads.brief import named
from handlers.reads.plan.board import mark_of
from handlers.reads.plan.late_items import days_late
from handlers.turn import Turn
from planning.facts.forecast import Forecast
from planning.plan.calendar import ONE_DAY, WorkCalendar
from planning.plan.item import Item
from planning.plan.revision import Baseline, BaselineKind
from planning.plan.timetable import Timetable
from storage.plan.plans import NotKept

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
    forecast: str
    """When it will be over by what was reported, where that is another day than planned."""
    bar: Bar | None
    was: Bar | None
    """Where it stood in the baseline."""
    to_come: Bar | None
    """The days behind its planned end up to the forecast one."""
    off: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A label over the days, at a share of them in per cent."""

    x: float
    text: str


def baseline_of(turn: Turn) -> tuple[Baseline | None, Mapping[str, Item]]:
    """What a chart is compared with: the plan of this week as it began, else what was promised last, else the plan that
    was brought in; and its items. One whose items are not kept any more is none."""
    known = turn.uow.baselines.newest_first()
    for kind in (BaselineKind.WEEKLY, BaselineKind.PROMISE, BaselineKind.IMPORT):
        if newest := next((one for one in known if one.kind is kind), None):
            try:
                return newest, turn.uow.plans.items_at(newest.revision)
            except NotKept:
                continue
    return None, {}


def baseline_told(turn: Turn) -> str:
    """Its name and since when it stands, for the legend; empty: there is none."""
    found, _ = baseline_of(turn)
    return turn.words("chart.baseline", name=found.name, at=_moment(turn, found)) if found else ""


def _moment(turn: Turn, baseline: Baseline) -> str:
    return moment(baseline.frozen_at, turn.environment.zone, turn.today)


def rows_of(
    turn: Turn, items: Iterable[Item], begin: int, first: date, days: int, frozen: Mapping[str, Item]
) -> Iterator[Row]:
    """A row of each item, numbered from `begin` on. `frozen`: the items of the baseline."""
    timetable, words, outlook = Timetable(turn.plan()), turn.words, outlook_of_all(turn, turn.plan())
    days_of = days_late(turn)
    shaded: dict[int, str] = {}
    for number, item in enumerate(items, begin):
        calendar = timetable.of(item)
        late = days_of.get(item.code, 0)
        if id(calendar) not in shaded:
            shaded[id(calendar)] = _days_off(calendar, first, days) if days <= SHADED else ""
        forecast = None if item.status.is_over else outlook[item.code]
        then = frozen.get(item.code)
        yield Row(
            number, item.code, item.title, mark_of(item, late), named(turn, item.department),
            item_dates(item, turn.today, calendar), words(f"value.status.{item.status.value}"), item.status.value,
            words("answer.late-by", n=late) if late else "", _said(turn, item, forecast),
            _bar(item.start, item.finish, first, days, item.is_milestone),
            _bar(then.start, then.finish, first, days) if then else None,
            _to_come(item, forecast, first, days), shaded[id(calendar)],
        )  # fmt: skip


def _said(turn: Turn, item: Item, forecast: Forecast | None) -> str:
    if forecast is None or forecast.dates.finish == item.finish:
        return ""
    if forecast.unknown:
        return turn.words("chart.forecast.unknown")
    return turn.words("chart.forecast", day=day(forecast.dates.finish, turn.today))


def _to_come(item: Item, forecast: Forecast | None, first: date, days: int) -> Bar | None:
    if forecast is None or forecast.dates.finish <= item.finish:
        return None
    return _bar(item.finish + ONE_DAY, forecast.dates.finish, first, days)


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


def _bar(start: date, finish: date, first: date, days: int, is_milestone: bool = False) -> Bar | None:
    """The part of it that is drawn; None: it lies outside."""
    left, right = (start - first).days, (finish - first).days + 1
    if is_milestone:
        return Bar(left, 0, True) if 0 <= left <= days else None
    left, right = max(left, 0), min(right, days)
    return Bar(left, max(right - left, days / 400), False) if right > left else None


def _days_off(calendar: WorkCalendar, first: date, days: int) -> str:
    """Days off as one path."""
    off = [n for n in range(days) if not calendar.is_working(first + timedelta(days=n))]
    return "".join(f"M{n} 0h1v1h-1z" for n in off)
