"""A hundred thousand items, two hundred thousand links, fifty thousand open reports: a full scan for exceptions."""

import gc
from dataclasses import replace
from datetime import date

from planning.exceptions.conditions import Found, find
from planning.exceptions.situation import Situation
from planning.facts.forecast import Outlook
from planning.plan.plan import Plan
from planning.readiness.readiness import Readiness
from planning.readiness.requirement import Requirements
from planning.schedule.network import Network
from storage.plan.bulk import without_collecting
from tests.bench.measure import processor
from tests.bench.readiness import TODAY, WEEKDAYS, arrivals, company, counted

PROMISED = 10
"""One order in so many is promised."""


def full_scans(items: int = 100_000) -> None:
    plan = _owned(company(items, in_order=True))
    told = f"{len(plan.items):,} items, {len(plan.links):,} links, {items // 2:,} open reports"
    print(f"\nA full scan for exceptions: {told}")
    network, said = Network.of(plan), arrivals(plan, items // 2)
    requirements, stock = Requirements(network), counted(network, said)
    orders = [item for item in plan.items.values() if item.type == "production"]
    promised = {item.code: WEEKDAYS.add(item.finish, 5) for item in orders[::PROMISED]}
    gc.freeze()

    def from_nothing() -> Found:
        with without_collecting():  # as where it is served
            outlook = Outlook(network, said, {}, TODAY)
            return _scanned(outlook, Readiness(requirements, outlook, stock, TODAY), promised)

    print(f"  from nothing: {processor(from_nothing, 3):,.0f} ms of CPU, {len(from_nothing().findings):,} found")
    outlook = Outlook(network, said, {}, TODAY)
    readiness = Readiness(requirements, outlook, stock, TODAY)
    _scanned(outlook, readiness, promised)
    taken = processor(lambda: _scanned(outlook, readiness, promised), 3)
    print(f"  with the forecasts and the readiness that are kept: {taken:,.0f} ms of CPU", flush=True)


def _scanned(outlook: Outlook, readiness: Readiness, promised: dict[str, date]) -> Found:
    network = readiness.network
    return find(Situation(network, outlook, TODAY, promised=promised, baseline=promised, readiness=readiness))


def _owned(plan: Plan) -> Plan:
    return replace(plan, items={code: replace(item, owner="lin") for code, item in plan.items.items()})
