"""生成: from an order to everything it needs, as one change request; asked twice it proposes nothing."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from handlers.inbound.commands import COMMANDS
from handlers.language import parse
from planning.plan.item import Item, Status
from planning.plan.plan import Plan, Stock
from planning.refusal import Refused
from tests.handlers.office import Office, environment
from tests.planning.generation.test_explosion import WORKED
from tests.small_company import plan as small

SO = Item(
    "SO-2001", "南海订单", date(2026, 12, 24), date(2026, 12, 25), 2, "sales_order", "sales", quantity=Decimal(1950),
    unit="台", product="K1",
)  # fmt: skip
NOTHING = "SO-2001 按模板 音箱 要的都已经在计划里了，没有要改的。"


def with_orders(*orders: Item) -> Plan:
    plan = small()
    items = {**plan.items, **{order.code: order for order in orders}}
    return replace(plan, items=items, stock={"chip": Stock("chip", Decimal(300))})


@pytest.fixture
def shop(office: Office) -> Office:
    """Monday 11-30."""
    office.environment = replace(environment(), templates=(WORKED,))
    office.bring(with_orders(SO))
    office.wait(days=7)
    return office


def decided(shop: Office) -> None:
    shop.say("lin", "提交")
    for change in shop.database.look(lambda uow: uow.changes.open_ones()):
        for step in change.waiting:
            shop.say(step.approvers[0], f"同意 {change.no}")


def made(shop: Office) -> dict[str, str]:
    items = shop.plan().items.values()
    return {
        one.code.removeprefix("SO-2001-"): f"{one.quantity} {one.start:%m-%d}…{one.finish:%m-%d}"
        for one in items
        if one.code.startswith("SO-2001-")
    }


GIVEN = {
    "DL": "1950 12-25…12-25",
    "MO": "1950 12-21…12-24",
    "BO": "2000 12-14…12-18",
    "CH": "1741 12-02…12-11",
    "SH": "2000 12-11…12-18",
}


def test_all_an_order_needs_is_one_request_and_asked_again_nothing(shop: Office) -> None:
    assert shop.say("lin", "生成 SO-2001") == ""
    assert made(shop) == {}, "nothing is in the plan before it is decided"
    decided(shop)
    assert made(shop) == GIVEN
    assert shop.say("lin", "生成 SO-2001 模板 音箱") == NOTHING


def test_what_is_missing_again_is_proposed_alone(shop: Office) -> None:
    shop.say("lin", "生成 SO-2001")
    decided(shop)
    plan = shop.plan()
    less = {code: item for code, item in plan.items.items() if code != "SO-2001-SH"}
    links = tuple(link for link in plan.links if "SO-2001-SH" not in link.ends)
    shop.bring(replace(plan, items=less, links=links))
    assert shop.say("lin", "生成 SO-2001") == ""
    decided(shop)
    assert made(shop) == GIVEN
    newest = shop.database.look(lambda uow: uow.changes.newest_first(1))[0]
    assert {one.item for one in newest.operations} == {"SO-2001-SH"}


def test_more_ordered_goes_on_to_all_it_needs(shop: Office) -> None:
    shop.say("lin", "生成 SO-2001")
    decided(shop)
    shop.say("lin", "改数量 SO-2001 3000 因为 客户加单")
    decided(shop)
    quantities = {key: line.split()[0] for key, line in made(shop).items()}
    assert quantities == {"DL": "3000", "MO": "3000", "BO": "3000", "SH": "3000", "CH": "2762"}, "3062 less 300"
    assert shop.say("lin", "生成 SO-2001") == NOTHING


def test_too_late_says_what_should_have_begun_and_the_earliest_promise(shop: Office) -> None:
    told = shop.say("lin", "生成 SO-2001 到 12-22")
    assert told == (
        "SO-2001 要 2026-12-22 交货，芯片得在 2026-11-27 就开始，已经来不及了，没有生成。"
        "从今天起赶，最早 2026-12-23 能交。\n"
        "[生成 SO-2001 模板 音箱 到 2026-12-23]"
    )
    assert shop.say("lin", "生成 SO-2001 模板 音箱 到 2026-12-23") == ""
    decided(shop)
    assert made(shop)["CH"] == "1741 11-30…12-09"


@pytest.mark.parametrize(
    ("order", "told"),
    [
        (replace(SO, quantity=None), "SO-2001 南海订单 没有数量，算不出要多少。"),
        (replace(SO, product=""), "SO-2001 南海订单 没有产品，算不出要什么。"),
        (replace(SO, status=Status.CANCELLED), "SO-2001 南海订单 已经结束或取消了，不再生成。"),
    ],
)
def test_an_order_that_cannot_be_worked_out(shop: Office, order: Item, told: str) -> None:
    shop.bring(with_orders(order))
    assert told in shop.say("lin", "生成 SO-2001")
    assert made(shop) == {}


def test_several_templates_are_a_choice(shop: Office) -> None:
    shop.environment = replace(shop.environment, templates=(WORKED, replace(WORKED, name="耳机")))
    told = shop.say("lin", "生成 SO-2001")
    assert told.splitlines() == [
        "请写清用哪个模板，现有：音箱、耳机。", "[生成 SO-2001 模板 音箱]", "[生成 SO-2001 模板 耳机]",
    ]  # fmt: skip
    assert "现有：音箱、耳机" in shop.say("lin", "生成 SO-2001 模板 电视")


def test_a_code_that_is_there_already_is_shown_and_left(shop: Office) -> None:
    other = Item("SO-2001-MO", "别人的", date(2026, 12, 21), date(2026, 12, 24), 4, "production", quantity=Decimal(7))
    shop.bring(with_orders(SO, other))
    assert shop.say("lin", "生成 SO-2001") == "SO-2001-MO 计划里是 7，按模板是 1950；没有动它。"
    decided(shop)
    assert shop.plan().items["SO-2001-MO"].quantity == 7
    assert "SO-2001-CH" in shop.plan().items


def test_a_purchase_without_lead_is_named(shop: Office) -> None:
    stages = (replace(WORKED.stages[0], duration=None), *WORKED.stages[1:])
    shop.environment = replace(shop.environment, templates=(replace(WORKED, stages=stages),))
    assert shop.say("lin", "生成 SO-2001") == "SO-2001-CH 没有采购周期，按 0 天算的，请补采购周期。"


def test_templates_are_shown(shop: Office) -> None:
    assert shop.say("lin", "模板") == "**音箱** 芯片 → 外壳 → 主板 → 组装 → 发货"
    assert "- 芯片：计划协调员 · 8 个工作日 · 主板每件用 1" in shop.say("lin", "模板 音箱").splitlines()


@pytest.mark.parametrize("said", ["生成一个登录链接给我", "生成个周报看看"])
def test_words_that_only_begin_like_it_are_no_command(said: str) -> None:
    with pytest.raises(Refused):
        parse(said, date(2026, 11, 30), COMMANDS.vocabulary)
