"""Laws of readiness that need no other program."""

from collections import defaultdict
from decimal import Decimal
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from planning.readiness.goods import material
from planning.readiness.line import WORSE, Allocated, Colour, Line, Order, Source
from planning.readiness.readiness import Readiness
from tests.planning.readiness.ours import told
from tests.planning.readiness.worlds import World, orders_of, worlds


def _orders(readiness: Readiness) -> dict[str, Order]:
    return {order.item.code: order for order in orders_of(readiness)}


def _given(orders: dict[str, Order]) -> list[tuple[Line, Allocated]]:
    return [(line, one) for order in orders.values() for line in order.lines for one in line.allocated]


@given(worlds())
def test_nothing_is_promised_twice(world: World) -> None:
    """Neither by two orders nor by two lines of one: of the shelf, of what has come and of what is coming."""
    of_stock, of_supply, came = (defaultdict[str, Decimal](Decimal) for _ in range(3))
    for line, one in _given(_orders(world.readiness())):
        assert one.amount > 0
        if one.source in (Source.STOCK, Source.SAFETY):
            of_stock[line.name] += one.amount
        elif one.source is Source.CAME:
            came[one.supply] += one.amount
            of_stock[material(world.plan.items[one.supply])] += one.amount
        else:
            of_supply[one.supply] += one.amount
    for product, amount in of_stock.items():
        if product in world.shelves:
            assert amount <= max(world.shelves[product].on_hand, Decimal(0))
    for code, amount in of_supply.items():
        came_of_it = world.said[code].good if code in world.said else Decimal(0)
        assert amount <= (world.plan.items[code].quantity or 0) - came_of_it
    for code, amount in came.items():
        assert amount <= world.said[code].good


@given(worlds())
def test_a_line_is_the_sum_of_what_it_was_given(world: World) -> None:
    for order in _orders(world.readiness()).values():
        for line in order.lines:
            by_start = [one for one in line.allocated if one.source is not Source.LATER]
            assert line.there == sum((one.amount for one in by_start), Decimal(0))
            assert 0 <= line.there <= line.need
            assert all(one.day is None or one.day <= line.start for one in by_start)
            assert (line.eta is not None) <= (line.colour is Colour.RED)


@given(worlds())
def test_more_stock_never_makes_anything_worse(world: World) -> None:
    """From an empty shelf to one that holds more than is asked for, of each product that somebody needs."""
    needed = {line.name for order in _orders(world.readiness()).values() for line in order.lines}
    for product in sorted(needed):
        before = _orders(world.with_stock(product, 0).readiness())
        for on_hand in range(75, 676, 75):
            after = _orders(world.with_stock(product, on_hand).readiness())
            assert [code for code in after if WORSE[after[code].colour] > WORSE[before[code].colour]] == []
            assert _missing(after) <= _missing(before)
            before = after


def _missing(orders: dict[str, Order]) -> Decimal:
    return sum((line.short for order in orders.values() for line in order.lines), Decimal(0))


@given(worlds(), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(world: World, random: Random) -> None:
    before, after = _orders(world.readiness()), _orders(world.shuffled(random).readiness())
    assert {code: told(order) for code, order in before.items()} == {code: told(one) for code, one in after.items()}
