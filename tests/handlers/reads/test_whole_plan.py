"""总览, 待批, 晚单, 风险, 为什么 of the plan, 待办 全部 and 影响图: right by a count of the exported plan, short, with
the rest one tap away."""

import csv
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.company import load_company
from bot.tables.write import write_plan
from planning.people.organisation import Organisation
from planning.plan.item import Status
from planning.plan.operation import Op, Operation
from planning.plan.plan import Plan
from tests.databases import fresh_database, opened
from tests.handlers.office import Office
from tests.oracle.tables import works_in_china
from tests.small_company import TODAY, organisation
from tests.small_company import plan as small_plan

SQLITE = pytest.mark.parametrize("backend", ["sqlite"])
"""For what has nothing to do with the database."""
Row = dict[str, str]


# -- counted by other code ---------------------------------------------------------------------------------

def exported(plan: Plan, place: Path) -> dict[str, Row]:
    """The rows of the exported table, by code."""
    write_plan(plan, place / "plan.csv", locale="en")
    with (place / "plan.csv").open(encoding="utf-8-sig", newline="") as file:
        return {row["code"]: row for row in csv.DictReader(file)}


def working_days(after: date, until: date) -> int:
    """Working days later than one day, up to and with another."""
    return sum(works_in_china(after + timedelta(days=n + 1)) for n in range((until - after).days))


def late_by(row: Row) -> int:
    if row["status"] in ("done", "closed", "cancelled"):
        return 0
    finish = date.fromisoformat(row["finish"])
    overdue = working_days(finish, TODAY)
    if row["constraint"] != "finish_no_later_than":
        return overdue
    return max(overdue, working_days(date.fromisoformat(row["constraint_date"]), finish))


def late_in(rows: dict[str, Row]) -> list[tuple[str, int]]:
    found = [(code, late_by(row)) for code, row in rows.items()]
    return sorted(((code, days) for code, days in found if days), key=lambda one: (-one[1], one[0]))


def moved_departments(before: dict[str, Row], after: dict[str, Row]) -> set[str]:
    same = {"revision": ""}
    return {row["department"] for code, row in after.items() if row | same != before[code] | same}


# -- two companies -----------------------------------------------------------------------------------------

SMALL = (organisation, small_plan, "MO-1", "han", "boss")
DEMO_COMPANY = load_company(TODAY)
DEMO = (lambda: DEMO_COMPANY.organisation, lambda: DEMO_COMPANY.plan, "MO-2442", "zhang.haifeng", "gao.jianguo")
COMPANIES = pytest.mark.parametrize(
    ("people", "plan", "code", "planner", "boss"), [SMALL, DEMO], ids=["small company", "demo company"]
)


@pytest.fixture
def opened_office(tmp_path: Path) -> Iterator[Callable[[Organisation, Plan], Office]]:
    """An office of this company; each on a database of its own."""
    with fresh_database("sqlite", tmp_path, migrated=True) as url, opened(url) as database:

        def office(people: Organisation, plan: Plan) -> Office:
            made = Office(database)
            made.environment = replace(made.environment, organisation=people)
            made.bring(plan)
            return made

        yield office


Opened = Callable[[Organisation, Plan], Office]


@COMPANIES
def test_what_is_late_is_what_the_exported_plan_says(
    opened_office: Opened, tmp_path: Path, people: Callable[[], Organisation], plan: Callable[[], Plan], code: str,
    planner: str, boss: str,
) -> None:
    office = opened_office(people(), plan())
    for operation in (Operation(code, Op.SHIFT, 6), Operation(code, Op.SHIFT, 3)):
        office.change(operation, by=planner)
    expected = late_in(exported(office.plan(), tmp_path))
    assert expected, "the changes make something late"
    told = re.findall(r"^- (\S+) .*?(?:晚|逾期) (\d+) 个工作日$", office.say(boss, "哪些会晚"), re.MULTILINE)
    assert [(item, int(days)) for item, days in told] == expected
    assert f"⚠ 会晚、逾期 {len(expected)} 项：{expected[0][0]} " in office.say(boss, "总览")


