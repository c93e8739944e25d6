"""Readiness of orders, read from the plan, its stock and the ledger of reports."""

from collections.abc import Collection, Iterator
from datetime import date

from handlers.govern.facts import outlook_of
from handlers.turn import Turn
from planning.plan.item import Item
from planning.plan.plan import Plan
from planning.plan.timetable import Timetable
from planning.readiness.goods import PRODUCTION
from planning.readiness.line import Order
from planning.readiness.readiness import Readiness
from planning.readiness.requirement import Requirements


def readiness_of(turn: Turn, plan: Plan, orders: Collection[str]) -> Readiness:
    """What these orders need is given in turn to all that need it. It costs what their products touch."""
    requirements = turn.environment.requirements.of(turn.environment.networks.of(plan))
    outlook = outlook_of(turn, plan, list(_near(requirements, orders)), alone=True)
    return Readiness(requirements, outlook, plan.stock, turn.today)


def starting(turn: Turn, plan: Plan, first: date, last: date) -> list[str]:
    """Orders that start on these days; a start that has passed counts from today."""
    calendar_of = Timetable(plan).of
    codes = []
    for item in plan.items.values():
        if item.type == PRODUCTION and not item.status.has_started:
            start = item.start if item.start >= turn.today else calendar_of(item).on_or_after(turn.today)
            if first <= start <= last:
                codes.append(item.code)
    return codes


def starting_soon(turn: Turn, plan: Plan) -> list[str]:
    """Orders whose readiness is told by now: those that start within so many working days of their calendar."""
    calendar_of = Timetable(plan).of
    return [item.code for item in plan.items.values() if item.type == PRODUCTION and not item.status.has_started
            and calendar_of(item).add(item.start, -days_before(turn, item)) <= turn.today]  # fmt: skip


def days_before(turn: Turn, item: Item) -> int:
    """Working days before its start from which an order is looked at."""
    return turn.environment.days_before_of.get(item.department, turn.environment.days_before)


def in_turn(readiness: Readiness, codes: Collection[str]) -> list[Order]:
    """Those of them that are orders, the earliest start first."""
    orders = [order for order in map(readiness.order, codes) if order]
    return sorted(orders, key=lambda order: (order.start, order.item.code))


def _near(requirements: Requirements, orders: Collection[str]) -> Iterator[str]:
    """The items whose progress and forecast the readiness of these orders hangs on."""
    network = requirements.network
    products = {product for code in orders for product in requirements.required_by(code)}
    together = {one for product in products for one in requirements.together_with(product)}
    asking = {*orders, *(code for product in together for code, _ in requirements.orders_of.get(product, ()))}
    yield from asking
    for product in together:
        yield from requirements.supplies_of.get(product, ())
    for code in asking:
        node = network.index[code]
        ends = (network.ends[number] for number in network.touching[node])
        yield from (network.items[before].code for before, behind in ends if behind == node)
