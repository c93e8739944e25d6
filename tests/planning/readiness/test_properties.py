"""Laws of readiness that need no other program."""

from collections import defaultdict
from decimal import Decimal
from random import Random

from hypothesis import assume, given
from hypothesis import strategies as st

from planning.facts.forecast import Outlook
from planning.readiness.line import WORSE, Colour, From, Given, Line, Order
from planning.readiness.readiness import Readiness
from planning.readiness.recipe import Recipes
from tests.planning.readiness.ours import told
from tests.planning.readiness.worlds import TODAY, World, arrived, worlds


def _orders(readiness: Readiness) -> dict[str, Order]:
    return {order.item.code: order for order in readiness.orders()}


def _given(orders: dict[str, Order]) -> list[tuple[Line, Given]]:
    return [(line, one) for order in orders.values() for line in order.lines for one in line.given]


@given(worlds())
def test_nothing_is_promised_twice(world: World) -> None:
    """Neither by two orders nor by two lines of one: of the shelf, of what has come and of what is coming."""
    of_stock, of_supply, came = (defaultdict[str, Decimal](Decimal) for _ in range(3))
    for line, one in _given(_orders(world.readiness())):
        assert one.amount > 0
        if one.source in (From.STOCK, From.SAFETY):
            of_stock[line.name] += one.amount
        elif one.source is From.CAME:
            came[one.supply] += one.amount
        else:
            of_supply[one.supply] += one.amount
    for product, amount in of_stock.items():
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
            assert line.there == sum((one.amount for one in line.given if one.source is not From.LATER), Decimal(0))
            assert 0 <= line.there <= line.need
            assert all(one.day is None or one.day <= line.start for one in line.given if one.source is not From.LATER)
            assert (line.eta is not None) <= (line.colour is Colour.RED)


@given(worlds(), st.integers(1, 6))
def test_more_stock_never_makes_anything_worse(world: World, more: int) -> None:
    assume(world.shelves)
    before = _orders(world.readiness())
    for product in world.shelves:
        after = _orders(world.with_more(product, more * 25).readiness())
        for code, order in after.items():
            assert WORSE[order.colour] <= WORSE[before[code].colour]
        assert _missing(after) <= _missing(before)


def _missing(orders: dict[str, Order]) -> Decimal:
    return sum((line.short for order in orders.values() for line in order.lines), Decimal(0))


@given(worlds(), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(world: World, random: Random) -> None:
    before, after = _orders(world.readiness()), _orders(world.shuffled(random).readiness())
    assert {code: told(order) for code, order in before.items()} == {code: told(one) for code, one in after.items()}


@given(worlds(), worlds(), st.data())
def test_after_a_fact_what_it_does_not_bear_on_is_kept(world: World, other: World, data: st.DataObject) -> None:
    """What is worked out anew is what the whole pass would say."""
    bought = [item for item in world.plan.items.values() if item.type == "purchase"]
    assume(bought)
    item = data.draw(st.sampled_from(bought))
    recipes = Recipes(world.readiness().network)
    before = Readiness(recipes, Outlook(recipes.network, world.said, {}, TODAY), world.shelves, TODAY)
    _orders(before)
    said = {**world.said, item.code: arrived(item, data.draw(st.integers(1, 8)) * 25)}
    shelves = {**world.shelves, **other.shelves} if data.draw(st.booleans()) else world.shelves
    outlook = Outlook(recipes.network, said, {}, TODAY)
    after = before.after_a_fact(outlook, shelves, [item.code], outlook.after(item.code))
    whole = Readiness(recipes, outlook, shelves, TODAY)
    assert {code: told(one) for code, one in _orders(after).items()} == {
        code: told(one) for code, one in _orders(whole).items()
    }