@COMPANIES
def test_who_has_not_approved_is_who_owns_what_moves(
    opened_office: Opened, tmp_path: Path, people: Callable[[], Organisation], plan: Callable[[], Plan], code: str,
    planner: str, boss: str,
) -> None:
    office = opened_office(people(), plan())
    before = exported(office.plan(), tmp_path)
    assert office.say(planner, f"改期 {code} 推迟3天 因为 设备故障") == ""
    assert "已提交" in office.say(planner, "提交")
    told = set(re.findall(r"^- (\S+部) ", office.say(boss, "谁还没批"), re.MULTILINE))
    shifted = load_and_shift(office, code, planner)
    names = {people().department_name(one) for one in moved_departments(before, exported(shifted, tmp_path))}
    assert told == names


def load_and_shift(office: Office, code: str, planner: str) -> Plan:
    """The plan once the same change is in effect."""
    office.change(Operation(code, Op.SHIFT, 3), by=planner)
    return office.plan()


# -- what is told ------------------------------------------------------------------------------------------

QUESTIONS = ("总览", "总览 销售部", "待批", "晚单", "风险 本周", "为什么", "待办 全部", "帮助")


@SQLITE
@pytest.mark.parametrize("text", QUESTIONS)
def test_an_answer_is_at_most_eight_lines_however_much_there_is(office: Office, text: str) -> None:
    crowd = [replace(office.plan().items["DL-1"], code=f"DL-{n}", title=f"发货{n}") for n in range(2, 30)]
    office.bring(office.plan().with_items(crowd))
    for days in range(1, 11):
        office.change(Operation(f"DL-{days + 1}", Op.SHIFT, days))
        office.say("han", f"改期 MO-1 推迟{days}天 因为 停机{days}")
        office.say("han", "提交")
    told = [line for line in office.say("boss", text).splitlines() if line and not line.startswith("[")]
    assert 3 <= len(told) <= 8
    if text not in ("总览", "总览 销售部", "待批", "风险 本周", "帮助"):
        assert "…另有 " in told[-1]


@SQLITE
def test_the_worst_change_comes_first_with_who_why_and_who_agreed(office: Office) -> None:
    small = office.change(Operation("RC-1", Op.SHIFT, 1), by="lin")
    large = office.change(Operation("MO-1", Op.SHIFT, 2), by="han")
    told = office.say("boss", "为什么计划又变了").splitlines()
    assert told[:3] == [
        "**最近 7 天计划变了 2 次，动了 4 项、3 个部门，动得最多的在前**",
        f"- {large.no} MO-1 耳机组装 推迟2天：韩冬 提出，因为试试；"
        "动了 3 项（生产部、销售部），最多 MO-1 +2天；苏经理、王五 同意",
        f"- {small.no} RC-1 年度盘点 推迟1天：林静 提出，因为试试；动了 1 项（仓储部），最多 RC-1 +1天；李大伟 同意",
    ]
    assert told[3:] == [f"[影响图 {large.no}]", "[为什么 MO-1]"]


@SQLITE
def test_only_the_last_days_are_told(office: Office) -> None:
    assert office.say("boss", "最近谁改了计划") == "最近 7 天计划没有变过。"
    office.change(Operation("RC-1", Op.SHIFT, 1), by="lin")
    office.wait(days=4)
    assert "林静 提出" in office.say("boss", "为什么")
    assert office.say("boss", "为什么 最近3天") == "最近 3 天计划没有变过。"


