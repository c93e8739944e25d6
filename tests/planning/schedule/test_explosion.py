"""Quantities depend on the demand, not on the way to it: against an exact explosion of its own."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planning.plan.columns import link_of
from planning.plan.item import Item, Status
from planning.plan.link import Drives, Link
from planning.plan.plan import Plan, Stock
from planning.schedule.assess import assess
from tests.planning.build import change, item, link, plan_of, stock
from tests.planning.plans import TODAY
from tests.planning.schedule.explosion import Supply, explode

ORDERS = ("O1", "O2")
RATIOS = [
    (Fraction(1), "1"), (Fraction(2), "2"), (Fraction(1, 3), "1/3"),
    (Fraction(7, 6), "7/6"), (Fraction("0.3333"), "0.3333"), (Fraction("1.25"), "1.25"),
]  # fmt: skip
SCRAPS = [(Fraction(0), "0"), (Fraction(0), "0"), (Fraction(1, 50), "0.02"), (Fraction(1, 10), "0.1")]


def quantities(plan: Plan) -> dict[str, int]:
    return {name: int(found.quantity or 0) for name, found in plan.items.items() if found.quantity is not None}


def after(plan: Plan, *wanted: tuple[str, int]) -> Plan:
    """The plan with these quantities applied, one change each."""
    for name, quantity in wanted:
        plan = plan.with_effect(assess(plan, [change(name, "set_quantity", Decimal(quantity))], TODAY))
    return plan


def order_of(quantity: int, bought: int, lot: int, on_hand: int) -> Plan:
    return plan_of(
        item("SO", "2026-12-15", quantity=Decimal(quantity)),
        item("PO", "2026-12-01", type="purchase", product="p", quantity=Decimal(bought), lot_multiple=Decimal(lot)),
        link("PO SO", ratio=Decimal(1), drives=Drives.PREDECESSOR),
        stock=stock(p=on_hand),
    )


@pytest.mark.parametrize(
    ("bought", "lot", "steps", "then"),
    [
        (80, 10, [80], 60),
        (80, 10, [95, 90, 85, 80], 60),
        (80, 10, [120, 80], 60),
        (100, 50, [60], 50),
        (100, 50, [20], 0),
        (100, 50, [20, 100], 100),
        (100, 10, [80], 80),  # 20 more than are needed, on purpose
        (100, 10, [130], 130),
        (100, 10, [0], 20),
        (100, 10, [0, 150, 100], 100),
        (70, 10, [110], 90),  # ten are missing, which nobody wants
        (70, 10, [90], 70),
    ],
)
def test_lots_are_taken_of_what_is_needed_beside_the_stock(bought: int, lot: int, steps: list[int], then: int) -> None:
    """100 are ordered, 20 lie in stock."""
    plan = order_of(100, bought, lot, on_hand=20)
    assert quantities(after(plan, *(("SO", step) for step in steps)))["PO"] == then


@st.composite
def supplies(draw: st.DrawFn) -> list[tuple[str, Supply]]:
    """Two levels below the orders, one supply for each product."""
    found: list[tuple[str, Supply]] = []
    above: tuple[str, ...] = ORDERS
    for level in (1, 2):
        names = tuple(f"S{level}{n}" for n in range(draw(st.integers(1, 2))))
        for name in names:
            asking = draw(st.lists(st.sampled_from(above), min_size=1, unique=True))
            supply = Supply(
                {asker: (draw(st.sampled_from(RATIOS))[0], draw(st.sampled_from(SCRAPS))[0]) for asker in asking},
                stock=draw(st.sampled_from([0, 0, 20, 33])),
                safety=draw(st.sampled_from([0, 0, 5, 40])),
                receipt=draw(st.sampled_from([0, 0, 15])),
                least=draw(st.sampled_from([0, 0, 25])),
                multiple=draw(st.sampled_from([0, 10, 7, 50])),
                surplus=draw(st.sampled_from([0, 0, 3, 40])),
            )
            found.append((name, supply))
        above += names
    return found


DEMANDS = st.fixed_dictionaries({name: st.integers(0, 150) for name in ORDERS})
TEXTS = {number: text for number, text in (*RATIOS, *SCRAPS)}


def plan_for(orders: dict[str, int], found: list[tuple[str, Supply]]) -> Plan:
    """The plan an exact explosion gives for these orders."""
    exact = explode(orders, found)
    parts: list[Item | Link] = [item(name, "2026-12-15", quantity=Decimal(exact[name]), unit="pcs") for name in orders]
    for name, supply in found:
        bought: dict[str, Any] = {"type": "purchase", "quantity": Decimal(exact[name])}
        lots: dict[str, Any] = {"lot_minimum": Decimal(supply.least), "lot_multiple": Decimal(supply.multiple)}
        parts.append(item(name, "2026-12-01", product=f"p-{name}", unit="pcs", **bought, **lots))
        if supply.receipt:
            came: dict[str, Any] = {"type": "receipt", "quantity": Decimal(supply.receipt)}
            parts.append(item(f"R{name}", "2026-12-01", product=f"p-{name}", **came))
        for asker, (ratio, scrap) in supply.asked_by.items():
            cells = {"successor": asker, "ratio": TEXTS[ratio], "scrap": TEXTS[scrap]}
            parts.append(link_of(name, cells, Drives.PREDECESSOR))
    kept = {f"p-{name}": Stock(f"p-{name}", Decimal(s.stock), Decimal(s.safety)) for name, s in found}
    return plan_of(*parts, stock=kept)


def of(plan: Plan, exact: dict[str, int]) -> dict[str, int]:
    return {name: quantity for name, quantity in quantities(plan).items() if name in exact}


@settings(max_examples=80, deadline=None)
@given(supplies(), DEMANDS, st.lists(DEMANDS, max_size=4), DEMANDS)
def test_quantities_are_those_of_the_demand_whatever_the_way_to_it(
    found: list[tuple[str, Supply]], begin: dict[str, int], way: list[dict[str, int]], end: dict[str, int]
) -> None:
    plan = plan_for(begin, found)
    on_foot = after(plan, *(wanted for demand in [*way, end] for wanted in demand.items()))
    assert of(on_foot, end | dict.fromkeys((name for name, _ in found), 0)) == explode(end, found)
    at_once = assess(plan, [change(name, "set_quantity", Decimal(wanted)) for name, wanted in end.items()], TODAY)
    assert quantities(plan.with_effect(at_once)) == quantities(on_foot)
    assert after(on_foot, *begin.items()).items == plan.items


@settings(max_examples=50, deadline=None)
@given(supplies(), DEMANDS)
def test_orders_that_are_cancelled_leave_what_nobody_asks_for(
    found: list[tuple[str, Supply]], orders: dict[str, int]
) -> None:
    plan = plan_for(orders, found)
    cancelled = plan.with_effect(assess(plan, [change(name, "cancel") for name in orders], TODAY))
    assert all(cancelled.items[name].status is Status.CANCELLED for name in orders)
    nothing = explode(dict.fromkeys(orders, 0), found)
    assert {name: quantities(cancelled)[name] for name, _ in found} == {name: nothing[name] for name, _ in found}
