"""Progress of a department: how far its work of a span should be by now, and how far it is."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from planning.facts.forecast import Outlook
from planning.facts.progress import RATELESS, Progress
from planning.facts.relation import Dates, is_milestone
from planning.facts.silence import last_word, silence
from planning.plan.calendar import ONE_DAY, WorkCalendar
from planning.plan.item import Item, Status

BILLIONTH = 10**9
"""Shares are told so finely: sums of thousands of fractions would cost more than the plan."""


class Moment(NamedTuple):
    """`over`: the last day that is over: today from the end of the working hours on."""

    today: date
    over: date


@dataclass(frozen=True, slots=True)
class Measure:
    """What the planned part is measured by: `frozen`, items of the newest weekly baseline, where they lack one the
    plan; `held`: the days from which items on hold stand still; `silent_days` without a word make what runs silent."""

    frozen: Mapping[str, Item]
    held: Mapping[str, date]
    silent_days: int

    def dates(self, planned: Item) -> Dates:
        then = self.frozen.get(planned.code, planned)
        return Dates(then.start, then.finish)


@dataclass(slots=True)
class DepartmentProgress:
    """Sums over the items of a department, each with its duration as its weight."""

    items: int = 0
    weight: int = 0
    silent: int = 0
    """Items that run without a report: their planned part counts to the day of the last word."""
    milestones: int = 0
    reached: int = 0
    provisional: bool = False
    """Some day of them lies behind the end of the known holidays."""
    _planned: float = 0
    _actual: float = 0

    @property
    def planned(self) -> Fraction | None:
        """None where nothing weighs."""
        return _share(self._planned, self.weight)

    @property
    def actual(self) -> Fraction | None:
        return _share(self._actual, self.weight)

    @property
    def spi(self) -> Fraction | None:
        """None with nothing planned yet."""
        return self.actual / self.planned if self.planned and self.actual is not None else None

    def count(self, progress: Progress, weight: int, planned: Fraction | int) -> None:
        self.weight += weight
        self._planned += weight * float(planned)
        self._actual += weight * min(float(progress.part), 1)

    def count_milestone(self, progress: Progress) -> None:
        self.milestones += 1
        self.reached += progress.item.status.is_over


def by_department(
    outlook: Outlook, items: Iterable[Item], span: Dates, moment: Moment, measure: Measure
) -> dict[str, DepartmentProgress]:
    """Of what touches the span, and of what is still open from before, without what was cancelled."""
    found: defaultdict[str, DepartmentProgress] = defaultdict(DepartmentProgress)
    for item in items:
        planned = outlook.planned_of(item.code)
        dates = measure.dates(planned.item)
        if not _belongs(outlook, item, dates, span):
            continue
        progress, calendar, one = outlook.progress_of(item.code), outlook.calendar_of(item), found[item.department]
        one.items += 1
        one.provisional = one.provisional or calendar.is_provisional(dates.finish)
        if is_milestone(planned.item):
            one.count_milestone(progress)
            continue
        is_silent = silence(progress, calendar, moment.today) >= measure.silent_days
        one.silent += is_silent
        over = moment.over
        if is_silent:
            over = min(over, last_word(progress))
        elif progress.item.status is Status.ON_HOLD and item.code in measure.held:
            over = min(over, measure.held[item.code] - ONE_DAY)
        one.count(progress, planned.duration, planned_part(item.type, dates, over, calendar))
    return dict(found)


def planned_part(kind: str, dates: Dates, over: date, calendar: WorkCalendar) -> Fraction | int:
    """Share of its working days that are over; what comes when it is said to is all there on its last day, or not at
    all."""
    start, end = calendar.position(dates.start), calendar.position(dates.finish + ONE_DAY)
    if over >= dates.finish:
        return 1
    if kind in RATELESS or start >= end or over < dates.start:
        return 0
    return Fraction(calendar.position(over + ONE_DAY) - start, end - start)


def percent(share: Fraction) -> int:
    """Rounded half up."""
    return int(100 * share + Fraction(1, 2))


def _belongs(outlook: Outlook, item: Item, dates: Dates, span: Dates) -> bool:
    if dates.start > span.finish:
        return False
    status = outlook.progress_of(item.code).item.status
    return status is not Status.CANCELLED if dates.finish >= span.start else not status.is_over


def _share(part: float, weight: int) -> Fraction | None:
    return Fraction(round(part / weight * BILLIONTH), BILLIONTH) if weight else None
