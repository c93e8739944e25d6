"""Working days: counted by the calendar, checked by stepping through the days."""

from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.plan.calendar import BUILT_IN, WorkCalendar, calendar_named, with_exceptions
from planning.refusal import Refused

CHINA = calendar_named("china")
DAYS = st.dates(date(2003, 6, 1), date(2028, 6, 1))
ODD = with_exceptions("supplier", CHINA, {date(2026, 2, 14): False, date(2026, 2, 21): True, date(2026, 2, 22): True})
CALENDARS = st.sampled_from([ODD, *map(calendar_named, BUILT_IN)])


def steps(calendar: WorkCalendar, first: date, last: date) -> int:
    """Working days from `first` up to, not including, `last`."""
    return sum(calendar.is_working(first + timedelta(n)) for n in range((last - first).days))


def test_china_agrees_with_its_list_on_every_day_it_knows() -> None:
    day, position = date(2004, 1, 1), CHINA.position(date(2004, 1, 1))
    while day <= date(2026, 12, 31):
        working = chinese_calendar.is_workday(day)
        assert CHINA.is_working(day) == working
        assert CHINA.position(day) == position
        if working:
            assert CHINA.day(position) == day
            position += 1
        day += timedelta(1)


@pytest.mark.parametrize("day", ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"])
def test_a_make_up_weekend_day_of_2026_is_worked(day: str) -> None:
    assert CHINA.is_working(date.fromisoformat(f"2026-{day}"))
    assert not calendar_named("weekdays").is_working(date.fromisoformat(f"2026-{day}"))


@given(CALENDARS, DAYS, st.integers(0, 400))
def test_positions_count_working_days(calendar: WorkCalendar, first: date, span: int) -> None:
    last = first + timedelta(span)
    assert calendar.between(first, last) == steps(calendar, first, last)


@given(CALENDARS, DAYS, DAYS)
def test_adding_the_distance_between_working_days_leads_there(calendar: WorkCalendar, one: date, other: date) -> None:
    first, last = calendar.on_or_after(one), calendar.on_or_before(other)
    assert calendar.add(first, calendar.between(first, last)) == last


@given(CALENDARS, DAYS)
def test_the_neighbours_of_any_day(calendar: WorkCalendar, day: date) -> None:
    before, after = calendar.on_or_before(day), calendar.on_or_after(day)
    assert before <= day <= after
    assert calendar.is_working(before)
    assert calendar.is_working(after)
    assert steps(calendar, before, after) == (1 if before < after else 0)


@given(CALENDARS, DAYS, st.integers(1, 60))
def test_a_duration_is_its_working_days(calendar: WorkCalendar, day: date, duration: int) -> None:
    start = calendar.on_or_after(day)
    finish = calendar.finish_of(start, duration)
    assert steps(calendar, start, finish + timedelta(1)) == duration
    assert calendar.start_of(finish, duration) == start


@pytest.mark.parametrize(
    ("day", "n", "then"),
    [
        ("2026-02-13", 1, "2026-02-14"),  # Friday, then the make-up Saturday,
        ("2026-02-13", 2, "2026-02-24"),  # then the whole Spring Festival.
        ("2026-02-24", -1, "2026-02-14"),
        ("2026-11-28", 1, "2026-11-30"),  # From a Saturday, one on is Monday and one back is Friday.
        ("2026-11-28", -1, "2026-11-27"),
        ("2026-11-28", 0, "2026-11-30"),
        ("2026-11-27", 0, "2026-11-27"),
    ],
)
def test_add(day: str, n: int, then: str) -> None:
    assert CHINA.add(date.fromisoformat(day), n) == date.fromisoformat(then)


def test_a_milestone_ends_where_it_starts() -> None:
    assert CHINA.finish_of(date(2026, 11, 28), 0) == date(2026, 11, 30)


def test_dates_beyond_the_known_list_are_provisional() -> None:
    assert CHINA.known_until == date(2026, 12, 31)
    assert not CHINA.is_provisional(date(2026, 12, 31))
    assert CHINA.is_provisional(date(2027, 1, 1))
    assert CHINA.is_working(date(2027, 2, 9))  # A plain Tuesday, until a list says more.
    assert not calendar_named("weekdays").is_provisional(date(2050, 1, 1))


@pytest.mark.parametrize("year", [1, 1900, 9999])
def test_far_dates_cost_nothing(year: int) -> None:
    day = date(year, 6, 1)
    assert CHINA.day(CHINA.position(day)) == CHINA.on_or_after(day)


def test_no_day_after_the_last_year() -> None:
    with pytest.raises(OverflowError, match="outside the years 1 to 9999"):
        CHINA.add(date(9999, 12, 1), 100)


def test_an_unknown_calendar_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        calendar_named("mars")
    assert refused.value.refusal.code == "unknown-calendar"
    assert refused.value.refusal.facts == {"calendar": "mars", "known": "china, weekdays, every-day"}


def test_a_calendar_needs_a_working_weekday() -> None:
    with pytest.raises(ValueError, match="no working weekday"):
        WorkCalendar("never", (False,) * 7)


def test_equal_calendars_are_one_key() -> None:
    days = {date(2026, 2, 22): True, date(2026, 2, 21): True, date(2026, 2, 14): False}
    again = with_exceptions("supplier", CHINA, days)
    assert again == ODD
    assert len({again, ODD, CHINA}) == 2
