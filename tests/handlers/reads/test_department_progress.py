"""进度 按部门: how far each department is and should be; each edge case with its whole sentence."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from handlers.govern.department_progress import week_progress
from handlers.govern.facts import outlook_of_all
from handlers.kept_outlook import KeptOutlook
from handlers.turn import Turn
from planning.plan.item import Item, Status
from planning.plan.operation import Op, Operation
from planning.plan.plan import Plan
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.handlers.office import Office

Open = Callable[..., Office]


def work(code: str, start: str, finish: str, days: int, **more: Any) -> Item:
    first, last = (date.fromisoformat(day if len(day) > 5 else f"2026-{day}") for day in (start, finish))
    known: dict[str, Any] = {"type": "production", "department": "production", "quantity": Decimal(1000)}
    return Item(code, f"做{code}", first, last, days, **known | more)


WORKED = (
    work("MO-1", "11-30", "12-11", 10), work("MO-2", "11-26", "12-02", 5), work("MO-3", "12-02", "12-08", 5),
)  # fmt: skip
BY_PLAN = "还没有周基线，应到的按计划算"
EVENING = {"days": 9, "hours": 9, "minutes": 5}
"""From Monday 11-23, 09:00, to Wednesday 12-02, 18:05."""


@pytest.fixture
def open_with(database: Database) -> Open:
    def opened(*items: Item) -> Office:
        office = Office(database)
        office.bring(Plan("main", "一厂", 0, {item.code: item for item in items}))
        return office

    return opened


def told(office: Office, text: str = "进度 按部门", person: str = "boss") -> list[str]:
    lines = office.say(person, text).splitlines()
    return [line.removeprefix("- ").strip("*") for line in lines if line and not line.startswith("[")]


def department(office: Office) -> str:
    return told(office)[1]


def worked(open_with: Open) -> Office:
    office = open_with(*WORKED)
    office.wait(**EVENING)
    office.say("wang", "报工 MO-1 225")
    office.say("wang", "完成 MO-2")
    return office


def test_the_worked_number(open_with: Open) -> None:
    office = worked(open_with)
    assert told(office) == [
        "各部门进度 · 11-30～12-06 · 12-02 18:05 · 计划第 3 版",
        "生产部 36%（应 45%）",
        BY_PLAN,
        "数据：报工 18:05、导入 11-23 09:00",
    ]


def test_a_department_with_what_is_furthest_behind(open_with: Open) -> None:
    assert told(worked(open_with), "进度 生产部") == [
        "生产部进度 · 11-30～12-06 · 12-02 18:05 · 计划第 3 版",
        "做到 36%，应到 45%，SPI 0.81",
        "落后最多：MO-3 做MO-3 0%（应 20%）、MO-1 做MO-1 23%（应 30%）",
        BY_PLAN,
        "数据：报工 18:05、导入 11-23 09:00",
    ]


def test_it_is_measured_by_the_newest_weekly_baseline(open_with: Open) -> None:
    """Later changes move what is forecast, not what should be done by now."""
    office = open_with(*WORKED)
    office.wait(days=7)
    office.say("lin", "基线 周-2026-49 周")
    office.change(Operation("MO-1", Op.SHIFT, 5), by="han")
    office.wait(days=2, hours=9, minutes=5)
    lines = told(office)
    assert lines[1].startswith("生产部 0%（应 45%）")
    assert lines[2] == "应到的按周基线 周-2026-49（11-30 09:00 冻结）算"


def test_eight_lines_for_any_number_of_departments(open_with: Open) -> None:
    items = [work(f"MO-{n}", "11-30", "12-04", 5, department=f"线{n}") for n in range(40)]
    office = open_with(*items)
    office.wait(**EVENING)
    lines = told(office)
    assert len(lines) == 8
    assert lines[5] == "…另有 28 个部门"


def test_with_nothing_in_the_week_it_is_none_and_not_zero(open_with: Open) -> None:
    office = open_with(work("MO-9", "12-14", "12-18", 5))
    office.wait(**EVENING)
    assert department(office) == "生产部 无"
    assert told(office, "进度 生产部")[1] == "这几天没有要做的工作：无"
    assert told(office, "进度 采购部") == ["计划里还没有采购部的工作"]


def test_milestones_are_counted_apart(open_with: Open) -> None:
    at = {"type": "milestone", "quantity": None}
    office = open_with(WORKED[0], work("M-1", "12-01", "12-01", 0, status=Status.DONE, **at),
                       work("M-2", "12-03", "12-03", 0, **at))  # fmt: skip
    office.wait(**EVENING)
    assert department(office) == "生产部 0%（应 30%） 里程碑 1/2 达成"


def test_on_hold_it_stands_still_from_that_day(open_with: Open) -> None:
    """Held on Tuesday, when one day of ten was over; what came in on hold has stood still since it came."""
    office = open_with(WORKED[0])
    office.wait(days=8)
    office.bring(Plan("main", "一厂", 0, {"MO-1": replace(WORKED[0], status=Status.ON_HOLD)}))
    office.wait(days=1, hours=9, minutes=5)
    assert department(office) == "生产部 0%（应 10%）"


def test_what_came_in_on_hold_has_stood_still_since(open_with: Open) -> None:
    office = open_with(replace(WORKED[0], status=Status.ON_HOLD))
    office.wait(**EVENING)
    assert department(office) == "生产部 0%"


def test_what_was_cancelled_is_in_neither(open_with: Open) -> None:
    office = open_with(WORKED[0], replace(WORKED[1], status=Status.CANCELLED))
    office.wait(**EVENING)
    assert department(office) == "生产部 0%（应 30%）"


def test_what_is_silent_counts_to_its_last_word(open_with: Open) -> None:
    """Last heard of on Monday: one day of ten."""
    office = open_with(WORKED[0])
    office.wait(days=7)
    office.say("wang", "报工 MO-1 50")
    office.wait(days=3, hours=9, minutes=5)
    assert department(office) == "生产部 5%（应 10%） 1 项无报工"


def test_beyond_the_known_holidays_it_is_provisional(open_with: Open) -> None:
    office = open_with(work("MO-1", "2026-12-28", "2027-01-08", 9))
    office.wait(days=38)
    lines = told(office)
    assert lines[1].startswith("生产部 0%＊（应 ")
    assert lines[-1] == "数据：导入 11-23 09:00；＊ 放假安排未公布，暂按法定假日和周一至周五计算"


def test_overdue_items_stand_beside_the_number(open_with: Open) -> None:
    office = open_with(work("MO-1", "11-23", "11-27", 5))
    office.wait(**EVENING)
    assert department(office) == "生产部 0%（应 100%） 逾期1"


def test_nobodys_work_is_nobodys(open_with: Open) -> None:
    office = open_with(work("MO-1", "11-30", "12-04", 5, department=""))
    office.wait(**EVENING)
    assert department(office) == "（无部门） 0%（应 60%）"


def test_masked_columns_stand_nowhere(open_with: Open) -> None:
    office = open_with(replace(WORKED[0], attributes={"成本": "987.65", "客户": "星河电子"}))
    office.wait(**EVENING)
    for text in ("进度 按部门", "进度 生产部"):
        answer = "\n".join(told(office, text))
        assert "987.65" not in answer
        assert "星河" not in answer


@pytest.mark.parametrize(
    ("asked", "same"),
    [("进度 各部门 本周", "进度 按部门"), ("jdu 按部门", "进度 按部门"), ("progress by department", "进度 按部门"),
     ("progress production", "进度 生产部"), ("进度 部门 生产", "进度 生产部"),
     ("progress department production this week", "进度 生产部")],
)  # fmt: skip
def test_it_is_asked_in_other_words(open_with: Open, asked: str, same: str) -> None:
    office = worked(open_with)
    assert told(office, asked) == told(office, same) != []


def test_an_unknown_department_is_told_the_names(open_with: Open) -> None:
    assert "生产部、采购部" in office_says(open_with, "进度 火星部")


def test_next_weeks_work_is_asked_for(open_with: Open) -> None:
    office = worked(open_with)
    assert told(office, "进度 按部门 下周")[:2] == [
        "各部门进度 · 12-07～12-13 · 12-02 18:05 · 计划第 3 版", "生产部 15%（应 27%）",
    ]  # fmt: skip


def outlook(office: Office, kept: KeptOutlook) -> dict[str, object]:
    """Forecast and progress of every item, asked as a page asks."""
    environment = replace(office.environment, outlooks=kept)

    def asked(uow: UnitOfWork) -> dict[str, object]:
        turn = Turn(uow, office.now, environment)
        found, week = outlook_of_all(turn, turn.plan()), week_progress(turn, turn.plan())
        return {code: (found[code], found.progress_of(code)) for code in turn.plan().items} | dict(week.departments)

    return office.database.look(asked)


def test_what_is_kept_is_as_if_it_were_worked_out_anew(open_with: Open) -> None:
    office, kept = worked(open_with), KeptOutlook()
    seen = []
    for text in ("报工 MO-1 100", "更正 50", "开工 MO-3", "改期 MO-3 推迟2天 因为 停机", "", "报工 MO-3 200"):
        seen.append(outlook(office, kept))
        if text:
            office.say("wang", text)
        else:
            office.change(Operation("MO-3", Op.SET_DURATION, 7), by="han")
        office.wait(hours=9)
        assert outlook(office, kept) == outlook(office, KeptOutlook())
    assert len({str(one) for one in seen}) > 3


def office_says(open_with: Open, text: str) -> str:
    return open_with(*WORKED).say("boss", text)
