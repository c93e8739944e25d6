"""基线 and 对比: name the plan as it stands, and see later what became of it."""

from dataclasses import replace
from datetime import date

import pytest

from planning.plan.operation import Op, Operation
from storage.database import Database
from tests.handlers.office import Office
from tests.small_company import plan

DELAY = Operation("MO-1", Op.SHIFT, 2)


def test_the_first_import_is_a_baseline(office: Office) -> None:
    assert "**导入**（导入）第 1 版 · 09:00 ops" in office.say("boss", "基线")
    office.bring(replace(plan(), items={**plan().items}))
    assert office.say("boss", "基线").count("导入") == 2, "a later import makes none"


def test_a_planner_names_the_plan_as_it_stands(office: Office) -> None:
    office.change(DELAY)
    office.wait(hours=1)
    assert office.say("lin", "基线 双十一") == (
        "已把现在的计划（第 2 版）记为承诺基线“双十一”。以后发送“对比 双十一”看差了多少。"
    )
    office.wait(days=1)
    told = office.say("he", "基线").splitlines()
    assert told[1:3] == [
        "- **双十一**（承诺）第 2 版 · 11-23 10:00 林静",
        "- **导入**（导入）第 1 版 · 11-23 09:00 ops",
    ]


def test_a_name_is_never_given_twice(office: Office) -> None:
    office.say("lin", "基线 Q4 周")
    assert "已经有基线“Q4”了（第 1 版）" in office.say("qian", "基线 q4")


def test_who_may_not_plan_may_not_name_and_may_look(office: Office) -> None:
    assert "没有命名基线的权限" in office.say("wang", "基线 我的")
    assert "我的" not in office.say("wang", "基线")


def test_before_the_first_import_there_is_nothing_to_name_or_compare(database: Database) -> None:
    empty = Office(database)
    for text in ("基线", "基线 Q4", "对比", "对比 1", "对比 生产部"):
        assert "还没有导入计划" in empty.say("lin", text)


def test_what_moved_since_a_baseline_is_told_by_department(office: Office) -> None:
    office.change(DELAY)
    office.change(Operation("RC-1", Op.CANCEL))
    assert office.say("boss", "对比 导入").splitlines() == [
        "**对比**：基线“导入”（第 1 版） → 现在（第 3 版）",
        "4 项不同：取消 1、推迟 3、完成日期净差 +6 天、晚交 1 单",
        "- ⚠ DL-1 星河发货 晚 2 天",
        "",
        "**销售部** · 2 项不同：推迟 2、完成日期净差 +4 天、晚交 1 单",
        "- SO-1 星河订单：12-14～12-15 → 12-16～12-17（+2天）",
        "- DL-1 星河发货：12-16 → 12-18（+2天）",
        "",
        "**生产部** · 1 项不同：推迟 1、完成日期净差 +2 天",
        "- MO-1 耳机组装：12-07～12-11 → 12-09～12-15（+2天）",
        "",
        "**仓储部** · 1 项不同：取消 1",
        "- RC-1 年度盘点：状态 已确认 → 已取消",
    ]


@pytest.mark.parametrize(
    ("text", "head", "departments"),
    [
        ("对比", "第 1 版 → 现在（第 3 版）", ["销售部", "生产部", "仓储部"]),
        ("对比 2", "第 2 版 → 现在（第 3 版）", ["仓储部"]),
        ("对比 1 2", "第 1 版 → 第 2 版", ["销售部", "生产部"]),
        ("对比 2 1", "第 2 版 → 第 1 版", ["销售部", "生产部"]),
        ("对比 第3版和第2版", "现在（第 3 版） → 第 2 版", ["仓储部"]),
        ("对比 1 仓储", "第 1 版 → 现在（第 3 版）", ["仓储部"]),
        ("对比 导入 第2版 sales", "基线“导入”（第 1 版） → 第 2 版", ["销售部"]),
        ("对比 采购部", "第 1 版 → 现在（第 3 版）", []),
        ("compare now", "第 1 版 → 现在（第 3 版）", ["销售部", "生产部", "仓储部"]),
    ],
)
def test_any_two_states_can_be_compared(office: Office, text: str, head: str, departments: list[str]) -> None:
    office.change(DELAY)
    office.change(Operation("RC-1", Op.CANCEL))
    answer = office.say("boss", text).splitlines()
    assert answer[0] == f"**对比**：{head}"
    assert [line.split("**")[1] for line in answer[1:] if line.startswith("**")] == departments
    assert ("没有差别。" in answer) == (not departments)


def test_without_saying_it_is_compared_with_the_newest_promise(office: Office) -> None:
    office.change(DELAY)
    office.say("lin", "基线 老承诺")
    office.wait(minutes=1)
    office.change(Operation("RC-1", Op.SHIFT, 1))
    office.say("lin", "基线 新承诺 承诺")
    office.wait(minutes=1)
    office.say("lin", "基线 本周 周")
    office.change(Operation("RC-1", Op.SHIFT, 1))
    answer = office.say("boss", "对比")
    assert answer.startswith("**对比**：基线“新承诺”（第 3 版） → 现在（第 4 版）")
    assert "- RC-1 年度盘点：12-22～12-23 → 12-23～12-24（+1天）" in answer


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("对比 Q9", "没有叫“Q9”的版本、基线或部门。版本有 1 到 1，基线有：导入"),
        ("对比 1 现在 火星部", "没有叫“火星部”的版本、基线或部门"),
        ("对比 1 1 1", "没有叫“1”的版本、基线或部门"),
        ("对比 9", "没有第 9 版可看：能看的是第 1 版到第 1 版。"),
        ("对比 0", "没有第 0 版可看"),
        (f"对比 {'9' * 40}", "版可看"),
    ],
)
def test_what_cannot_be_compared_is_refused_with_what_can(office: Office, text: str, sentence: str) -> None:
    assert sentence in office.say("boss", text)


def test_an_import_can_be_compared_like_any_other_revision(office: Office) -> None:
    items = dict(plan().items)
    del items["RC-1"]
    items["MO-2"] = replace(items["MO-1"], code="MO-2", title="音箱组装", constraint_date=None)
    items["DL-1"] = replace(items["DL-1"], constraint_date=date(2026, 12, 15))
    office.bring(replace(plan(), items=items))
    answer = office.say("boss", "对比 导入").splitlines()
    assert "2 项不同：新增 1、取消 1、晚交 1 单" in answer
    assert "- MO-2 音箱组装：— → 12-07～12-11；数量 — → 2000；状态 — → 已确认" in answer
    assert "- RC-1 年度盘点：12-21～12-22 → —；状态 已确认 → —" in answer
    assert "**销售部** · 晚交 1 单" in answer
