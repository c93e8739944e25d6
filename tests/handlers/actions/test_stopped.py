"""停机 and 隔离: nothing is booked, and the change that what runs there needs is one tap away."""

from dataclasses import replace

import pytest

from planning.change.change import Change, ChangeState
from planning.control.rules import Class, Event, Rule
from planning.plan.operation import Op, Operation
from storage.unit_of_work import UnitOfWork
from tests.handlers.office import Office


@pytest.fixture
def shop(office: Office) -> Office:
    """Monday 12-07, the first day of MO-1."""
    office.wait(days=14)
    return office


REVISION = 4
"""After both have begun."""


def two_run(shop: Office) -> None:
    add = {"type": "production", "title": "包装", "department": "production", "start": "2026-12-07",
           "finish": "2026-12-11", "quantity": "600", "unit": "件"}  # fmt: skip
    shop.change(Operation("PK-1", Op.ADD, to=add))
    for code in ("MO-1", "PK-1"):
        shop.say("han", f"报工 {code} 100")
    shop.wait(hours=1)


def of_department(shop: Office) -> list[Change]:
    return shop.database.look(lambda uow: uow.changes.open_of_facts("production"))


def offered(told: str) -> list[str]:
    return [line.strip("[]") for line in told.splitlines() if line.startswith("[")]


def draft(shop: Office) -> Change:
    def found(uow: UnitOfWork) -> list[Change]:
        drafts = [no for no, state in uow.proof.states() if state == ChangeState.DRAFT]
        return [change for no in drafts if (change := uow.changes.get(no))]

    (one,) = shop.database.look(found)
    return one


def test_an_item_that_stands_still_may_move_by_the_days_it_does(shop: Office) -> None:
    told = shop.say("han", "停机 MO-1 预计 12-09 因为 贴片头坏了")
    assert "停着的这几天，要推迟正在做的吗？" in told
    assert offered(told) == ["改期 MO-1 推迟2天 因为 停机：贴片头坏了"]
    assert shop.plan().revision == 1, "nobody proposes it but people"


def test_it_is_under_the_rules_of_machines(shop: Office) -> None:
    rule = Rule("machine-down", Event.MACHINE_DOWN, None, Class.NORMAL)
    shop.environment = replace(shop.environment, rules=(rule,))
    (wish,) = offered(shop.say("han", "停机 MO-1 预计 12-09"))
    shop.say("han", wish)
    assert draft(shop).policy.rule == "machine-down"


def test_goods_that_are_held_back_are_under_those_of_quality(shop: Office) -> None:
    rule = Rule("quality-hold", Event.QUALITY_HOLD, None, Class.NORMAL)
    shop.environment = replace(shop.environment, rules=(rule,))
    told = shop.say("lin", "隔离 PO-1 预计 12-10 因为 来料不良")
    assert "扣着的这几天，要推迟吗？" in told
    (wish,) = offered(told)
    assert wish == "改期 PO-1 推迟3天 因为 质量隔离：来料不良"
    shop.say("lin", wish)
    assert draft(shop).policy.rule == "quality-hold"


def test_of_a_department_what_is_in_progress_is_asked_for(shop: Office) -> None:
    assert offered(shop.say("han", "停机 生产部 预计 12-09")) == []
    shop.say("han", "报工 MO-1 600")
    shop.wait(hours=1)
    assert offered(shop.say("han", "停机 生产部 预计 12-10")) == ["改期 MO-1 推迟3天 因为 停机"]


def test_of_several_that_run_there_is_one_card(shop: Office) -> None:
    two_run(shop)
    told = shop.say("han", "停机 生产部 预计 12-10 因为 停电")
    assert offered(told) == []
    assert "正在做的 2 项已写成一份改期草稿，看过影响再提交" in told
    (change,) = of_department(shop)
    assert (change.proposer, change.reason) == ("han", "停机：停电")
    moves = [(one.item, str(one.op), one.to) for one in change.operations]
    assert moves == [("MO-1", "shift", 3), ("PK-1", "shift", 3)]
    assert shop.plan().revision == REVISION, "nobody proposes it but people"


def test_the_draft_is_that_of_the_last_word(shop: Office) -> None:
    two_run(shop)
    shop.say("han", "停机 生产部 预计 12-10")
    shop.wait(hours=1)
    shop.say("han", "停机 生产部 预计 12-11")
    assert [{one.to for one in change.operations} for change in of_department(shop)] == [{4}]
    shop.wait(hours=1)
    shop.say("han", "停机 生产部 预计 12-07")
    assert of_department(shop) == []


def test_of_several_the_day_is_asked_first(shop: Office) -> None:
    two_run(shop)
    told = shop.say("wang", "停机 生产部 因为 停电")
    assert "什么时候恢复？说了哪天，正在做的 2 项就写成一份改期草稿。" in told
    told = shop.say("wang", "12-10")
    assert "正在做的 2 项已写成一份改期草稿，韩冬 看过可以提交" in told, "wang may not propose"
    assert [change.proposer for change in of_department(shop)] == ["han"]


def test_without_a_day_the_next_words_say_how_long(shop: Office) -> None:
    told = shop.say("han", "停机 MO-1")
    assert "要推迟正在做的吗？" in told
    shop.say("han", "2天")
    assert str(draft(shop).operations[0].to) == "2"


def test_what_goes_on_today_asks_for_nothing(shop: Office) -> None:
    told = shop.say("han", "停机 MO-1 预计 12-07")
    assert "推迟" not in told


def test_who_may_not_propose_hears_who_may(shop: Office) -> None:
    told = shop.say("wang", "停机 MO-1 预计 12-09")
    assert "要推迟的话，请 韩冬、林静、何佳 提出。" in told
    assert offered(told) == []
