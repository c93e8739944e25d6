"""进度: how far an item is, when it will be finished, whom that pushes, and who said what when."""

import pytest

from planning.plan.revision import BaselineKind
from tests.handlers.office import Office


@pytest.fixture
def shop(office: Office) -> Office:
    """Monday 12-07, the first day of MO-1."""
    office.wait(days=14)
    return office


def lines(told: str) -> list[str]:
    return [line.removeprefix("- ").strip("*") for line in told.splitlines()]


def test_it_tells_the_forecast_and_who_said_what(shop: Office) -> None:
    shop.say("zhao", "到货 PO-1 全部")
    shop.say("wang", "报工 MO-1 100")
    shop.wait(hours=1)
    shop.say("wang", "报工 MO-1 剩3天")
    assert lines(shop.say("boss", "进度 MO-1")) == [
        "MO-1 耳机组装 · 进行中",
        "累计 100 / 2000（5%） · 今日应到 400",
        "预测完工 12-10，计划 12-11，早 1 个工作日",
        "王五 说 12-10，按进度算是 12-15",
        "10:00 王五：今日起还剩 3 个工作日（RP-20261207-003）",
        "09:00 王五：今日 100（RP-20261207-002）",
        "",
        "数据：报工 10:00",
    ]


def test_nothing_of_a_forecast_is_stored_as_the_plan(shop: Office) -> None:
    shop.say("wang", "报工 MO-1 1")
    before = shop.plan()
    assert "会推迟：SO-1 星河订单" in shop.say("boss", "进度 MO-1")
    after = shop.plan()
    assert (after.revision, after.items) == (before.revision, before.items)


def test_what_should_have_come_and_nobody_speaks_of_is_unknown(shop: Office) -> None:
    told = lines(shop.say("lin", "进度 PO-1"))
    assert told[2] == "计划 12-04 已过，什么时候到还没有人说（未知）"
    assert told[-3:] == ["⚠ 承诺 DL-1 12-16→12-18", "", "数据：导入 11-23 09:00"]


def test_a_stated_day_that_has_passed_falls_back_and_is_told(shop: Office) -> None:
    shop.say("wang", "报工 MO-1 400")
    shop.say("wang", "报工 MO-1 预计 12-09")
    assert "预测完工 12-09" in shop.say("lin", "进度 MO-1")
    shop.wait(days=3)
    assert "王五 说过 12-09，已过" in shop.say("lin", "进度 MO-1")


def test_a_report_that_was_corrected_says_so(shop: Office) -> None:
    shop.say("wang", "报工 MO-1 160")
    shop.say("wang", "更正 150")
    assert "今日 160（RP-20261207-001），已由 RP-20261207-002 更正" in shop.say("lin", "进度 MO-1")


def test_a_promise_is_measured_by_the_oldest_that_was_given(shop: Office) -> None:
    shop.say("lin", "基线 客户 承诺")
    assert shop.database.look(lambda uow: uow.baselines.promise().kind) is BaselineKind.PROMISE  # type: ignore[union-attr]
    shop.say("wang", "报工 MO-1 1")
    told = shop.say("lin", "进度 MO-1")
    assert "⚠ 承诺 SO-1 12-15→12-18" in told, "an order is promised by its baseline"


def test_all_made_waits_for_its_completion(shop: Office) -> None:
    shop.say("wang", "报工 MO-1 2000")
    assert "数量已够，等报“完成”（计划 12-11）" in shop.say("lin", "进度 MO-1")


def test_an_item_that_is_not_there(shop: Office) -> None:
    assert "最接近的是：MO-1" in shop.say("lin", "进度 MO-9")
    assert "没有看懂" in shop.say("lin", "进度怎么样")
