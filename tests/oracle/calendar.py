"""Working days of one calendar, and working hours between two instants."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from datetime import date, datetime, timedelta


class WorkCalendar:
    """The listed working days; before and after the list Monday to Friday."""

    def __init__(self, listed: Iterable[date]) -> None:
        known = sorted(set(listed))
        around = (known[0] + timedelta(days) for days in range(-730, 3650))
        self.days = sorted({*known, *(d for d in around if d.weekday() < 5 and not known[0] <= d <= known[-1])})
        self._works = set(self.days)

    def works(self, day: date) -> bool:
        return day in self._works

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
        return bisect_left(self.days, at.date()) * 32400 + self.works(at.date()) * min(max(today, 0), 32400)
