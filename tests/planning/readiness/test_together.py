"""One purchase that serves two products: what comes straight, and what an inspection makes of it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from planning.plan.item import Item
from planning.plan.link import Drives, Link
from planning.plan.plan import Plan, Stock
from planning.readiness.line import Colour, Order
from planning.readiness.readiness import Readiness
from tests.planning.readiness.worlds import arrived, readiness_of


def _item(code: str, kind: str, day: int, product: str = "") -> Item:
    on = date(2026, 12, day)
    return Item(code, code, on, on, 1, kind, quantity=Decimal(100), product=product, unit="pcs")


def _link(before: str, behind: str) -> Link:
    return Link(before, behind, ratio=Decimal(1), drives=Drives.PREDECESSOR)


def _shared(inspected: str, *, inspected_first: bool, brings: int = 100, with_another: bool = False) -> Readiness:
    """PO-1 brings m, of which MO-1 takes 100 as an inspected product and MO-2 as it comes. The other: MO-0 starts
    earlier, and its own PO-0 comes too late."""
    days = (7, 8) if inspected_first else (8, 7)
    items = [
        replace(_item("PO-1", "purchase", 2, "m"), quantity=Decimal(brings)), _item("QA-1", "inspection", 3, inspected),
        _item("MO-1", "production", days[0]), _item("MO-2", "production", days[1]),
    ]  # fmt: skip
    links = [_link("PO-1", "QA-1"), _link("QA-1", "MO-1"), _link("PO-1", "MO-2")]
    if with_another:
        items += [_item("MO-0", "production", 4), _item("PO-0", "purchase", 9, "m")]
        links.append(_link("PO-0", "MO-0"))
    return readiness_of(Plan("p", "p", 1, {item.code: item for item in items}, tuple(links), "weekdays"))


def _order(readiness: Readiness, code: str) -> Order:
    order = readiness.order(code)
    assert order
    return order


@pytest.mark.parametrize("inspected", ["a", "z"])
@pytest.mark.parametrize("inspected_first", [True, False])
@pytest.mark.parametrize("asked_first", ["MO-1", "MO-2"])
def test_the_earlier_start_is_given_what_both_need(inspected: str, inspected_first: bool, asked_first: str) -> None:
    """Whatever the products are called, and whichever is asked for first."""
    readiness = _shared(inspected, inspected_first=inspected_first)
    readiness.order(asked_first)
    first, second = ("MO-1", "MO-2") if inspected_first else ("MO-2", "MO-1")
    given = {code: [one.amount for line in _order(readiness, code).lines for one in line.allocated]
             for code in (first, second)}  # fmt: skip
    assert given == {first: [100], second: []}


def test_it_is_kept_for_those_it_is_pegged_to() -> None:
    """Nobody else is given of PO-1, which both orders need whole."""
    readiness = _shared("a", inspected_first=True, brings=200, with_another=True)
    colours = [_order(readiness, code).colour for code in ("MO-0", "MO-1", "MO-2")]
    assert colours == [Colour.RED, Colour.YELLOW, Colour.YELLOW]


@pytest.mark.parametrize("inspected_first", [True, False])
def test_what_came_and_is_counted_is_given_once(inspected_first: bool) -> None:
    """Of the 100 that came 60 lie there: as m, which is counted, and as what is made of it, which is not."""
    days = (7, 8) if inspected_first else (8, 7)
    items = [_item("PO-1", "purchase", 2, "m"), _item("QA-1", "inspection", 3, "z"),
             _item("MO-1", "production", days[0]), _item("MO-2", "production", days[1])]  # fmt: skip
    links = (_link("PO-1", "QA-1"), _link("QA-1", "MO-1"), _link("PO-1", "MO-2"))
    plan = Plan("p", "p", 1, {item.code: item for item in items}, links, "weekdays")
    shelves = {"m": Stock("m", Decimal(60), Decimal(0))}
    readiness = readiness_of(plan, shelves, {"PO-1": arrived(items[0], 100)})
    there = {code: _order(readiness, code).lines[0].there for code in ("MO-1", "MO-2")}
    first, second = ("MO-1", "MO-2") if inspected_first else ("MO-2", "MO-1")
    assert there == {first: 60, second: 0}
