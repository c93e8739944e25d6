"""China's statutory days off, by law the same every year (since 2025); bridge and make-up days are published year by
year."""

from collections.abc import Iterator
from datetime import date, timedelta

from borax.calendars.lunardate import LunarDate, TermUtils

FESTIVALS = ("元旦", "春节", "清明", "劳动节", "端午", "中秋", "国庆")
_QINGMING = TermUtils.name2index("清明")
_OFF = {"春节": range(-1, 3), "劳动节": range(2), "国庆": range(3)}
"""Days off, counted from the festival's own day: Spring Festival's begin with New Year's Eve."""


def festival(name: str, year: int) -> date:
    """The festival's own day; of 春节 the first of the first month. The moon is known for 1901 to 2100."""
    match name:
        case "元旦":
            return date(year, 1, 1)
        case "春节":
            return _of_the_moon(year, 1, 1)
        case "清明":
            return date.fromordinal(TermUtils.nth_term_day(year, _QINGMING).toordinal())
        case "劳动节":
            return date(year, 5, 1)
        case "端午":
            return _of_the_moon(year, 5, 5)
        case "中秋":
            return _of_the_moon(year, 8, 15)
        case "国庆":
            return date(year, 10, 1)
    raise ValueError(name)


def days_off(years: range) -> Iterator[date]:
    """All statutory days off of these years, also those that fall on a weekend."""
    for year in years:
        for name in FESTIVALS:
            for days in _OFF.get(name, range(1)):
                yield festival(name, year) + timedelta(days)


def _of_the_moon(year: int, month: int, day: int) -> date:
    return date.fromordinal(LunarDate(year, month, day).to_solar_date().toordinal())
