"""Working hours and quiet hours: times of day in the local zone, on the days of a calendar.

Nothing is ever counted across a night, a weekend or a holiday: an hour is an hour of one working day's
opening time. What cannot wait for that counts the hours of the clock (`around_the_clock`). Instants are UTC.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from planning.plan.calendar import WorkCalendar, calendar_named

NOTHING = timedelta(0)


@dataclass(frozen=True, slots=True)
class Window:
    """The time from `start` up to, not including, `end`, each day.

    One that ends before it starts lasts over midnight; one that ends where it starts is empty.
    """

    start: time
    end: time

    @classmethod
    def of(cls, text: str) -> "Window":
        """Read `09:00-18:00`. Raises ValueError."""
        start, end = text.split("-")
        return cls(time.fromisoformat(start), time.fromisoformat(end))

    def __str__(self) -> str:
        return f"{self.start:%H:%M}-{self.end:%H:%M}"

    def holds(self, at: time) -> bool:
        if self.start <= self.end:
            return self.start <= at < self.end
        return at >= self.start or at < self.end


ALL_DAY = Window(time.min, time.min)
"""A day's opening time from midnight to midnight; as hours of quiet: none."""


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """The same window on every working day; it opens and closes on one day, or lasts a whole one (ALL_DAY)."""

    window: Window
    calendar: WorkCalendar
    zone: tzinfo

    @property
    def a_day(self) -> timedelta:
        """The opening time of one working day."""
        if self.window == ALL_DAY:
            return timedelta(days=1)
        return datetime.combine(date.min, self.window.end) - datetime.combine(date.min, self.window.start)

    def after(self, moment: datetime, hours: timedelta) -> datetime:
        """The instant so many working hours after `moment`. None at all: `moment` itself."""
        if hours <= NOTHING:
            return moment
        for opening, closing in self._days(moment):
            begins = max(opening, moment)
            if hours <= closing - begins:
                return begins + hours
            hours -= max(closing - begins, NOTHING)
        raise AssertionError("there is always another working day")

    def before(self, moment: datetime, hours: timedelta) -> datetime:
        """The latest instant from which so many working hours lead to `moment`. None at all: `moment` itself."""
        if hours <= NOTHING:
            return moment
        for opening, closing in self._days_back(moment):
            ends = min(closing, moment)
            if hours <= ends - opening:
                return ends - hours
            hours -= max(ends - opening, NOTHING)
        raise AssertionError("there is always another working day")

    def between(self, first: datetime, last: datetime) -> timedelta:
        """The working hours from `first` to `last`; none when `last` is not later."""
        worked = NOTHING
        for opening, closing in self._days(first):
            if opening >= last:
                break
            worked += max(min(closing, last) - max(opening, first), NOTHING)
        return worked

    def opening(self, moment: datetime) -> datetime:
        """The moment itself within working hours, else their next beginning."""
        opens = next(opening for opening, closing in self._days(moment) if moment < closing)
        return max(opens, moment)

    def _days(self, since: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Opening and closing of the working days, from the one `since` lies in or before."""
        day = self.calendar.on_or_after(since.astimezone(self.zone).date())
        while True:
            yield self._on(day)
            day = self.calendar.add(day, 1)

    def _days_back(self, until: datetime) -> Iterator[tuple[datetime, datetime]]:
        """The same of the day `until` lies in or after, and of those before it."""
        day = self.calendar.on_or_before(until.astimezone(self.zone).date())
        while True:
            yield self._on(day)
            day = self.calendar.add(day, -1)

    def _on(self, day: date) -> tuple[datetime, datetime]:
        """Opening and closing of one day."""
        last = day + timedelta(days=1) if self.window == ALL_DAY else day
        return _at(day, self.window.start, self.zone), _at(last, self.window.end, self.zone)


def around_the_clock(zone: tzinfo) -> WorkingHours:
    """The hours of the clock, counted as working hours are."""
    return WorkingHours(ALL_DAY, calendar_named("every-day"), zone)


def out_of(quiet: Window, moment: datetime, zone: tzinfo) -> datetime:
    """The moment itself, or the end of the quiet hours it lies in."""
    local = moment.astimezone(zone)
    if not quiet.holds(local.time()):
        return moment
    day = local.date() if local.time() < quiet.end else local.date() + timedelta(days=1)
    return _at(day, quiet.end, zone)


def next_at(after: datetime, at: time, calendar: WorkCalendar, zone: tzinfo) -> datetime:
    """The first instant after `after` at a time of day on a working day.

    A time that the clocks pass twice in that night is the first of the two; one they leave out is as much later.
    """
    day = calendar.on_or_after(after.astimezone(zone).date())
    while (found := _at(day, at, zone)) <= after:
        day = calendar.add(day, 1)
    return found


def end_of(day: date, zone: tzinfo) -> datetime:
    """The instant at which a day is over."""
    return _at(day + timedelta(days=1), time.min, zone)


def _at(day: date, at: time, zone: tzinfo) -> datetime:
    return datetime.combine(day, at, zone).astimezone(UTC)
