"""Calendars of one's own: exceptions from one everybody has, named by whoever works by them."""

from datetime import date
from pathlib import Path

import pytest

from bot.environment import environment_of
from bot.platforms import PLATFORMS
from bot.settings import load_settings
from tests.bot.settings.test_settings import ENVIRON, EXAMPLE, MINIMAL, complaints, load

WORKSHOP = """calendars:
  - {name: 注塑车间, closed: [2026-12-24, "2026-12-29~2026-12-31"], working: [2026-12-26]}
  - {name: 供应商B, base: every-day, closed: ["2026-12-25 ～ 2026-12-25"]}
  - {name: 空}
"""


def test_exceptions_are_dates_and_ranges_of_both_ends(tmp_path: Path) -> None:
    calendars = load(tmp_path, MINIMAL + WORKSHOP).own_calendars()
    workshop = calendars["注塑车间"]
    december = [day for day in range(23, 32) if workshop.is_working(date(2026, 12, day))]
    assert december == [23, 25, 26, 28]
    assert not workshop.is_working(date(2026, 10, 1)), "China's holidays, as nothing else is said"
    assert not calendars["供应商B"].is_working(date(2026, 12, 25))
    assert calendars["供应商B"].is_working(date(2026, 12, 27))


def test_a_department_and_the_company_may_work_by_one(tmp_path: Path) -> None:
    text = MINIMAL.replace("name: 计划部", "name: 计划部, calendar: 注塑车间") + WORKSHOP + "calendar: 供应商B\n"
    environment = environment_of(load(tmp_path, text))
    assert environment.calendar_of("planning").name == "注塑车间"
    assert environment.calendar_of("elsewhere").name == "供应商B"


def test_the_example_shows_one() -> None:
    (calendar,) = load_settings(EXAMPLE, ENVIRON, PLATFORMS).own_calendars().values()
    assert not calendar.is_working(date(2027, 2, 20))


@pytest.mark.parametrize(
    ("calendars", "complaint"),
    [
        ("[{closed: [2026-12-24]}]", "calendars[0].name: 没有写；这一项必须填写"),
        ("[{name: china}]", "calendars[0].name: 写的是「china」；china 是自带的日历，换一个名字"),
        ("[{name: A}, {name: A}]", "calendars[1].name: 写的是「A」；name A 已在 calendars[0].name 用过，换一个"),
        ("[{name: A, base: lunar}]", "calendars[0].base: 写的是「lunar」；应为其中之一：china, weekdays, every-day"),
        *[
            (
                f"[{{name: A, closed: ['{wrong}']}}]",
                f"calendars[0].closed[0]: 写的是「{wrong}」；"
                "应为日期或一段日期，如 2026-12-24 或 2026-12-24~2027-01-03，最多 400 天",
            )
            for wrong in ("12-24", "2026-02-30", "2026-12-24~2026-12-23", "2026-12-24-2026-12-25", "1999-12-31",
                          "2026-01-01~2027-12-31", "明天")
        ],
        (
            "[{name: A, closed: ['2026-12-24~2026-12-26'], working: [2026-12-26]}]",
            "calendars[0]: 写的是一组设置；2026-12-26 既在 closed 又在 working，只留一处",
        ),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_place(tmp_path: Path, calendars: str, complaint: str) -> None:
    assert complaints(tmp_path, f"{MINIMAL}calendars: {calendars}\n") == [f"config.yaml:7: {complaint}"]


def test_a_department_names_a_calendar_there_is(tmp_path: Path) -> None:
    text = MINIMAL.replace("name: 计划部", "name: 计划部, calendar: 注塑") + WORKSHOP
    (complaint,) = complaints(tmp_path, text)
    assert "departments[0].calendar: 写的是「注塑」；没有这个日历" in complaint
    assert "现有：china, weekdays, every-day, 注塑车间" in complaint
