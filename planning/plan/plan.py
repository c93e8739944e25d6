"""A plan: the items, links and stock of one factory or product line at one revision."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from itertools import compress
from operator import eq, is_not
from typing import NamedTuple

from planning.plan.calendar import WorkCalendar
from planning.plan.impact import Impact
from planning.plan.item import Item
from planning.plan.link import Link

MOST_PUT = 64
"""Items put into others, from which on they are others themselves."""


@dataclass(frozen=True, slots=True)
class Stock:
    """The stock of one product in the warehouse."""

    product: str
    on_hand: Decimal
    safety: Decimal = Decimal(0)
    as_of: datetime | None = field(default=None, compare=False)
    """When it was counted; None: not known."""
    received: Mapping[str, Decimal] = field(default_factory=dict)
    """How much of each supply of it has come, by code: that lies in it and comes no more."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The unit of consistency: one head revision, changed only by an applied change request."""

    id: str
    name: str
    revision: int
    items: Mapping[str, Item]
    links: tuple[Link, ...] = ()
    calendar: str = "china"
    """Name of the calendar its dates are counted in: china, weekdays or every-day."""
    stock: Mapping[str, Stock] = field(default_factory=dict)
    department_calendars: Mapping[str, str] = field(default_factory=dict)
    """Department id → calendar name, where it differs from the plan's."""
    calendars: Mapping[str, WorkCalendar] = field(default_factory=dict)
    """Calendars of its own (a supplier's, a workshop's) by name; looked up before the built-in ones."""
    _put: "_Put | None" = field(default=None, compare=False, repr=False)

    def with_items(self, changed: Iterable[Item]) -> "Plan":
        """The same plan with these items put in place of those of the same code."""
        new = {item.code: item for item in changed}
        items = {**self.items, **new}
        return replace(self, items=items, _put=self._putting(items, new) if len(items) == len(self.items) else None)

    def differing(self, before: "Plan") -> Sequence[str] | None:
        """The items that are other objects than in a plan of the same items in the same order; None: it is no such
        plan. Of what `with_items` has made of one plan only what was put is looked at."""
        for made_of, codes in self._made_of():
            for other, theirs in before._made_of():
                if made_of is other:
                    both = dict.fromkeys((*codes, *theirs))
                    return [code for code in both if self.items[code] is not before.items[code]]
        if len(self.items) != len(before.items):
            return None
        # Side by side, as `with_items` keeps the order: looking up each code would cost more than all the rest.
        differs = list(map(is_not, self.items.values(), before.items.values()))
        found = list(compress(self.items, differs))
        return found if all(map(eq, found, compress(before.items, differs))) else None

    def _putting(self, items: Mapping[str, Item], new: Mapping[str, Item]) -> "_Put":
        put = self._put
        if put and put.made is self.items and len(put.codes) < MOST_PUT:
            return _Put(put.into, items, tuple(dict.fromkeys((*put.codes, *new))))
        return _Put(self.items, items, tuple(new))

    def _made_of(self) -> Iterator[tuple[Mapping[str, Item], Sequence[str]]]:
        yield self.items, ()
        if self._put and self._put.made is self.items:
            yield self._put.into, self._put.codes

    def with_effect(self, impact: Impact) -> "Plan":
        """The same plan as it is once this effect, assessed on it, is in it."""
        kept = tuple(link for link in self.links if link not in impact.links_removed)
        same = not impact.links_removed and not impact.links_added
        return replace(
            self.with_items(impact.changed.values()), links=self.links if same else (*kept, *impact.links_added)
        )


class _Put(NamedTuple):
    """How a plan's items were made: those of these codes put into others."""

    into: Mapping[str, Item]
    made: Mapping[str, Item]
    codes: Sequence[str]
