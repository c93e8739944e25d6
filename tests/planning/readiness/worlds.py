"""Small worlds of orders, supplies and stock, drawn; and plans whose readiness is asked for."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random

from hypothesis import strategies as st

from planning.facts.forecast import Outlook
from planning.facts.progress import Progress, progress
from planning.facts.report import Report, ReportKind
from planning.facts.tally import NOTHING, Tally
from planning.plan.calendar import calendar_named
from planning.plan.item import Item, Status
from planning.plan.link import Drives, Link
from planning.plan.plan import Plan, Stock
from planning.readiness.goods import PRODUCTION
from planning.readiness.line import Order
from planning.readiness.readiness import Readiness
from planning.readiness.requirement import Requirements
from planning.schedule.network import Network

TODAY = date(2026, 12, 2)
WEEKDAYS = calendar_named("weekdays")
PRODUCTS = ("steel", "glass", "glue")


def readiness_of(
    plan: Plan, shelves: Mapping[str, Stock] | None = None, said: Mapping[str, Progress] | None = None,
    today: date = TODAY,
) -> Readiness:  # fmt: skip
    network = Network.of(plan)
    return Readiness(Requirements(network), Outlook(network, said or {}, {}, today), shelves or {}, today)


def orders_of(readiness: Readiness) -> list[Order]:
    """All that have not begun."""
    return readiness.orders([item.code for item in readiness.network.items if item.type == PRODUCTION])


def arrived(item: Item, good: int, day: date = TODAY) -> Progress:
    """Progress of a purchase of which so much has come."""
    at = datetime(day.year, day.month, day.day, 3, tzinfo=UTC)
    word = Report("RP-1", item.code, ReportKind.ARRIVAL, day, at, Decimal(good))
    return progress(item, Tally.of([word]), NOTHING, WEEKDAYS)


@dataclass(frozen=True)
class World:
    plan: Plan
    shelves: Mapping[str, Stock]
    said: Mapping[str, Progress]

    def readiness(self) -> Readiness:
        return readiness_of(self.plan, self.shelves, self.said)

    def shuffled(self, random: Random) -> "World":
        items, links = list(self.plan.items.items()), list(self.plan.links)
        random.shuffle(items)
        random.shuffle(links)
        return replace(self, plan=replace(self.plan, items=dict(items), links=tuple(links)))

    def with_stock(self, product: str, on_hand: int) -> "World":
        """Counted, with the safety that it has."""
        safety = self.shelves[product].safety if product in self.shelves else Decimal(0)
        return replace(self, shelves={**self.shelves, product: Stock(product, Decimal(on_hand), safety)})


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Up to five orders with up to four lines, some of them of one product, of supplies that come straight, through an
    inspection or through a receipt; counted and not counted."""
    days = st.integers(-3, 12).map(lambda n: WEEKDAYS.on_or_after(TODAY + timedelta(n)))
    amounts = st.integers(1, 8).map(lambda n: Decimal(n * 50))
    items, links, said = list[Item](), list[Link](), dict[str, Progress]()

    def add(code: str, kind: str, **fields: object) -> Item:
        day = draw(days)
        item = Item(code, code, day, day, 1, kind, unit="pcs", **fields)  # type: ignore[arg-type]
        items.append(item)
        return item

    orders = [
        add(f"MO-{n}", "production", quantity=draw(amounts),
            status=draw(st.sampled_from([Status.CONFIRMED] * 6 + [Status.IN_PROGRESS, Status.ON_HOLD])))
        for n in range(draw(st.integers(1, 5)))
    ]  # fmt: skip
    for n in range(draw(st.integers(0, 5))):
        bought = add(
            f"PO-{n}", "purchase", quantity=draw(amounts), product=draw(st.sampled_from(PRODUCTS)),
            status=draw(st.sampled_from([Status.CONFIRMED] * 6 + [Status.ON_HOLD, Status.CANCELLED])),
        )  # fmt: skip
        if bought.status is Status.CONFIRMED and draw(st.integers(0, 3)) == 0:
            said[bought.code] = arrived(bought, draw(st.integers(1, 6)) * 20)
        comes_from, way = bought, draw(st.integers(0, 4))
        if way == 0:
            own = draw(st.sampled_from(["", *PRODUCTS]))
            comes_from = add(f"QA-{n}", "inspection", quantity=bought.quantity, product=own)
        if way == 1:
            comes_from = add(f"RC-{n}", "receipt", quantity=bought.quantity, product=bought.product)
        if comes_from is not bought:
            links.append(Link(bought.code, comes_from.code, ratio=Decimal(1)))
        for order in draw(st.lists(st.sampled_from(orders), max_size=3, unique_by=lambda one: one.code)):
            scrap = draw(st.sampled_from(["0", "0", "0.02"]))
            ratio = draw(st.sampled_from(["1", "2", "0.5"]))
            links.append(Link(comes_from.code, order.code, ratio=Decimal(ratio), scrap=Decimal(scrap),
                              lag=draw(st.integers(0, 1)), drives=Drives.PREDECESSOR))  # fmt: skip
    if draw(st.booleans()):
        links.append(Link(add("DWG", "task").code, draw(st.sampled_from(orders)).code))
    counted = draw(st.lists(st.sampled_from(PRODUCTS), unique=True))
    shelves = {
        product: Stock(product, Decimal(draw(st.integers(-1, 8)) * 50), Decimal(draw(st.sampled_from([0, 0, 50]))))
        for product in counted
    }
    plan = Plan("p", "p", 1, {item.code: item for item in items}, tuple(links), "weekdays")
    return World(plan, shelves, said)
