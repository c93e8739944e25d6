"""Readiness of orders, read from the plan, its stock and the ledger of reports."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date
from operator import attrgetter
from typing import cast

from handlers.govern.facts import changed_since, reported_on
from handlers.kept import Seen
from handlers.kept_readiness import KnownReadiness
from handlers.turn import Turn
from planning.facts.forecast import Outlook, involved_in
from planning.plan.item import Item
from planning.plan.plan import Plan
from planning.plan.timetable import Timetable
from planning.readiness.goods import PRODUCTION
from planning.readiness.line import Order
from planning.readiness.readiness import Readiness
from planning.readiness.requirement import Requirements
from storage.plan.bulk import without_collecting

READINESS = "readiness"


def readiness_of(turn: Turn, plan: Plan, orders: Collection[str]) -> Readiness:
    """What these orders need is given in turn to all that need it. It costs what their products touch, and of what was
    asked before what has changed since."""
    environment, uow = turn.environment, turn.uow
    requirements = environment.requirements.of(environment.networks.of(plan))
    seen = Seen.of(uow)
    known = cast(KnownReadiness | None, uow.worked_out.get(READINESS)) or environment.readiness.of(plan.id)
    if known is None or not known.serves(plan, turn.today, seen):
        known = _nothing(turn, plan, requirements, seen)
    with without_collecting():
        now = _brought_up(turn, known, plan, requirements, seen, orders)
    uow.worked_out[READINESS] = now
    if uow.is_snapshot:
        environment.readiness.keep(now)
    return now.readiness


def _nothing(turn: Turn, plan: Plan, requirements: Requirements, seen: Seen) -> KnownReadiness:
    outlook = Outlook(requirements.network, {}, {}, turn.today, turn.environment.prior_days)
    readiness = Readiness(requirements, outlook, plan.stock, turn.today)
    return KnownReadiness(seen, plan, turn.today, readiness, {}, {}, frozenset(), frozenset())


def _brought_up(
    turn: Turn, known: KnownReadiness, plan: Plan, requirements: Requirements, seen: Seen, orders: Collection[str]
) -> KnownReadiness:
    changed = changed_since(turn, known, plan, requirements.network)
    new = frozenset(orders) - known.asked
    near = {*involved_in(requirements.network, set(_near(requirements, new)), alone=True)} if new else set[str]()
    if not (changed or near - known.read or seen != known.seen or plan is not known.plan):
        return replace(known, asked=known.asked | new)
    again = changed & known.read
    found, before = reported_on(turn, plan, again | (near - known.read))
    changed |= found.keys() - known.progress.keys()
    progress = dict(known.progress)
    for code in again:
        progress.pop(code, None)
    progress |= found
    planned = {**known.planned, **before} if before else known.planned
    outlook = known.readiness.outlook.updated(requirements.network, progress, planned, changed)
    readiness = known.readiness.updated(requirements, outlook, plan.stock, changed)
    read, asked = (known.read | near, known.asked | new) if new else (known.read, known.asked)
    return KnownReadiness(seen, plan, turn.today, readiness, progress, planned, read, asked)


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


def starting_soon(turn: Turn, plan: Plan) -> Sequence[str]:
    """Orders whose readiness is told by now: those that start within so many working days of their calendar."""
    def work() -> list[str]:
        calendar_of = Timetable(plan).of
        return [item.code for item in plan.items.values() if item.type == PRODUCTION and not item.status.has_started
                and calendar_of(item).add(item.start, -days_before(turn, item)) <= turn.today]  # fmt: skip

    return turn.once("starting soon", [], work) if plan is turn.plan() else work()


def days_before(turn: Turn, item: Item) -> int:
    """Working days before its start from which an order is looked at."""
    return turn.environment.days_before_of.get(item.department, turn.environment.days_before)


def in_turn(readiness: Readiness, codes: Collection[str]) -> list[Order]:
    """Those of them that are orders, the earliest start first."""
    with without_collecting():
        return sorted(readiness.orders(codes), key=attrgetter("place"))


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
