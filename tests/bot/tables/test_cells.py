"""Dates and lengths of time as exports write them."""

from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from bot.tables.cells import Unit, Unreadable, day_of, days_of, span_of
from tests.bot.tables.conftest import Complaints, Read

SHANGHAI, NEW_YORK = ZoneInfo("Asia/Shanghai"), ZoneInfo("America/New_York")


@pytest.mark.parametrize(
    ("written", "zone", "day"),
    [
        ("2026-11-30T16:00:00.000Z", SHANGHAI, "2026-12-01"),
        ("2026-11-30T15:59:59Z", SHANGHAI, "2026-11-30"),
        ("2026-11-30 16:00 UTC", SHANGHAI, "2026-12-01"),
        ("2026-12-01T00:00:00+08:00", SHANGHAI, "2026-12-01"),
        ("2026-12-01T00:00:00+0800", NEW_YORK, "2026-11-30"),
        ("2026-11-30T20:00:00-05:00", SHANGHAI, "2026-12-01"),
        ("2026-11-30 16:00:00+00", SHANGHAI, "2026-12-01"),
        ("2026-1-5T20:00:00Z", SHANGHAI, "2026-01-06"),
        ("2026-1-5T8:00Z", NEW_YORK, "2026-01-05"),
        ("2026/11/30 16:00:00+00:00", SHANGHAI, "2026-12-01"),
        ("2026/1/5 20:00 UTC", SHANGHAI, "2026-01-06"),
        ("2026-11-30T16:00:00,5Z", SHANGHAI, "2026-12-01"),
        ("2026年11月30日 16:00Z", SHANGHAI, "2026-12-01"),
        ("2026-11-30T23:59:59", SHANGHAI, "2026-11-30"),
        ("2026-11-30 16:00", SHANGHAI, "2026-11-30"),
        ("2026/11/30 上午 8:00", SHANGHAI, "2026-11-30"),
        ("2026年11月30日", SHANGHAI, "2026-11-30"),
    ],
)
def test_a_time_with_its_zone_is_on_the_plans_day(written: str, zone: ZoneInfo, day: str) -> None:
    assert day_of(written, zone) == date.fromisoformat(day)


@pytest.mark.parametrize("written", ["2026-11-30T25:00:00Z", "2026-02-30T01:00:00Z", "2026-11-30T16:00:00+99:00",
                                     "2026-11-30 early Z", "2026-11-30 +08:00", "2026-11-30 16:00:00:00Z"])  # fmt: skip
def test_a_time_that_is_none_is_refused(written: str) -> None:
    with pytest.raises(Unreadable, match="date"):
        day_of(written, SHANGHAI)


@pytest.mark.parametrize(
    ("written", "days"),
    [
        (3, 3), ("3", 3), ("3.0", 3), ("3天", 3), ("3 天", 3), ("３天", 3), ("3日", 3), ("3 个工作日", 3),
        ("3个工作日", 3), ("3 工作日", 3), ("5 days", 5), ("5 day", 5), ("5d", 5), ("5 d?", 5), ("5 days?", 5),
        ("5 working days", 5),
        ("1周", 5), ("2 周", 10), ("1个星期", 5), ("1 week", 5), ("2 wks", 10), ("2w", 10), ("0.4周", 2), ("0天", 0),
        ("1,000 days", 1000), ("", None), (None, None),
    ],
)  # fmt: skip
def test_lengths_with_their_unit(written: object, days: int | None) -> None:
    assert span_of(written, 0, 5000, 5) == days


@pytest.mark.parametrize(
    ("written", "code"),
    [("三天", "span"), ("3小时", "span"), ("1个月", "span"), ("3 自然日", "span"), ("3 edays", "span"),
     ("soon", "span"), ("1.5天", "whole"), ("0.5周", "whole"), ("6000天", "between"), ("-3天", "between")],
)  # fmt: skip
def test_what_is_no_number_of_working_days(written: str, code: str) -> None:
    with pytest.raises(Unreadable, match=code):
        span_of(written, 0, 5000, 5)


def test_a_lag_keeps_its_unit() -> None:
    assert days_of("+2 自然日") == (Decimal(2), Unit.CALENDAR)
    assert days_of("2 个工作日") == (Decimal(2), Unit.WORKING)
    assert days_of("2天") == (Decimal(2), Unit.DAYS)
    assert days_of("-1 周") == (Decimal(-1), Unit.WEEKS)
    assert days_of("2") == (Decimal(2), Unit.NONE)


def test_a_week_is_as_long_as_the_items_calendar_says(read: Read) -> None:
    plan = read("code,title,start,duration_days,calendar\nA,a,2026-11-23,1周,\nB,b,2026-11-23,1 week,every-day\n")
    assert [(it.duration, it.finish.day) for it in plan.items.values()] == [(5, 27), (7, 29)]


def test_exports_of_other_zones_come_in_on_the_plans_days(read: Read) -> None:
    plan = read("code,title,start\nA,a,2026-11-30T16:00:00.000Z\n", zone=SHANGHAI)
    assert plan.items["A"].start == date(2026, 12, 1)


def test_what_cannot_be_read_says_how_to_write_it(complaints: Complaints) -> None:
    assert complaints("code,title,start,duration_days\nA,a,2026-11-24,三天\n") == [
        "items.csv:2: duration_days: 写的是「三天」；应为工作日数，如 3、3天、3 个工作日、1周"
    ]