@SQLITE
def test_of_a_department_what_moved_its_items_is_told(office: Office) -> None:
    office.change(Operation("RC-1", Op.SHIFT, 1), by="lin")
    moved = office.change(Operation("MO-1", Op.SHIFT, 2), by="han")
    told = office.say("boss", "为什么 销售部").splitlines()
    assert told[0] == "**最近 7 天计划变了 1 次，动了 2 项、1 个部门，动得最多的在前**"
    assert told[1].startswith(f"- {moved.no} MO-1 耳机组装 推迟2天：韩冬 提出")


@SQLITE
def test_an_import_that_changed_something_is_told_without_a_person(office: Office) -> None:
    moved = replace(office.plan().items["RC-1"], start=date(2026, 12, 22), finish=date(2026, 12, 23))
    office.bring(office.plan().with_items([moved]))
    assert "动了 1 项（仓储部），最多 RC-1 +1天" in office.say("boss", "为什么")


@SQLITE
def test_what_was_taken_back_says_so(office: Office) -> None:
    no = office.change(Operation("RC-1", Op.SHIFT, 1), by="lin").no
    office.say("lin", f"撤销 {no}")
    told = office.say("boss", "为什么").splitlines()
    assert told[1].startswith(f"- {no} RC-1 年度盘点 推迟1天：林静 提出，因为试试；")
    assert told[1].endswith("李大伟 同意（已撤销）")


@SQLITE
def test_whoever_may_push_is_offered_to_and_who_may_not_a_look(office: Office) -> None:
    office.say("han", "改期 MO-1 推迟2天 因为 停机")
    office.say("han", "提交")
    no = "CR-20261123-001"
    told = office.say("lin", "谁还没批").splitlines()
    assert told[0] == "**还没批的变更 1 张，等得最久的在前**"
    assert told[2] == f"- 生产部 王五：1 张，最早自 09:00（{no}）"
    assert told[-2:] == [f"[催办 {no}]", "[待办 全部]"]
    assert office.say("boss", "谁还没批").splitlines()[-2:] == [f"[影响图 {no}]", "[待办 全部]"]


@SQLITE
def test_who_is_asked_for_another_proposal_is_waited_for(office: Office) -> None:
    office.say("han", "改期 MO-1 推迟2天 因为 停机")
    office.say("han", "提交")
    office.say("wang", "要求修改 CR-20261123-001 因为 改到 12-08")
    assert "- 韩冬 还没修改：1 张，生产部 09:00 退回（CR-20261123-001）" in office.say("boss", "待批")


@SQLITE
def test_the_risks_of_a_week_are_each_told_once(office: Office) -> None:
    assert "没有看出风险" in office.say("boss", "这周有什么风险")
    items = office.plan().items
    late = replace(items["PO-1"], start=date(2026, 11, 16), finish=date(2026, 11, 19))
    paused = replace(items["RC-1"], status=Status.ON_HOLD)
    office.bring(office.plan().with_items([late, paused]))
    office.say("han", "改期 MO-1 推迟2天 因为 停机")
    office.say("han", "提交")
    assert office.say("boss", "这周有什么风险").splitlines() == [
        "**11-23～11-29 的风险**",
        "- ⚠ 会晚、逾期 1 项：PO-1 主控芯片（采购部）应在 11-19 完成，已逾期 2 个工作日",
        "- 该开工没开工 1 项，最早的 PO-1 主控芯片 计划 11-16 开工",
        "- 暂停中 1 项，最急的 RC-1 年度盘点",
        "- 快截止还没批完 1 张：CR-20261123-001 MO-1 耳机组装 推迟2天，11-26 18:00 截止",
        "- 待批的变更里 1 张会让订单晚交：CR-20261123-001 让 DL-1 星河发货 晚 2 天",
        "[晚单]",
        "[影响图 CR-20261123-001]",
        "[待批]",
        "[为什么 PO-1]",
    ]


