"""Statutory days off: as many as the law says, on the days that published lists and almanacs have."""

from datetime import date, timedelta

import chinese_calendar
import pytest
from chinese_calendar.constants import Holiday

from planning.plan.calendar import calendar_named
from planning.plan.limits import LAST_DAY
from planning.plan.statutory import FESTIVALS, days_off, festival

CHINA = calendar_named("china")
BY_LAW = {"元旦": 1, "春节": 4, "清明": 1, "劳动节": 2, "端午": 1, "中秋": 1, "国庆": 3}
NAMED = {
    "元旦": Holiday.new_years_day, "春节": Holiday.spring_festival, "清明": Holiday.tomb_sweeping_day,
    "劳动节": Holiday.labour_day, "端午": Holiday.dragon_boat_festival, "中秋": Holiday.mid_autumn_festival,
    "国庆": Holiday.national_day,
}  # fmt: skip


@pytest.mark.parametrize("year", [2025, 2026])
def test_every_one_is_in_the_published_list(year: int) -> None:
    for day in days_off(range(year, year + 1)):
        assert not chinese_calendar.is_workday(day), day


@pytest.mark.parametrize("year", range(2008, 2027))
def test_a_festival_is_the_day_that_was_published_for_it(year: int) -> None:
    """The list gives 2020's shared day to National Day, and in 2012 it has the days before Dragon Boat alone."""
    told = chinese_calendar.constants.holidays
    for name in FESTIVALS:
        if (year, name) not in ((2012, "端午"), (2020, "中秋")):
            assert told[festival(name, year)] == NAMED[name].value, name


@pytest.mark.parametrize("year", [2027, 2028, 2029, 2040, 2099])
def test_thirteen_days_a_year(year: int) -> None:
    days = [*days_off(range(year, year + 1))]
    assert len(days) == sum(BY_LAW.values()) == 13
    assert all(day.year == year for day in days)


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("春节", "2027-02-06"), ("清明", "2027-04-05"), ("端午", "2027-06-09"), ("中秋", "2027-09-15"),
        ("春节", "2028-01-26"), ("清明", "2028-04-04"), ("端午", "2028-05-28"), ("中秋", "2028-10-03"),
        ("春节", "2033-01-31"), ("端午", "2033-06-01"), ("中秋", "2033-09-08"), ("春节", "2034-02-19"),
    ],
)  # fmt: skip
def test_the_days_of_the_almanac(name: str, day: str) -> None:
    """2033 has a leap eleventh month, over which simple tables trip."""
    assert festival(name, int(day[:4])) == date.fromisoformat(day)


def test_an_unknown_festival_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="圣诞"):
        festival("圣诞", 2027)


def test_nobody_works_on_new_years_day() -> None:
    assert not any(CHINA.is_working(date(year, 1, 1)) for year in range(2027, LAST_DAY.year + 1))
    assert CHINA.add(date(2026, 12, 31), 1) == date(2027, 1, 4)
    assert CHINA.is_provisional(date(2027, 1, 1))


def test_beyond_the_list_everything_else_follows_the_week() -> None:
    """No bridge and no make-up day is invented."""
    off = set(days_off(range(2027, LAST_DAY.year + 1)))
    day = date(2027, 1, 1)
    while day <= LAST_DAY:
        assert CHINA.is_working(day) == (day.weekday() < 5 and day not in off), day
        day += timedelta(1)
