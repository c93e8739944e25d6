"""Items, links and departments that work by a calendar of the company's own."""

from datetime import date
from pathlib import Path

import pytest

from bot.tables import TableError, read_plan, write_plan
from planning.people.organisation import Department, Organisation
from planning.plan.calendar import WorkCalendar, calendar_named, with_exceptions
from planning.plan.plan import Plan

CHRISTMAS = {date(2026, 12, 24): False, date(2026, 12, 25): False}
OWN = {
    "供应商B": with_exceptions("供应商B", calendar_named("weekdays"), CHRISTMAS),
    "Workshop": with_exceptions("Workshop", calendar_named("every-day"), {}),
}
COMPANY = Organisation.of([Department("plant", "分厂", calendar="供应商B")], [])
ITEMS = """编码,名称,部门,开始,工期,日历
A,等料,,2026-12-23,2,
B,供货,,2026-12-23,2,供应商b
C,注塑,,2026-12-23,4,workshop
D,分厂的活,分厂,2026-12-23,2,
E,分厂每天,分厂,2026-12-23,3,每天
F,接着做,,,1,
"""
LINKS = """前置,后续,间隔,日历
A,F,1,供应商B
"""


def read(folder: Path, items: str = ITEMS, links: str = LINKS, calendars: dict[str, WorkCalendar] = OWN) -> Plan:
    (folder / "items.csv").write_text(items, encoding="utf-8")
    (folder / "links.csv").write_text(links, encoding="utf-8")
    return read_plan(
        folder / "items.csv",
        folder / "links.csv",
        organisation=COMPANY,
        calendar="weekdays",
        calendars=calendars,
        today=date(2026, 12, 1),
        plan_id="main",
        plan_name="P",
    ).plan


def test_each_counts_its_own_working_days(tmp_path: Path) -> None:
    plan = read(tmp_path)
    assert {code: item.finish.day for code, item in plan.items.items() if code < "F"} == {
        "A": 24, "B": 28, "C": 26, "D": 28, "E": 25,
    }  # fmt: skip
    assert {code: item.calendar for code, item in plan.items.items() if item.calendar} == {
        "B": "供应商B", "C": "Workshop", "E": "every-day",
    }  # fmt: skip


def test_a_lag_says_whose_days_it_counts(tmp_path: Path) -> None:
    """A ends on Thursday the 24th; the supplier's next working day is Monday the 28th, so F starts on Tuesday."""
    assert read(tmp_path).items["F"].start == date(2026, 12, 29)
    assert read(tmp_path, links=LINKS.replace("供应商B", "")).items["F"].start == date(2026, 12, 28)


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_an_export_is_an_import_again(tmp_path: Path, suffix: str) -> None:
    plan = read(tmp_path)
    files = write_plan(plan, tmp_path / f"out{suffix}", organisation=COMPANY)
    again = read_plan(
        files[0], None, organisation=COMPANY, calendar="weekdays", calendars=OWN, today=date(2026, 12, 1),
        plan_id="main", plan_name="P",
    ).plan  # fmt: skip
    assert (again.items, again.links, again.calendars) == (plan.items, plan.links, plan.calendars)


def test_a_calendar_nobody_set_up_is_told_with_its_row(tmp_path: Path) -> None:
    with pytest.raises(TableError) as wrong:
        read(tmp_path, calendars={"Workshop": OWN["Workshop"], "供应商": OWN["供应商B"]} | {"供应商B": OWN["供应商B"]},
             items=ITEMS.replace("供应商b", "供应商C"), links=LINKS.replace("供应商B", "lunar"))  # fmt: skip
    known = "法定工作日(china)、周一到周五(weekdays)、每天(every-day)、Workshop、供应商、供应商B"
    assert str(wrong.value).splitlines() == [
        f"items.csv:3: 日历: 写的是「供应商C」；没有这个日历，现有：{known}",
        f"links.csv:2: 日历: 写的是「lunar」；没有这个日历，现有：{known}",
    ]