@SQLITE
def test_a_department_is_told_of_its_own(office: Office) -> None:
    office.change(Operation("RC-1", Op.SHIFT, 1), by="lin")
    office.say("han", "改期 MO-1 推迟2天 因为 停机")
    office.say("han", "提交")
    assert office.say("boss", "生产部最近怎么样").splitlines() == [
        "**总览 · 生产部 · 计划第 2 版**",
        "- 在办 1 项，本周内到期 0 项",
        "- 没有会晚的",
        "- 待批 1 张，等得最久的是生产部，自 09:00（CR-20261123-002）",
        "- 最近 7 天计划没有变过",
        "[待办 生产部]",
        "[早会 今天 生产部]",
        "[查计划 生产部]",
    ]
    assert "没有叫“天气部”的部门" in office.say("boss", "天气部怎么样")


@SQLITE
def test_the_effect_of_a_request_is_told_to_whoever_asks_and_decided_by_whoever_is_asked(office: Office) -> None:
    office.say("han", "改期 MO-1 推迟2天 因为 停机")
    office.say("han", "提交")
    no = "CR-20261123-001"
    told = office.say("boss", f"影响图 {no}").splitlines()
    assert told[0] == "**MO-1 耳机组装 推迟2天**"
    assert "- MO-1 耳机组装（生产部）：12-07～12-11 → 12-09～12-15（+2天）" in told
    assert "- ⚠ DL-1 星河发货 晚 2 天" in told
    assert told[-1] == f"[谁知道 {no}]"
    assert office.say("wang", f"影响图 {no}").splitlines()[-2:] == [f"[同意 {no}]", f"[谁知道 {no}]"]


# -- 查计划 and 帮助 ---------------------------------------------------------------------------------------

@SQLITE
@pytest.mark.parametrize("text", ["查计划 DL-1", "查计划 DL-1 本周", "查计划 星河发货"])
def test_the_item_that_was_asked_for_comes_first(office: Office, text: str) -> None:
    told = office.say("boss", text).splitlines()
    assert told[1].startswith("- ▶DL-1 星河发货")


@SQLITE
@pytest.mark.parametrize(
    ("person", "named"),
    [
        ("boss", ["总览", "晚单", "查计划", "为什么", "待办"]),
        ("wang", ["同意", "要求修改", "查计划", "为什么", "待办"]),
        ("he", ["改期", "影响", "查计划", "为什么", "待办"]),
        ("lin", ["待批", "冻结", "改期", "影响", "查计划"]),
        ("admin", ["规则", "影子", "查计划", "为什么", "待办"]),
    ],
)
def test_help_is_for_who_asks(office: Office, person: str, named: list[str]) -> None:
    told = office.say(person, "帮助").splitlines()
    assert [re.split(r"[ （]", line[2:])[0] for line in told[1 : 1 + len(named)]] == named
    assert told[len(named) + 1] == "- 帮助 全部（所有命令）"
    assert len(office.say(person, "帮助 全部").splitlines()) > 30


@SQLITE
def test_help_has_buttons_for_what_waits_and_only_then(office: Office) -> None:
    assert "[" not in office.say("wang", "帮助")
    office.say("han", "改期 MO-1 推迟2天 因为 停机")
    office.say("han", "提交")
    told = office.say("wang", "帮助").splitlines()
    assert "- 有 1 张变更单等你" in told
    assert told[-3:] == ["[待办]", "[影响图 CR-20261123-001]", "[帮助 全部]"]
    assert 5 <= len([line for line in told if not line.startswith("[")]) <= 8


def test_a_promise_that_the_forecast_breaks_is_told_with_what_is_late(office: Office) -> None:
    assert office.say("boss", "晚单") == "没有会晚的，也没有逾期的。"
    office.say("lin", "报工 MO-1 预计 12-21")
    days = working_days(date(2026, 12, 16), date(2026, 12, 24))
    line = f"DL-1 星河发货（销售部）预测 12-24，承诺 12-16，晚 {days} 个工作日"
    for asked in ("晚单", "晚单 销售部", "总览", "总览 销售部"):
        assert line in office.say("boss", asked), asked
    assert "预测" not in office.say("boss", "晚单 生产部")
