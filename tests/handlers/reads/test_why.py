"""为什么: what an item's changes come to, against what was promised, or else against the first plan."""

from decimal import Decimal

from planning.plan.operation import Op, Operation
from tests.handlers.office import Office


def net(office: Office, words: str) -> str:
    return office.say("boss", f"为什么 {words}").splitlines()[1]


def test_it_is_measured_against_the_first_plan_until_something_is_promised(office: Office) -> None:
    assert net(office, "SO-1") == "与最初计划相比：**没有变化**"
    office.change(Operation("MO-1", Op.SHIFT, 2))
    assert net(office, "SO-1") == "与最初计划相比：**开始+2天、完成+2天**"
    office.say("lin", "基线 双十一")
    assert net(office, "SO-1") == "与基线“双十一”（第 2 版）相比：**没有变化**"
    office.change(Operation("SO-1", Op.SET_DURATION, 3))
    office.wait(minutes=1)
    office.say("lin", "基线 W48 周")
    assert net(office, "SO-1") == "与基线“双十一”（第 2 版）相比：**完成+1天**"


def test_the_chain_is_told_whatever_it_is_measured_against(office: Office) -> None:
    office.change(Operation("MO-1", Op.SHIFT, 2))
    office.say("lin", "基线 双十一")
    answer = office.say("boss", "为什么 SO-1")
    assert "第 2 版" in answer
    assert "MO-1 耳机组装 推迟2天" in answer


def test_what_moved_and_moved_back_did_not_change(office: Office) -> None:
    office.change(Operation("RC-1", Op.SHIFT, 2))
    office.change(Operation("RC-1", Op.SHIFT, -2))
    answer = office.say("boss", "为什么 RC-1")
    assert "与最初计划相比：**没有变化**" in answer
    assert "第 3 版" in answer


def test_quantities_and_an_end_count_too(office: Office) -> None:
    office.change(Operation("SO-1", Op.SET_QUANTITY, Decimal("2500.5")))
    office.change(Operation("RC-1", Op.CANCEL))
    assert net(office, "SO-1") == "与最初计划相比：**数量+500.5**"
    assert net(office, "RC-1") == "与最初计划相比：**已取消**"


def test_what_was_added_later_was_not_there(office: Office) -> None:
    columns = {"title": "抽检", "department": "production", "start": "2026-12-21"}
    office.change(Operation("QA-1", Op.ADD, columns))
    assert net(office, "QA-1") == "与最初计划相比：**那时还没有**"
