"""The first day that a link allows, on days of the calendar: what the forecast pushes with.

Facts stand on days off as well, so that days are counted here and not positions of working days. A milestone stands at
the evening of its day.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from planning.plan.calendar import ONE_DAY, WorkCalendar
from planning.plan.item import Item
from planning.plan.link import LagKind, Link, LinkKind

MILESTONE = "milestone"
CalendarOf = Callable[[Item], WorkCalendar]


class Dates(NamedTuple):
    start: date
    finish: date


def after(calendar: WorkCalendar, day: date, count: int = 1) -> date:
    """The `count`-th working day after the evening of that day, backwards where negative; 0 is the day itself."""
    return calendar.day(calendar.position(day + ONE_DAY) - 1 + count) if count else day


def days_between(calendar: WorkCalendar, first: date, last: date) -> int:
    """Working days in (first, last], negative the other way round."""
    return calendar.between(first + ONE_DAY, last + ONE_DAY)


def is_milestone(item: Item) -> bool:
    return item.is_milestone or item.type == MILESTONE


def finish_from(calendar: WorkCalendar, start: date, duration: int) -> date:
    return after(calendar, start, max(duration, 1) - 1)


def start_for(calendar: WorkCalendar, finish: date, duration: int) -> date:
    return after(calendar, finish, 1 - max(duration, 1))


def moves_start(link: Link) -> bool:
    """Check which end of the successor the link holds."""
    return link.kind in (LinkKind.FS, LinkKind.SS)


@dataclass(frozen=True, slots=True)
class Relation:
    """A link with its ends and calendars."""

    link: Link
    predecessor: Item
    successor: Item
    before: WorkCalendar
    """The predecessor's."""
    behind: WorkCalendar
    """The successor's."""
    counted_in: WorkCalendar
    """The lag's: the link's own, else the successor's."""

    def allows(self, theirs: Dates) -> date:
        """The first day for the end of the successor that the link holds, by the predecessor's dates."""
        evening = self.lag_over(theirs)
        if moves_start(self.link) and not is_milestone(self.successor):
            return after(self.behind, evening)
        return self.behind.on_or_before(evening) if self.stands_in_evening else self.behind.on_or_after(evening)

    @property
    def stands_in_evening(self) -> bool:
        """Check whether a successor's finish that falls on a day off may stand before it."""
        ends_in_evening = self.link.kind is LinkKind.FF and is_milestone(self.predecessor)
        return self.link.lag <= 0 and (self.link.kind is LinkKind.SF or ends_in_evening)

    @property
    def by_finish(self) -> bool:
        """Check which end of the predecessor the link counts from."""
        return self.link.kind in (LinkKind.FS, LinkKind.FF) or is_milestone(self.predecessor)

    def lag_over(self, theirs: Dates) -> date:
        """The evening at which the lag is over."""
        begins = theirs.finish if self.by_finish else theirs.start - ONE_DAY
        if self.link.lag_kind is LagKind.CALENDAR:
            return begins + timedelta(self.link.lag)
        if self.link.kind is LinkKind.SF:
            begins = self.before.on_or_before(begins)
        return after(self.counted_in, begins, self.link.lag)
