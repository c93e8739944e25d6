"""拆分: what is made until a day keeps the code, the rest is an item of its own; nothing is lost or made twice."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.facts.cover import next_part
from planning.facts.forecast import as_it_is
from planning.facts.progress import progress
from planning.facts.report import Report, ReportKind
from planning.facts.split import split_at
from planning.facts.tally import NOTHING, Tally
from planning.plan.calendar import calendar_named
from planning.plan.item import Constraint, Item
from planning.plan.link import Drives, Link
from planning.plan.operation import Op, Operation
from planning.plan.plan import Plan
from planning.refusal import Refused
from planning.schedule.assess import assess
from planning.schedule.ledger import asked_by, pegs
from planning.schedule.network import Network
from tests.handlers.office import Office
from tests.planning.facts.test_report import NOON
from tests.small_company import NOW
from tests.small_company import plan as small

CALENDAR = calendar_named("weekdays")
Parted = tuple[int, str, str]
"""Pieces, start and finish of a part."""


@pytest.fixture
def shop(office: Office) -> Office:
    """Monday 12-07, the first day of MO-1."""
    office.wait(days=14)
    return office


def decided(shop: Office) -> None:
    for change in shop.database.look(lambda uow: uow.changes.open_ones()):
        for step in change.waiting:
            shop.say(step.approvers[0], f"同意 {change.no}")


@pytest.mark.parametrize(
    ("said", "first", "rest"),
    [
        ("先做 800", (800, "12-07", "12-08"), (1200, "12-09", "12-11")),
        ("先做 801", (801, "12-07", "12-09"), (1199, "12-10", "12-14")),
        ("先做800套 余下 12-14", (800, "12-07", "12-08"), (1200, "12-14", "12-16")),
        ("first 800 rest 12-14", (800, "12-07", "12-08"), (1200, "12-14", "12-16")),
    ],
)
def test_so_many_pieces_are_made_first(shop: Office, said: str, first: Parted, rest: Parted) -> None:
    """400 a day, from Monday on; the rest behind them, or when it is said."""
    shop.say("han", f"拆分 MO-1 {said} 因为 来料晚到")
    shop.say("han", "提交")
    decided(shop)
    plan = shop.plan()
    parts = [plan.items["MO-1"], plan.items["MO-1/2"]]
    assert [(int(one.quantity or 0), f"{one.start:%m-%d}", f"{one.finish:%m-%d}") for one in parts] == [first, rest]


@pytest.mark.parametrize("pieces", ["0", "2000", "2500"])
def test_what_is_made_first_is_a_part(shop: Office, pieces: str) -> None:
    assert shop.say("han", f"拆分 MO-1 先做 {pieces} 因为 来料晚到") == "前一段的数量要大于 0、小于 MO-1 的 2000。"


def test_an_item_is_in_two_once_it_is_decided(shop: Office) -> None:
    shop.say("han", "报工 MO-1 300")
    shop.wait(hours=1)
    shop.say("han", "拆分 MO-1 于 12-09 余下 12-14 因为 盘点")
    shop.say("han", "提交")
    decided(shop)
    plan = shop.plan()
    first, rest = plan.items["MO-1"], plan.items["MO-1/2"]
    assert (first.quantity, first.finish) == (Decimal(1100), date(2026, 12, 9)), "300 and two days of 400"
    assert rest.quantity == 900
    assert (rest.start, rest.finish, rest.status) == (date(2026, 12, 14), date(2026, 12, 16), "confirmed")
    ends = {link.ends for link in plan.links}
    assert ends == {("PO-1", "MO-1"), ("PO-1", "MO-1/2"), ("MO-1", "MO-1/2"), ("MO-1/2", "SO-1"), ("SO-1", "DL-1")}
    assert plan.items["SO-1"].start == date(2026, 12, 17), "who waits, waits for the rest"


def test_without_a_day_the_rest_begins_on_the_next(shop: Office) -> None:
    shop.say("lin", "拆分 MO-1 于 12-09 因为 换线")
    shop.say("lin", "提交")
    decided(shop)
    plan = shop.plan()
    assert (plan.items["MO-1"].quantity, plan.items["MO-1/2"].quantity) == (Decimal(1200), Decimal(800))
    assert plan.items["MO-1/2"].finish == date(2026, 12, 11), "as it was before"
    assert plan.items["SO-1"] == small().items["SO-1"]


def test_a_split_is_taken_back_whole(shop: Office) -> None:
    before = shop.plan()
    shop.say("lin", "拆分 MO-1 于 12-09 因为 换线")
    shop.say("lin", "提交")
    decided(shop)
    shop.say("lin", "撤销")
    decided(shop)
    after = shop.plan()
    assert after.items["MO-1"] == before.items["MO-1"]
    assert after.items["MO-1/2"].status == "cancelled"
    assert {link.ends for link in before.links} <= {link.ends for link in after.links}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("拆分 MO-1 于 12-11", "到 2026-12-11 MO-1 的 2000 按计划都做完了，没有余下的。请写早一点的日期。"),
        ("拆分 MO-1 于 12-25", "到 2026-12-25 MO-1 的 2000 按计划都做完了，没有余下的。请写早一点的日期。"),
        ("拆分 MO-1 于 2026-12-01", "2026-12-01 已经过去了，只能从今天（2026-12-07）起拆分。"),
        ("拆分 RC-1 于 12-21", "RC-1 年度盘点 没有数量，分不成两段。要改日期请发：改期 RC-1 到 ＜日期＞"),
        ("拆分 SO-1 于 12-08", "到 2026-12-08 SO-1 还做不出一批，没有可以分开的。请写晚一点的日期。"),
        ("拆分 MO-1", "没有看懂“拆分 MO-1”：请写清到哪天做完前一段，例如：拆分 MO-1 于 2026-12-14"),
    ],
)
def test_what_cannot_be_split_is_refused_in_a_sentence(shop: Office, text: str, told: str) -> None:
    assert shop.say("lin", text).splitlines()[0] == told
    assert shop.plan().revision == 1


# -- what is conserved -----------------------------------------------------------------------------------------


def worked() -> tuple[Plan, Item, list[Report]]:
    """MO-2451 of the worked example: 450 of 2,000 on the evening of 12-02."""
    made = Item("MO-2451", "主板", date(2026, 11, 30), date(2026, 12, 11), 10, "production", quantity=Decimal(2000))
    plan = Plan("p", "p", 1, {made.code: made}, (), "weekdays")
    said = [Report("RP-20261202-001", made.code, ReportKind.QUANTITY, date(2026, 12, 2), NOON, good=Decimal(450))]
    return plan, made, said


def test_the_worked_example() -> None:
    plan, made, said = worked()
    known = progress(made, Tally.of(said), NOTHING, CALENDAR)
    wanted = split_at(plan, known, as_it_is(made), CALENDAR, date(2026, 12, 7), date(2026, 12, 14))
    assert wanted.to == {
        "first": "1050", "finish": "2026-12-07", "rest": "MO-2451/2", "start": "2026-12-14", "days": "5"
    }  # fmt: skip
    changed = assess(plan, [wanted], date(2026, 12, 2)).changed
    assert changed["MO-2451/2"].finish == date(2026, 12, 18)
    assert changed["MO-2451"].duration == 6


def chain(ratio: Fraction, per: Fraction, drives: Drives, quantity: int) -> Plan:
    """PO is asked by MO, and MO by SO (or MO asks SO)."""
    d = date(2026, 12, 7)
    made = Item("MO", "", d, date(2026, 12, 18), 10, "production", product="B", quantity=Decimal(quantity))
    bought = Item("PO", "", date(2026, 12, 1), date(2026, 12, 4), 4, "purchase", product="A", quantity=Decimal(9000))
    order = replace(made, code="SO", start=date(2026, 12, 21), finish=date(2026, 12, 22), duration=2, product="C",
                    type="sales_order")  # fmt: skip
    links = (
        Link("PO", "MO", drives=Drives.PREDECESSOR, ratio=ratio),
        Link("MO", "SO", drives=drives, ratio=per),
    )
    return Plan("p", "p", 1, {one.code: one for one in (bought, made, order)}, links, "weekdays")


def demands(plan: Plan) -> dict[str, Decimal]:
    """What is asked of each product by all who ask for it."""
    network, found = Network.of(plan), dict[str, Decimal]()
    for node, item in enumerate(network.items):
        for driver, driven, link in pegs(network, node):
            if driven == node:
                asked = asked_by(network.items[driver], network.items[driver].quantity, link, "kg")
                found[item.product] = found.get(item.product, Decimal(0)) + asked
    return found



@given(
    st.sampled_from([Fraction(1), Fraction(2), Fraction(1, 2)]), st.sampled_from([Fraction(1), Fraction(3)]),
    st.sampled_from(Drives), st.integers(2, 400), st.integers(1, 399),
)  # fmt: skip
def test_a_split_conserves_quantity_and_demand(
    ratio: Fraction, per: Fraction, drives: Drives, fives: int, part: int
) -> None:
    plan = chain(ratio, per, drives, fives * 10)
    first = Decimal(min(part, fives - 1) * 10)
    cells = {"first": str(first), "finish": "2026-12-10", "rest": "MO/2", "start": "2026-12-11", "days": "6"}
    impact = assess(plan, [Operation("MO", Op.SPLIT, cells)], date(2026, 12, 7))
    assert impact.refused == ()
    after = plan.with_effect(impact)
    one, two = after.items["MO"], after.items["MO/2"]
    assert (one.quantity or 0) + (two.quantity or 0) == plan.items["MO"].quantity
    assert demands(after) == demands(plan)
    assert after.items["PO"] == plan.items["PO"], "nothing else is bought"
    assert after.items["SO"].quantity == plan.items["SO"].quantity
    assert impact.shortages == ()


def test_what_was_promised_of_it_is_promised_of_both() -> None:
    plan, made, said = worked()
    bound = replace(made, constraint=Constraint.FINISH_NO_LATER_THAN, constraint_date=date(2026, 12, 18))
    plan = replace(plan, items={made.code: bound})
    known = progress(bound, Tally.of(said), NOTHING, CALENDAR)
    wanted = split_at(plan, known, as_it_is(bound), CALENDAR, date(2026, 12, 7))
    changed = assess(plan, [wanted], date(2026, 12, 2)).changed
    assert {one.constraint_date for one in changed.values()} == {date(2026, 12, 18)}


@pytest.mark.parametrize(
    ("unit", "quantity", "good", "first"),
    [
        ("kg", "12.5", "2.25", "9.75"),  # 2.25 are made, 1.25 a day for six days to come
        ("kg", "7.3", "0.2", "4.5"),
        ("件", "2001", "450", "1650"),  # 200.1 a day: whole pieces
        ("kg", "0.9", "0.1", "0.6"),
    ],
)
def test_measured_goods_are_cut_at_their_decimals(unit: str, quantity: str, good: str, first: str) -> None:
    plan, made, said = worked()
    made = replace(made, unit=unit, quantity=Decimal(quantity))
    said = [replace(said[0], day=date(2026, 11, 27), good=Decimal(good))]
    plan = replace(plan, items={made.code: made})
    known = progress(made, Tally.of(said), NOTHING, CALENDAR)
    wanted = split_at(plan, known, as_it_is(made), CALENDAR, date(2026, 12, 7))
    assert isinstance(wanted.to, Mapping)
    assert wanted.to["first"] == first


@pytest.mark.parametrize(
    ("code", "others", "part"),
    [
        ("MO-2451", (), "MO-2451/2"),
        ("MO-2451/2", ("MO-2451",), "MO-2451/3"),
        ("WH/MO/00012", (), "WH/MO/00012/2"),
        ("WH/MO/00012/2", ("WH/MO/00012",), "WH/MO/00012/3"),
        ("WH/MO/00012", ("WH/MO/00012/2",), "WH/MO/00012/3"),
    ],
)
def test_a_part_is_named_after_its_whole(code: str, others: tuple[str, ...], part: str) -> None:
    plan, made, _ = worked()
    codes = (code, *others)
    assert next_part(replace(plan, items={one: replace(made, code=one) for one in codes}), code) == part


@pytest.mark.parametrize("first", ["0", "2000", "2001"])
def test_a_part_is_less_than_the_whole(first: str) -> None:
    plan = worked()[0]
    cells = {"first": first, "finish": "2026-12-07", "rest": "X", "start": "2026-12-08", "days": "5"}
    (refusal,) = assess(plan, [Operation("MO-2451", Op.SPLIT, cells)], NOW.date()).refused
    assert refusal.code == "split-quantity"


def test_before_anything_is_made_there_is_nothing_to_split() -> None:
    plan, made, _ = worked()
    with pytest.raises(Refused, match="split-nothing-before"):
        split_at(plan, progress(made, NOTHING, NOTHING, CALENDAR), as_it_is(made), CALENDAR, date(2026, 11, 27))
