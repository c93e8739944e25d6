"""A plan that tables replace: what comes, goes, moves, and when that is a surprise."""

from dataclasses import replace
from decimal import Decimal

import pytest

from planning.plan.item import Item
from planning.plan.link import Drives
from planning.plan.plan import Plan, Stock
from planning.plan.replacement import nothing_before, replacement
from tests.planning.build import item, link, plan_of

BEFORE = plan_of(item("A", "12-01", 2), item("B", "12-03"), item("C", "12-10"), link("A B"))


def with_item(plan: Plan, code: str, **fields: object) -> Plan:
    return plan.with_items([replace(plan.items[code], **fields)])  # type: ignore[arg-type]


def many(count: int) -> Plan:
    return plan_of(*(item(f"N-{number}", "12-01") for number in range(count)))


def test_the_same_in_another_order_is_the_same() -> None:
    turned = replace(BEFORE, revision=9, items=dict(reversed([*BEFORE.items.items()])))
    found = replacement(BEFORE, turned)
    assert (found.is_empty, found.takes_nothing, found.lines) == (True, True, ())


@pytest.mark.parametrize(
    "after",
    [
        with_item(BEFORE, "A", title="another name"),
        with_item(BEFORE, "A", attributes={"colour": "red"}),
        replace(BEFORE, stock={"steel": Stock("steel", Decimal(5))}),
        replace(BEFORE, links=()),
        replace(BEFORE, calendar="china"),
        replace(BEFORE, department_calendars={"dept-a": "every-day"}),
        replace(BEFORE, name="another plan"),
        replace(BEFORE, items={code: it for code, it in BEFORE.items.items() if code != "C"}),
    ],
)
def test_whatever_is_another_makes_a_revision(after: Plan) -> None:
    assert not replacement(BEFORE, after).is_empty


def test_counts_what_comes_goes_changes_and_moves() -> None:
    there = BEFORE.items["C"]
    later = with_item(with_item(BEFORE, "B", start=there.start, finish=there.finish), "A", title="x")
    items: dict[str, Item] = {**{code: it for code, it in later.items.items() if code != "C"}, "D": item("D", "12-07")}
    found = replacement(BEFORE, replace(later, items=items, links=(link("B D"),)))
    assert (found.comparison.added, found.comparison.removed) == (("D",), ("C",))
    assert (found.changed, found.moved, found.size) == (("A", "B"), ("B",), 3)
    assert not found.takes_nothing
    assert [(line.item, line.before, line.after) for line in found.retitled] == [("A", "item A", "x")]
    assert found.otherwise == ()
    links = [(line.item, line.before, line.after) for line in found.lines if line.field == "link"]
    assert links == [("B", "A", ""), ("D", "", "B")], "each is a line of the item it drives"


def test_another_count_of_stock_takes_nothing() -> None:
    five, six = (replace(BEFORE, stock={"steel": Stock("steel", Decimal(count))}) for count in (5, 6))
    other = replacement(five, six)
    assert (other.stock, other.takes_nothing, other.is_empty) == (("steel",), True, False)


def test_a_link_that_drives_backwards_is_a_line_of_its_predecessor() -> None:
    found = replacement(replace(BEFORE, links=()), replace(BEFORE, links=(link("A B", drives=Drives.PREDECESSOR),)))
    assert [(line.item, line.after) for line in found.lines] == [("A", "B")]


@pytest.mark.parametrize(
    ("after", "nothing"),
    [
        (with_item(BEFORE, "A", quantity=Decimal(7)), True),
        (replace(BEFORE, items={**BEFORE.items, "D": item("D", "12-07")}), True),
        (replace(BEFORE, links=(*BEFORE.links, link("B C"))), True),
        (replace(BEFORE, links=()), False),
        (with_item(BEFORE, "C", finish=BEFORE.items["B"].finish), False),
        (replace(BEFORE, items={code: it for code, it in BEFORE.items.items() if code != "C"}), False),
    ],
)
def test_takes_nothing_where_all_stays_that_was(after: Plan, nothing: bool) -> None:
    assert replacement(BEFORE, after).takes_nothing is nothing


@pytest.mark.parametrize(
    ("size", "removed", "much"), [(20, 10, False), (20, 11, True), (220, 11, False), (219, 11, True), (400, 20, False)]
)
def test_more_than_ten_and_more_than_a_twentieth_is_much(size: int, removed: int, much: bool) -> None:
    assert replacement(many(size), many(size - removed)).removes_much is much


def test_before_the_first_there_is_nothing() -> None:
    found = replacement(nothing_before(BEFORE), BEFORE)
    assert (found.size, found.comparison.added, found.recounted) == (0, ("A", "B", "C"), False)
