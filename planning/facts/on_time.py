"""Delivery on time: the orders that were promised for days that are over, and those of them that were kept."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from planning.facts.promise import PROMISED
from planning.plan.item import Item, Status

FEW, MANY = 5, 20
"""Below so many orders a number says nothing; from so many on it is a percentage, and has a colour."""


@dataclass(frozen=True, slots=True)
class OnTime:
    kept: int
    due: int

    @property
    def percent(self) -> int | None:
        """None of fewer orders than a percentage needs."""
        return int(Fraction(100 * self.kept, self.due) + Fraction(1, 2)) if self.due >= MANY else None


def on_time(items: Iterable[Item], promised: Mapping[str, date], first: date, last: date) -> OnTime:
    """Orders whose promised day lies in these days, without the cancelled ones: done on or before it is kept."""
    due = [
        item
        for item in items
        if item.type in PROMISED and item.status is not Status.CANCELLED and first <= _day(item, promised) <= last
    ]
    done = (Status.DONE, Status.CLOSED)
    return OnTime(sum(item.status in done and item.finish <= _day(item, promised) for item in due), len(due))


def _day(item: Item, promised: Mapping[str, date]) -> date:
    """The promised day; of what nobody promised the planned one."""
    return promised.get(item.code, item.finish)
