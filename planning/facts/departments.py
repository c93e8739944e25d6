"""Progress of a department: how far its work of a span should be by now, and how far it is."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from planning.facts.forecast import Outlook
from planning.facts.progress import RATELESS, WHOLE, Progress
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

    def then(self, outlook: Outlook, code: str) -> Item:
        return self.frozen.get(code) or outlook.planned_of(code).item


@dataclass(frozen=True, slots=True)
class Share:
    """What one item brings into the sum of its department."""

    progress: Progress
    dates: Dates
    weight: int
    planned: Fraction | int
    is_milestone: bool
    is_silent: bool
    """It runs without a report: its planned part counts to the day of the last word."""
    is_provisional: bool
    """Its finish lies behind the end of the known holidays."""

    @property
    def item(self) -> Item:
        return self.progress.item

    @property
    def actual(self) -> Fraction:
        return min(self.progress.part, WHOLE)

    @property
    def behind(self) -> Fraction:
        """Working days that are missing; of what is ahead below 0."""
        return self.weight * (self.planned - self.actual)


@dataclass(slots=True)
class DepartmentProgress:
    """Sums over the items of a department, each with its duration as its weight."""

    items: int = 0
    weight: int = 0
    silent: int = 0
    milestones: int = 0
    reached: int = 0
    provisional: bool = False
    _planned: float = 0
    _actual: float = 0

    @property
    def planned(self) -> Fraction | None:
        """None where nothing weighs."""
        return _part(self._planned, self.weight)

    @property
    def actual(self) -> Fraction | None:
        return _part(self._actual, self.weight)

    @property
    def spi(self) -> Fraction | None:
        """None with nothing planned yet."""
        return self.actual / self.planned if self.planned and self.actual is not None else None

    def add(self, share: Share) -> None:
        self.items += 1
        self.silent += share.is_silent
        self.milestones += share.is_milestone
        self.reached += share.is_milestone and share.item.status.is_over
        self.provisional = self.provisional or share.is_provisional
        self.weight += share.weight
        self._planned += share.weight * float(share.planned)
        self._actual += share.weight * float(share.actual)


def by_department(shares: Iterable[Share]) -> dict[str, DepartmentProgress]:
    found: defaultdict[str, DepartmentProgress] = defaultdict(DepartmentProgress)
    for share in shares:
        found[share.item.department].add(share)
    return dict(found)


def shares(
    outlook: Outlook, items: Iterable[Item], span: Dates, moment: Moment, measure: Measure
) -> Iterator[Share]:
    """Of what touches the span, and of what is still open from before, without what was cancelled."""
    for item in items:
        then = measure.then(outlook, item.code)
        if not _belongs(outlook, item, then, span):  # asked before anything dearer: most items lie in another week
            continue
        dates, planned = Dates(then.start, then.finish), outlook.planned_of(item.code)
        progress, calendar = outlook.progress_of(item.code), outlook.calendar_of(item)
        is_silent = silence(progress, calendar, moment.today) >= measure.silent_days
        over = moment.over
        if is_silent:
            over = min(over, last_word(progress))
        elif progress.item.status is Status.ON_HOLD and item.code in measure.held:
            over = min(over, measure.held[item.code] - ONE_DAY)
        part = planned_part(item.type, dates, over, calendar)
        mark, provisional = is_milestone(planned.item), calendar.is_provisional(dates.finish)
        yield Share(progress, dates, 0 if mark else planned.duration, part, mark, is_silent, provisional)


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


def _belongs(outlook: Outlook, item: Item, then: Item, span: Dates) -> bool:
    if then.start > span.finish:
        return False
    said = outlook.said_of(item.code)
    status = (said.item if said else item).status
    return status is not Status.CANCELLED if then.finish >= span.start else not status.is_over


def _part(part: float, weight: int) -> Fraction | None:
    return Fraction(round(part / weight * BILLIONTH), BILLIONTH) if weight else None
