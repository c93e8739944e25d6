"""A plan: the items, links and stock of one factory or product line at one revision."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal

from planning.plan.calendar import WorkCalendar
from planning.plan.impact import Impact
from planning.plan.item import Item
from planning.plan.link import Link


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

    def with_items(self, changed: Iterable[Item]) -> "Plan":
        """The same plan with these items put in place of those of the same code."""
        return replace(self, items={**self.items, **{item.code: item for item in changed}})

    def with_effect(self, impact: Impact) -> "Plan":
        """The same plan as it is once this effect, assessed on it, is in it."""
        kept = tuple(link for link in self.links if link not in impact.links_removed)
        same = not impact.links_removed and not impact.links_added
        return replace(
            self.with_items(impact.changed.values()), links=self.links if same else (*kept, *impact.links_added)
        )
