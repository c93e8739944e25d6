"""Edge cases and bad input of reports, each answered in its sentence, and nothing booked that should not be."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from planning.plan.item import Item, Status
from planning.plan.plan import Plan
from tests.handlers.office import Office
from tests.small_company import plan as small

DAY = date(2026, 12, 7)
MORE = (
    Item("MO-2", "充电仓组装", DAY, DAY, 1, "production", "production", quantity=Decimal(100), unit="台"),
    Item("MO-3", "充电仓喷漆", DAY, DAY, 1, "production", "production", quantity=Decimal(100), unit="kg"),
    Item("MO-4", "停着的", DAY, DAY, 1, "production", "production", quantity=Decimal(9), status=Status.ON_HOLD),
    Item("MO-5", "关掉的", DAY, DAY, 1, "production", "production", quantity=Decimal(9), status=Status.CLOSED),
    Item("MO-6", "不做的", DAY, DAY, 1, "production", "production", quantity=Decimal(9), status=Status.CANCELLED),
    Item("MS-1", "样机确认", DAY, DAY, 0, "milestone", "production"),
    Item("PY-1", "首付款", DAY, DAY, 1, "payment", "production"),
    Item("MO-0", "上一批", date(2026, 11, 2), DAY, 26, "production", "production", quantity=Decimal(9)),
    Item("MO-7", "王五的活", DAY, DAY, 1, "production", "production", owner="wang", quantity=Decimal(9)),
)


def plan() -> Plan:
    known = small()
    return replace(known, items={**known.items, **{item.code: item for item in MORE}})


@pytest.fixture
def shop(office: Office) -> Office:
    """Monday 12-07."""
    office.bring(plan())
    office.wait(days=14)
    return office


def rows(shop: Office) -> list[str]:
    return shop.database.look(lambda uow: [one.no for one in uow.reports.all()])


REFUSED = {
    "a code nobody knows": ("li", "报工 MO-19 5", "计划里没有“MO-19”，什么也没有做。最接近的是：MO-1、MO-7、MO-6"),
    "a code that may be several": (
        "wang", "报工 充电仓 5", "“充电仓”对得上 2 个单子：MO-2 充电仓组装、MO-3 充电仓喷漆。请用单号再发一次。"
    ),
    "cancelled": ("wang", "报工 MO-6 5", "MO-6 不做的 已取消，不能报工；报错单了吗？"),
    "closed": ("wang", "报工 MO-5 5", "MO-5 关掉的 已关闭，不能报工；报错单了吗？"),
    "on hold": ("wang", "报工 MO-4 5", "MO-4 停着的 暂停，不能报工；报错单了吗？"),
    "a day to come": ("wang", "报工 MO-2 5 12-08", "2026-12-08 不能报：只能报 2026-11-06 到 2026-12-07 的。"),
    "a day long gone": ("wang", "报工 MO-2 5 2026-11-05", "2026-11-05 不能报：只能报 2026-11-06 到 2026-12-07 的。"),
    "a day before the department worked": (
        "li", "报工 RC-1 50% 昨天",
        "2026-12-06 不能报：RC-1 所在部门最早的一项 2026-12-21 才开始，只能报 2026-12-07 到 2026-12-07 的。",
    ),
    "below zero": (
        "wang", "报工 MO-2 -5",
        "“-5”不是能记的数：写大于 0 的数（可加 报废 N），百分数不超过 100；要减少请用“更正”。",
    ),
    "to be taken off": (
        "wang", "报工 MO-2 减 50",
        "“-50”不是能记的数：写大于 0 的数（可加 报废 N），百分数不超过 100；要减少请用“更正”。",
    ),
    "nothing": (
        "wang", "报工 MO-2 0",
        "“0”不是能记的数：写大于 0 的数（可加 报废 N），百分数不超过 100；要减少请用“更正”。",
    ),
    "no number": (
        "wang", "报工 MO-2 很多", "没有看懂“报工 MO-2 很多”，什么也没有记。数量写成数字，例如：报工 MO-2 300"
    ),
    "a unit of something else": ("wang", "报工 MO-2 5kg", "MO-2 的单位是 台，不是 kg。请换算成 台 再发。"),
    "a milestone": ("wang", "报工 MS-1 5", "MS-1 样机确认 没有数量，只能报完成：完成 MS-1"),
    "a milestone begun": ("wang", "开工 MS-1", "MS-1 样机确认 没有数量，只能报完成：完成 MS-1"),
    "a payment": ("wang", "报工 PY-1 50%", "PY-1 首付款 没有数量，只能报完成：完成 PY-1"),
    "a day beyond every plan": (
        "wang", "报工 MO-2 预计 2300-01-01", "“2300-01-01”离今天超过 10 年，像是写错了。请核对年份。"
    ),
    "three times as much": (
        "zhao", "到货 PO-1 9000",
        "9000 太多了：PO-1 加上这次共 9000，是计划 2000 的三倍以上，没有记。请检查数字。",
    ),
    "what was never bought": ("wang", "到货 MO-2 5", "MO-2 充电仓组装 不是采购，请报工：报工 MO-2 ＜数量＞"),
    "others' item": ("he", "报工 MO-7 5", "何佳，MO-7 王五的活 由 王五、韩冬、林静 报，什么也没有记。"),
}


@pytest.mark.parametrize(("who", "text", "told"), REFUSED.values(), ids=REFUSED)
def test_nothing_is_booked(shop: Office, who: str, text: str, told: str) -> None:
    assert shop.say(who, text).splitlines()[0] == told
    assert rows(shop) == []


ACCEPTED = {
    "a day off": ("wang", "报工 MO-2 5 昨天", "✅ **RP-20261207-001 · MO-2 充电仓组装 · 12-06 5台**"),
    "the oldest day": ("wang", "报工 MO-2 5 2026-11-06", "✅ **RP-20261207-001 · MO-2 充电仓组装 · 11-06 5台**"),
    "scrap alone": ("wang", "报工 MO-2 0 报废2", "✅ **RP-20261207-001 · MO-2 充电仓组装 · 今日 0台（报废 2）**"),
    "a milestone that is reached": ("wang", "完成 MS-1", "✅ **RP-20261207-001 · MS-1 样机确认 · 今日 完成**"),
    "a payment that is made": ("wang", "完成 PY-1", "✅ **RP-20261207-001 · PY-1 首付款 · 今日 完成**"),
    "what nobody owns": ("wang", "报工 MO-2 5", "✅ **RP-20261207-001 · MO-2 充电仓组装 · 今日 5台**"),
    "by a coordinator": ("lin", "报工 MO-7 5", "✅ **RP-20261207-001 · MO-7 王五的活 · 今日 5**"),
}


@pytest.mark.parametrize(("who", "text", "told"), ACCEPTED.values(), ids=ACCEPTED)
def test_it_is_booked(shop: Office, who: str, text: str, told: str) -> None:
    assert shop.say(who, text).splitlines()[0] == told
    assert rows(shop) == ["RP-20261207-001"]


def test_a_day_off_counts_where_something_was_reported_for_it(shop: Office) -> None:
    """600 of the Sunday and 400 of today are two days of work."""
    shop.say("wang", "报工 MO-1 600 昨天")
    shop.wait(hours=1)
    assert "预测完工 12-10" in shop.say("wang", "报工 MO-1 400")


def test_the_same_within_two_minutes_is_asked(shop: Office) -> None:
    shop.say("wang", "报工 MO-2 5")
    told = shop.say("wang", "报工 MO-2 5").splitlines()
    assert told == ["MO-2 刚才已报过 今日 5台，还没有再记。再报一次是追加吗？不是就不用管。", "[报工 MO-2 5 追加]"]
    assert len(rows(shop)) == 1


def test_a_done_item_offers_to_correct_what_finished_it(shop: Office) -> None:
    shop.say("wang", "报工 MO-2 98")
    shop.say("wang", "完成 MO-2")
    assert shop.say("wang", "报工 MO-2 5").splitlines() == [
        "MO-2 充电仓组装 已经完成。数报错了请更正；还要继续做，就把完成那条作废。", "[更正 RP-20261207-002 作废]"
    ]  # fmt: skip
    assert "重新打开，计划完工 12-07" in shop.say("wang", "更正 RP-20261207-002 作废")
    assert shop.plan().items["MO-2"].status is Status.IN_PROGRESS


def test_a_correction_names_no_day_before_the_department_worked(shop: Office) -> None:
    shop.say("li", "报工 RC-1 50%")
    assert shop.say("li", "更正 RP-20261207-001 40% 12-02").startswith("2026-12-02 不能报：RC-1 所在部门最早的一项")
    assert len(rows(shop)) == 1


def test_a_correction_of_a_correction_keeps_the_chain(shop: Office) -> None:
    shop.say("han", "报工 MO-2 50")
    shop.say("han", "更正 RP-20261207-001 40")
    assert "累计 30 / 100台（30%）" in shop.say("han", "更正 RP-20261207-002 30")
    assert "更正 RP-20261207-002：30台" in shop.say("lin", "进度 MO-2")


def test_somebody_elses_report_is_corrected_by_approver_or_coordinator_and_they_are_told(shop: Office) -> None:
    shop.say("han", "报工 MO-2 50")
    assert shop.say("he", "更正 RP-20261207-001 40") == (
        "RP-20261207-001 是 韩冬 报的：由本人、本部门审批人或协调员更正。"
    )
    for who, name in (("wang", "王五"), ("lin", "林静")):
        assert f"韩冬：你报的 RP-20261207-001 已由 {name} 更正。" in shop.say(who, "更正 RP-20261207-001 40")


def test_masked_columns_are_on_no_card_of_reports(shop: Office) -> None:
    known = plan()
    priced = replace(known.items["MO-1"], attributes={"price": "77.70"})
    shop.bring(replace(known, items={**known.items, "MO-1": priced}))
    for text in ("报工 MO-1 100", "进度 MO-1", "更正 90", "停机 MO-1 预计 12-09"):
        assert "77.7" not in shop.say("han", text)


def test_more_than_was_bought_is_asked_once(shop: Office) -> None:
    told = shop.say("zhao", "到货 PO-1 2150").splitlines()
    assert told[0] == "PO-1 加上这次共 2150，超过计划 2000，还没有记。是超产吗？"
    assert "[到货 PO-1 2150 超产]" in told
    assert rows(shop) == []
    assert "（已确认超出计划）" in shop.say("zhao", "到货 PO-1 2150 超产")


def test_another_number_is_an_arrival_as_well(shop: Office) -> None:
    """改数字: the next words are the number."""
    shop.say("zhao", "到货 PO-1 2150")
    assert "今日 到货 1950" in shop.say("zhao", "1950")


def test_what_is_over_or_begun_is_said_once(shop: Office) -> None:
    shop.say("wang", "开工 MO-2")
    assert shop.say("wang", "开工 MO-2").splitlines()[0] == "MO-2 刚才已经报过了，没有重复记。"
    assert len(rows(shop)) == 1


def test_a_count_is_not_corrected_to_a_percent(shop: Office) -> None:
    shop.say("wang", "报工 MO-2 5")
    assert shop.say("wang", "更正 RP-20261207-001 60%").splitlines()[0] == (
        "RP-20261207-001 没有这个数可以更正。请照它报的内容改，或者：更正 RP-20261207-001 作废"
    )
    assert len(rows(shop)) == 1
