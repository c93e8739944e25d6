"""A company's readiness as the product works it out, and as the independent program does, in words that compare."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from zoneinfo import ZoneInfo

from planning.facts.forecast import Outlook
from planning.plan.plan import Stock
from planning.readiness.line import Order, Prerequisite
from planning.readiness.readiness import Readiness
from planning.readiness.requirement import Requirements
from planning.readiness.shelf import Count, Shelves, newest
from tests.oracle.readiness import Order as TheirOrder
from tests.planning.facts.test_oracle import Ours

ZONE = ZoneInfo("Asia/Shanghai")


@dataclass
class Ready(Ours):
    @cached_property
    def requirements(self) -> Requirements:
        return Requirements(self.network)

    @cached_property
    def counts(self) -> list[Count]:
        return [
            Count(row["product"], Decimal(row["on_hand"]), datetime.fromisoformat(row["as_of"]),
                  Decimal(row["safety"] or 0))
            for row in self.rows("stock")
        ]  # fmt: skip

    @cached_property
    def backflush(self) -> frozenset[str]:
        return frozenset(self.settings.get("backflush", "").split("|"))

    def shelves(self, outlook: Outlook, now: datetime) -> Mapping[str, Stock]:
        shelves = Shelves(self.network, lambda code: outlook.progress_of(code).words, ZONE, self.backflush)
        return {
            name: shelves.now(count)
            for name, count in newest(one for one in self.counts if one.as_of <= now).items()
        }

    def readiness(self, now: datetime) -> Readiness:
        outlook = self.outlook(now)
        return Readiness(self.requirements, outlook, self.shelves(outlook, now), now.date())


Told = tuple[object, ...]


def told(order: Order) -> Told:
    """Start, colour, day, 可先做, and each line with its colour, shortage and day."""
    lines = sorted(
        (one.name, one.colour.value, None, None, one.eta) if isinstance(one, Prerequisite)
        else (one.name, one.colour.value, Fraction(one.need), Fraction(one.short), one.eta)
        for one in order.all
    )  # fmt: skip
    return order.start, order.colour.value, order.eta, Fraction(order.can_begin), lines


def theirs(order: TheirOrder) -> Told:
    lines = [(one.name, one.colour, one.need, one.short, one.eta) for one in order.lines]
    lines += [(one.name, one.colour, None, None, one.eta) for one in order.errands]
    return order.start, order.colour, order.eta, order.can_do, sorted(lines, key=lambda line: line[0])
