"""The digest: what of the department changed, is due, is at risk, waits; each item and each request once."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from cards.markdown import own
from planning.plan.item import Constraint, Item
from planning.plan.operation import Op, Operation
from storage.database import Database
from tests.handlers.company import PLANNING, PRODUCTION, Company
from tests.handlers.office import Office
from tests.small_company import plan

TODAY = date(2026, 11, 23)


@pytest.fixture
def office(database: Database) -> Office:
    return Office(database)


def count(code: str, finish: date, **fields: object) -> Item:
    """Work of the warehouse that ends on this day."""
    made = Item(code, f"盘点 {code}", finish, finish, 1, "task", "warehouse")
    return replace(made, **fields)  # type: ignore[arg-type]


def promised(code: str, finish: date, due: date) -> Item:
    return count(code, finish, constraint=Constraint.FINISH_NO_LATER_THAN, constraint_date=due)


def sections(told: str) -> dict[str, list[str]]:
    """Lines by the heading they stand under."""
    found: dict[str, list[str]] = {}
    heading = ""
    for line in told.splitlines()[1:]:
        if line.startswith("**"):
            heading = line.strip("*")
        elif line:
            found.setdefault(heading, []).append(line.removeprefix("- "))
    return found


def test_what_is_due_today_is_not_hidden_by_what_is_overdue(office: Office) -> None:
    overdue = [count(f"OLD-{n}", date(2026, 11, 16)) for n in range(8)]
    office.bring(plan().with_items([*overdue, count("NOW-1", TODAY), count("NOW-2", TODAY)]))
    told = sections(office.say("li", "早会 今天 仓储部"))
    assert [line.split()[0] for line in told["今日到期"]] == ["NOW-1", "NOW-2"]
    assert told["逾期"][-1] == "…另有 2 项"
    assert len(told["逾期"]) == 7
    assert "风险" not in told


def test_each_block_begins_with_the_latest_and_counts_what_it_hides(office: Office) -> None:
    overdue = [count(f"OLD-{n}", TODAY - timedelta(weeks=9 - n)) for n in range(9)]
    days = enumerate((2, 3, 4, 7, 8, 9, 10, 11, 14))
    risky = [promised(f"RISK-{n}", date(2026, 12, day), date(2026, 12, 1)) for n, day in days]
    office.bring(plan().with_items([*overdue, *risky, *(count(f"NOW-{n}", TODAY) for n in range(9))]))
    told = sections(office.say("li", "早会 今天 仓储部"))
    first = {heading: [line.split()[0] for line in told[heading]] for heading in ("逾期", "今日到期", "风险")}
    assert first == {
        "逾期": [*(f"OLD-{n}" for n in range(6)), "…另有"],
        "今日到期": [*(f"NOW-{n}" for n in range(6)), "…另有"],
        "风险": [*(f"RISK-{n}" for n in reversed(range(3, 9))), "…另有"],
    }
    assert {told[heading][-1] for heading in first} == {"…另有 3 项"}


def test_the_week_so_far_shows_what_is_overdue_once(office: Office) -> None:
    office.now = datetime(2026, 11, 25, 1, tzinfo=UTC)
    office.bring(plan().with_items([count("MON-1", date(2026, 11, 23)), count("FRI-1", date(2026, 11, 27))]))
    told = sections(office.say("li", "早会 本周 仓储部"))
    assert [line.split()[0] for line in told["逾期"]] == ["MON-1"]
    assert [line.split()[0] for line in told["这段时间到期"]] == ["FRI-1"]


def test_it_ends_with_the_page_that_has_all(office: Office) -> None:
    office.bring(plan().with_items([count("NOW-1", TODAY)]))
    office.environment = replace(office.environment, pages_at="https://plan.example.com")
    address = "https://plan.example.com/board?department=warehouse"
    assert office.say("li", "早会 今天 仓储部").splitlines()[-1] == f"网页：{own(address)}"


def test_an_address_in_a_title_is_none_of_ours(office: Office) -> None:
    typed = "https://elsewhere.example"
    office.bring(plan().with_items([replace(count("NOW-1", TODAY), title=own(typed))]))
    told = office.say("li", "早会 今天 仓储部")
    assert typed in told
    assert own(typed) not in told


def test_the_worst_comes_first_whatever_its_date(office: Office) -> None:
    little, much = date(2026, 12, 3), date(2026, 12, 1)
    late = [promised("A-1", date(2026, 12, 4), little), promised("B-1", date(2026, 12, 18), much)]
    office.bring(plan().with_items([*late, count("C-1", date(2026, 11, 19)), count("D-1", date(2026, 11, 18))]))
    told = sections(office.say("li", "早会 今天 仓储部"))
    assert told["风险"] == ["B-1 盘点 B-1 12-18 已确认 ⚠晚13天", "A-1 盘点 A-1 12-04 已确认 ⚠晚1天"]
    assert told["逾期"] == ["D-1 盘点 D-1 11-18 已确认 ⚠晚3天", "C-1 盘点 C-1 11-19 已确认 ⚠晚2天"]


def test_an_item_that_changed_and_is_due_and_late_stands_in_one_place(office: Office) -> None:
    office.bring(plan().with_items([promised("X-1", date(2026, 12, 1), date(2026, 12, 1))]))
    change = office.change(Operation("X-1", Op.SHIFT, 2), by="lin")
    told = office.say("li", "早会 下周 仓储部")
    assert told.count("X-1 盘点") == 1
    assert "计划变更" not in sections(told)
    (line,) = sections(told)["这段时间到期"]
    assert line == f"X-1 盘点 X-1 12-03 已确认 ⚠晚2天 原完成 12-01（{change.no}，林静：试试）"


def test_of_a_change_the_departments_own_items_are_told_and_no_others(office: Office) -> None:
    office.bring(plan())
    change = office.change(Operation("MO-1", Op.SHIFT, 2), by="qian")
    told = sections(office.say("wang", "早会 今天 生产部"))
    assert told["计划变更"] == [f"MO-1 耳机组装 完成 12-11 → 12-15（+2天）（{change.no}，钱波：试试）"]


def test_two_changes_of_one_item_are_told_as_what_they_make_together(office: Office) -> None:
    office.bring(plan())
    office.change(Operation("MO-1", Op.SHIFT, 2), by="qian")
    later = office.change(Operation("MO-1", Op.SHIFT, 1), by="qian")
    told = sections(office.say("wang", "早会 今天 生产部"))
    assert told["计划变更"] == [f"MO-1 耳机组装 完成 12-11 → 12-16（{later.no}，钱波：试试）"]


def test_what_was_moved_and_moved_back_has_not_changed(office: Office) -> None:
    office.bring(plan())
    office.change(Operation("RC-1", Op.SHIFT, 2), by="lin")
    office.change(Operation("RC-1", Op.SHIFT, -2), by="lin")
    assert "计划变更" not in sections(office.say("li", "早会 今天 仓储部"))


async def test_a_request_that_waits_for_several_is_one_line(database: Database) -> None:
    company = Company(database).opens()
    no = await company.proposes("lin", room=PLANNING)
    waiting = sections(await company.types("lin", "早会", PLANNING))["等待决定"]
    assert [line for line in waiting if no in line] == [
        f"{no} MO-1 耳机组装 推迟2天：等苏经理、王五、韩冬，自 09:00，11-26 18:00 截止"
    ]


async def test_what_is_cut_is_counted(database: Database) -> None:
    company = Company(database).opens()
    for days in range(1, 9):
        await company.proposes("han", f"改期 RC-1 推迟{days}天 因为 盘点 {days}", PRODUCTION)
    waiting = sections(await company.types("han", "早会", PRODUCTION))["等待决定"]
    assert len(waiting) == 7
    assert waiting[-1] == "…另有 2 项"


def test_a_morning_later_yesterdays_change_is_told_no_more(office: Office) -> None:
    office.bring(plan())
    office.change(Operation("MO-1", Op.SHIFT, 2), by="qian")
    office.now = datetime(2026, 11, 25, 1, tzinfo=UTC)
    assert "计划变更" not in sections(office.say("wang", "早会 今天 生产部"))
