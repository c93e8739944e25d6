"""Working calendars: the days that count. All dates are local dates; nothing here steps day by day.

A *position* numbers the working days of one calendar; the difference of two positions is a count of working days.
Positions of different calendars do not compare: go through dates.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from itertools import accumulate

from chinese_calendar import constants as china_days

from planning.plan.limits import LAST_DAY
from planning.plan.statutory import days_off
from planning.refusal import Refused

Week = tuple[bool, bool, bool, bool, bool, bool, bool]
MONDAY_TO_FRIDAY: Week = (True, True, True, True, True, False, False)
ALL_WEEK: Week = (True,) * 7
ONE_DAY = timedelta(1)


class WorkCalendar:
    """A week pattern with exceptions (holidays, make-up workdays). Immutable; any date of year 1 to 9999 works.

    Dates past `known_until` are provisional until a newer list of exceptions arrives.
    """

    def __init__(
        self, name: str, week: Week, exceptions: Mapping[date, bool] | None = None, known_until: date | None = None
    ) -> None:
        if not any(week):
            raise ValueError(f"calendar {name!r} has no working weekday: give it at least one")
        self.name = name
        self.known_until = known_until
        self._week = week
        self._before = (0, *accumulate(week))
        self._nth = [weekday for weekday, working in enumerate(week) if working]
        telling = {day: working for day, working in (exceptions or {}).items() if week[day.weekday()] != working}
        self._exceptions = tuple(sorted(telling.items()))
        self._odd = [day.toordinal() for day, _ in self._exceptions]
        self._shift = [0, *accumulate(1 if working else -1 for _, working in self._exceptions)]
        self._marks = [self._position(ordinal) for ordinal in self._odd]
        # The first position that lies after each exceptional day.
        self._opens = [mark + working for mark, (_, working) in zip(self._marks, self._exceptions, strict=True)]
        # Plans live in a few thousand days: an answer is remembered.
        self._days: dict[int, date] = {}
        self._positions: dict[date, int] = {}

    @property
    def week(self) -> Week:
        return self._week

    @property
    def exceptions(self) -> Mapping[date, bool]:
        """The dates that are not as their weekday says, in order: True where they are worked."""
        return dict(self._exceptions)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, WorkCalendar) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash((self.name, self._week, len(self._exceptions)))

    def __repr__(self) -> str:
        return f"WorkCalendar({self.name!r})"

    def _key(self) -> tuple[object, ...]:
        return self.name, self._week, self.known_until, self._exceptions

    def position(self, day: date) -> int:
        """The number of working days before `day`: of a working day its number, else that of the next one."""
        known = self._positions.get(day)
        if known is None:
            known = self._positions[day] = self._position(day.toordinal())
        return known

    def _position(self, ordinal: int) -> int:
        weeks, weekday = divmod(ordinal - 1, 7)
        return weeks * self._before[7] + self._before[weekday] + self._shift[bisect_left(self._odd, ordinal)]

    def day(self, position: int) -> date:
        """The working day with this position; OverflowError outside the years 1 to 9999."""
        known = self._days.get(position)
        if known is None:
            known = self._days[position] = self._day(position)
        return known

    def _day(self, position: int) -> date:
        passed = bisect_right(self._opens, position)
        if passed < len(self._odd) and self._marks[passed] == position and self._exceptions[passed][1]:
            return self._exceptions[passed][0]
        weeks, nth = divmod(position - self._shift[passed], len(self._nth))
        ordinal = weeks * 7 + self._nth[nth] + 1
        if not 1 <= ordinal <= date.max.toordinal():
            raise OverflowError(f"working day {position} of calendar {self.name!r} lies outside the years 1 to 9999")
        return date.fromordinal(ordinal)

    def is_working(self, day: date) -> bool:
        ordinal = day.toordinal()
        at = bisect_left(self._odd, ordinal)
        if at < len(self._odd) and self._odd[at] == ordinal:
            return self._exceptions[at][1]
        return self._week[day.weekday()]

    def on_or_after(self, day: date) -> date:
        return self.day(self.position(day))

    def on_or_before(self, day: date) -> date:
        return self.day(self.position(day + ONE_DAY) - 1)

    def add(self, day: date, n: int) -> date:
        """The day `n` working days after `day` (negative: before); 0 is the day itself or the next working one.

        A day off lies between its neighbours: Saturday + 1 is Monday, Saturday - 1 is Friday.
        """
        skipped = 1 if n > 0 and not self.is_working(day) else 0
        return self.day(self.position(day) + n - skipped)

    def between(self, first: date, last: date) -> int:
        """Signed working days from `first` to `last`: add(first, between(first, last)) == last for working days."""
        return self.position(last) - self.position(first)

    def finish_of(self, start: date, duration: int) -> date:
        """The last day of work begun on `start` (or the next working day); a milestone ends where it starts."""
        return self.day(self.position(start) + max(duration - 1, 0))

    def start_of(self, finish: date, duration: int) -> date:
        """The first day of work that ends on `finish` (or the working day before it)."""
        return self.day(self.position(finish + ONE_DAY) - max(duration, 1))

    def is_provisional(self, day: date) -> bool:
        """True for a day the list of exceptions does not reach yet."""
        return self.known_until is not None and day > self.known_until


def _china() -> WorkCalendar:
    """The published list, and beyond it the statutory days off; bridge and make-up days are not known there."""
    known_until = date(max(china_days.holidays).year, 12, 31)
    beyond = range(known_until.year + 1, LAST_DAY.year + 1)
    off = dict.fromkeys([*days_off(beyond), *china_days.holidays], False)
    return WorkCalendar("china", MONDAY_TO_FRIDAY, {**off, **dict.fromkeys(china_days.workdays, True)}, known_until)


BUILT_IN = ("china", "weekdays", "every-day")


@cache
def calendar_named(name: str) -> WorkCalendar:
    """The calendar `china` (holidays and make-up workdays), `weekdays` or `every-day`; Refused for any other name."""
    match name:
        case "china":
            return _china()
        case "weekdays":
            return WorkCalendar(name, MONDAY_TO_FRIDAY)
        case "every-day":
            return WorkCalendar(name, ALL_WEEK)
    raise Refused("unknown-calendar", calendar=name, known=", ".join(BUILT_IN))


def with_exceptions(name: str, base: WorkCalendar, exceptions: Mapping[date, bool]) -> WorkCalendar:
    """A calendar of its own name: `base`, but these dates work (True) or do not (False)."""
    return WorkCalendar(name, base.week, {**base.exceptions, **exceptions}, base.known_until)
