"""A hundred thousand items, two hundred thousand links, fifty thousand open reports: the readiness of every order, and
again after one report; beside the independent program of the tests, which reads a smaller company from files."""

import gc
import time
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from planning.facts.forecast import Outlook
from planning.facts.progress import Progress, progress
from planning.facts.report import Report, ReportKind
from planning.facts.tally import NOTHING, Tally
from planning.plan.calendar import calendar_named
from planning.plan.item import Item
from planning.plan.link import Drives, Link
from planning.plan.plan import Plan, Stock
from planning.readiness.line import Colour
from planning.readiness.readiness import Readiness
from planning.readiness.requirement import Requirements
from planning.readiness.shelf import Count, Shelves
from planning.schedule.network import Network
from storage.plan.bulk import without_collecting
from tests.bench.measure import best, processor
from tests.oracle.company import Company
from tests.oracle.exceptions import View
from tests.oracle.generate import large
from tests.planning.readiness.worlds import orders_of

TODAY = date(2026, 12, 2)
ZONE = ZoneInfo("Asia/Shanghai")
WEEKDAYS = calendar_named("weekdays")
AT = datetime(2026, 12, 2, 3, tzinfo=UTC)
OWN, SHARED = 3, 5
"""Purchases of an order, and links to those of others."""


def company(items: int, *, in_order: bool = False) -> Plan:
    """Orders that buy three goods each and lack some of what others buy; every product has thirty purchases.
    `in_order`: they take of what earlier ones buy, so that nearly all links hold."""
    random, rows, links = Random(1), list[Item](), list[Link]()
    orders, bought = items // (OWN + 1), list[str]()
    starts = [WEEKDAYS.on_or_after(TODAY + timedelta(random.randint(1, 60))) for _ in range(orders)]
    for n, start in enumerate(sorted(starts) if in_order else starts):
        quantity = Decimal(random.randint(1, 20) * 50)
        order = Item(f"MO-{n:06}", "组装", start, WEEKDAYS.finish_of(start, 3), 3, "production", "workshop",
                     quantity=quantity, unit="pcs")  # fmt: skip
        rows.append(order)
        for part in range(OWN):
            due = WEEKDAYS.on_or_before(start - timedelta(random.randint(-2, 12)))
            begin = WEEKDAYS.start_of(due, 3)
            product = f"part-{(n * OWN + part) % (orders * OWN // 30)}"
            code = f"PO-{n:06}-{part}"
            rows.append(Item(code, "买料", begin, due, 3, "purchase", "purchasing", quantity=quantity, unit="pcs",
                             product=product))  # fmt: skip
            links.append(Link(code, order.code, ratio=Decimal(1), drives=Drives.PREDECESSOR))
            bought.append(code)
        others = random.sample(bought, min(SHARED, len(bought)))
        links += [Link(other, order.code, ratio=Decimal("0.1"), drives=Drives.PREDECESSOR)
                  for other in others if other not in {link.predecessor for link in links[-OWN:]}]  # fmt: skip
    return Plan("main", "Main", 1, {item.code: item for item in rows}, tuple(links), "weekdays")


def arrivals(plan: Plan, count: int) -> Mapping[str, Progress]:
    """A part of so many purchases has come."""
    purchases = [item for item in plan.items.values() if item.type == "purchase"][:count]
    return {item.code: _arrived(item, number) for number, item in enumerate(purchases)}


def _arrived(item: Item, number: int) -> Progress:
    good = (item.quantity or Decimal(0)) // 2
    said = Report(f"RP-20261202-{number:06}", item.code, ReportKind.ARRIVAL, TODAY, AT, good=good)
    return progress(item, Tally.of([said]), NOTHING, WEEKDAYS)


def every_order(items: int = 100_000) -> None:
    plan = company(items)
    print(f"\nReadiness: {len(plan.items):,} items, {len(plan.links):,} links, {items // 2:,} open reports")
    network, said = Network.of(plan), arrivals(plan, items // 2)
    counts = counts_of(network)
    begun = time.perf_counter()
    requirements = Requirements(network)
    print(f"  what each order needs, compiled once: {(time.perf_counter() - begun) * 1000:,.0f} ms")
    gc.freeze()
    print(f"  stock of {len(counts):,} products as it is now: {best(lambda: counted(network, said), 3):,.0f} ms")
    stock = counted(network, said)

    def whole() -> list[Colour]:
        outlook = Outlook(network, said, {}, TODAY)
        with without_collecting():  # as where it is served
            return [order.colour for order in orders_of(Readiness(requirements, outlook, stock, TODAY))]

    taken, colours = processor(whole, 3), dict(_counted(whole()))
    print(f"  every order, with the forecasts it hangs on: {taken:,.0f} ms of CPU, {colours}")
    outlook = Outlook(network, said, {}, TODAY)
    before = Readiness(requirements, outlook, stock, TODAY)
    orders_of(before)
    late = next(item for item in plan.items.values() if item.type == "purchase" and item.code not in said)

    def after_one() -> int:
        now = {**said, late.code: _arrived(late, 0)}
        seen = outlook.updated(network, now, {}, [late.code])
        name = late.product
        words = Shelves(network, lambda code: now[code].words if code in now else (), ZONE)
        there = {**stock, name: words.now(next(count for count in counts if count.product == name))}
        after = before.updated(requirements, seen, there, [late.code])
        return sum(order.colour is Colour.RED for order in orders_of(after))

    print(f"  the same after one report: {processor(after_one, 5):,.1f} ms of CPU")
    _theirs(items // 10)


def counts_of(network: Network) -> list[Count]:
    return [Count(name, Decimal(400), AT - timedelta(hours=3), Decimal(50)) for name in sorted(network.members)]


def counted(network: Network, said: Mapping[str, Progress]) -> Mapping[str, Stock]:
    """The stock of every product as it is now."""
    shelves = Shelves(network, lambda code: said[code].words if code in said else (), ZONE)
    return {count.product: shelves.now(count) for count in counts_of(network)}


def _counted(colours: list[Colour]) -> Mapping[str, int]:
    return {colour.value: colours.count(colour) for colour in Colour}


def _theirs(items: int) -> None:
    with TemporaryDirectory() as folder:
        company = Company(large(Path(folder), 1, items))
        view = View(company, datetime(2026, 12, 2, 20, tzinfo=ZONE))
        begun = time.perf_counter()
        orders = view.orders
        taken = (time.perf_counter() - begun) * 1000
        print(f"  the independent program, {items:,} items, the ledger alone: {taken:,.0f} ms, {len(orders):,} orders")
