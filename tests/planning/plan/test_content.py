"""The hash of a plan's content: no order, no way of writing a number, nothing left out, and each step costs itself."""

from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.plan.content import moved, plan_hash, stock_hash, sum_of
from planning.plan.impact import Line
from planning.plan.item import Constraint, Item, Mode, Status
from planning.plan.link import Drives, LagKind, Link, LinkKind
from planning.plan.plan import Plan, Stock
from tests.planning.build import item, link, plan_of
from tests.planning.plans import placed_plans

PLAN = plan_of(item("A", "12-01", 2), item("B", "12-03", 2), item("C", "12-07"), link("A B"))
ITEM_FIELDS: dict[str, Any] = {
    "code": "Z", "title": "z", "start": date(2026, 11, 1), "finish": date(2026, 12, 31), "duration": 9, "type": "z",
    "department": "z", "also_informs": ("z",), "owner": "z", "quantity": Decimal(9), "unit": "z", "mode": Mode.ALAP,
    "constraint": Constraint.START_NO_EARLIER_THAN, "constraint_date": date(2026, 12, 31), "status": Status.DONE,
    "product": "z", "lot_minimum": Decimal(9), "lot_multiple": Decimal(9), "calendar": "z", "attributes": {"z": "z"},
}  # fmt: skip
LINK_FIELDS: dict[str, Any] = {
    "predecessor": "Z", "successor": "Z", "kind": LinkKind.FF, "lag": 9, "lag_kind": LagKind.CALENDAR,
    "drives": Drives.PREDECESSOR, "ratio": Decimal(9), "scrap": Decimal("0.5"), "hard": False, "calendar": "z",
}  # fmt: skip
LINE = Line("A", "甲", "plant", "start", "2026-12-01", "2026-12-02", 1, ("A",))


def whole(plan: Plan) -> str:
    return plan_hash(sum_of((*plan.items.values(), *plan.links)), ())


@given(placed_plans(), st.randoms())
def test_the_hash_of_a_plan_knows_no_order(plan: Plan, order: Random) -> None:
    items, links = list(plan.items.items()), list(plan.links)
    order.shuffle(items)
    order.shuffle(links)
    assert whole(replace(plan, items=dict(items), links=tuple(links))) == whole(plan)


def test_another_item_or_link_is_another_hash() -> None:
    others = (
        PLAN.with_items([replace(PLAN.items["C"], title="C")]),
        replace(PLAN, links=()),
        replace(PLAN, links=(link("A B", lag=1),)),
        replace(PLAN, items={"A": PLAN.items["A"], "B": PLAN.items["B"]}),
    )
    assert len({whole(plan) for plan in (PLAN, *others)}) == 5


def test_the_order_of_attributes_does_not_matter() -> None:
    one, other = ({"line": "A", "shift": "2"}, {"shift": "2", "line": "A"})
    known = PLAN.items["A"]
    assert sum_of([replace(known, attributes=one)]) == sum_of([replace(known, attributes=other)])


@pytest.mark.parametrize("name", [field.name for field in fields(Item)])
def test_every_field_of_an_item_counts(name: str) -> None:
    known = PLAN.items["A"]
    assert sum_of([replace(known, **{name: ITEM_FIELDS[name]})]) != sum_of([known])


@pytest.mark.parametrize("name", [field.name for field in fields(Link)])
def test_every_field_of_a_link_counts(name: str) -> None:
    known = PLAN.links[0]
    assert sum_of([replace(known, **{name: LINK_FIELDS[name]})]) != sum_of([known])


def test_values_do_not_slip_from_one_field_into_the_next() -> None:
    known = PLAN.items["A"]
    assert sum_of([replace(known, owner="z")]) != sum_of([replace(known, unit="z")])
    assert sum_of([replace(known, attributes={"a": "b"})]) != sum_of([replace(known, attributes={"b": "a"})])


@pytest.mark.parametrize(("one", "other"), [("10", "10.00"), ("0", "-0"), ("100", "1E+2"), ("0.5", "0.50")])
def test_a_number_is_the_same_however_a_database_writes_it(one: str, other: str) -> None:
    known = PLAN.items["A"]
    assert sum_of([replace(known, quantity=Decimal(one))]) == sum_of([replace(known, quantity=Decimal(other))])
    assert stock_hash([Stock("P", Decimal(one))]) == stock_hash([Stock("P", Decimal(other))])


@given(placed_plans(), st.data())
def test_a_step_is_what_goes_and_what_comes(plan: Plan, data: st.DataObject) -> None:
    items = list(plan.items.values())
    gone = data.draw(st.lists(st.sampled_from(items), unique_by=lambda one: one.code))
    come = [replace(one, title=f"{one.title}!") for one in gone[1:]]
    left = [one for one in items if one not in gone]
    total = sum_of((*items, *plan.links))
    assert moved(total, gone, come) == sum_of((*left, *come, *plan.links))
    assert moved(moved(total, gone, come), come, gone) == total


def test_what_a_revision_says_of_itself_is_in_its_hash() -> None:
    others = [replace(LINE, before="2026-12-03"), replace(LINE, item="B"), replace(LINE, days=2)]
    hashes = [plan_hash(1, lines) for lines in ((), (LINE,), (LINE, LINE), *((other,) for other in others))]
    assert len({*hashes, plan_hash(2, ())}) == 7
    assert plan_hash(1, (replace(LINE, path=("A", "B")),)) == plan_hash(1, (LINE,))
