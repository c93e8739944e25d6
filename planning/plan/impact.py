"""The impact of a change on the plan: a value, computed without writing anything."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from planning.plan.item import Item
from planning.plan.link import Link
from planning.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Line:
    """One field of one item that changes. `before`/`after` are ISO dates, decimals or words; empty: did not exist."""

    item: str
    title: str
    department: str
    field: str
    """start, finish, duration, quantity, status, mode, department or link (then `before`/`after` is the other end)."""
    before: str
    after: str
    days: int | None = None
    """Signed working days between before and after, for dates and durations."""
    path: tuple[str, ...] = ()
    """Item codes from the changed item to this one along the critical path; one code: changed directly."""
    slack_before: int | None = None
    """Working days the item could still slip before something promised is late; None: nothing promised."""
    slack_after: int | None = None


@dataclass(frozen=True, slots=True)
class LateOrder:
    """An item that now finishes after what was promised (its finish_no_later_than)."""

    item: str
    title: str
    due: date
    finish: date
    days: int
    """Working days late."""


@dataclass(frozen=True, slots=True)
class Shortage:
    """A material whose supply falls short (positive) or runs over (negative) before and after the change."""

    product: str
    unit: str
    before: Decimal
    after: Decimal


@dataclass(frozen=True, slots=True)
class Impact:
    """The effect of a change request on one revision.

    `departments` are exactly those to ask: owners of changed lines and of items whose slack turned negative. Lines
    that nobody owns (see `unowned`) have no department here: the coordinator answers for them.
    `informed` are told only. `hash` covers lines, departments, late orders, shortages and refusals, not the revision:
    the same effect on a newer head has the same hash.
    """

    revision: int
    lines: tuple[Line, ...] = ()
    departments: tuple[str, ...] = ()
    informed: tuple[str, ...] = ()
    late_orders: tuple[LateOrder, ...] = ()
    shortages: tuple[Shortage, ...] = ()
    refused: tuple[Refusal, ...] = ()
    provisional: bool = False
    """Some date lies past the calendar's `known_until`."""
    exceptions: tuple[Refusal, ...] = ()
    """Broken constraints around the changed items, as codes and facts: links broken by an item that cannot move, wishes
    not met, work whose latest start is already past. Told, not refused."""
    hash: str = ""
    changed: Mapping[str, Item] = field(default_factory=dict, compare=False)
    """The items as they would be, by code, for an application to write."""
    links_added: tuple[Link, ...] = ()
    links_removed: tuple[Link, ...] = ()

    def lines_of(self, department: str) -> tuple[Line, ...]:
        """The lines a department answers for: its items', and the items it would give away."""
        return tuple(
            line
            for line in self.lines
            if line.department == department or (line.field == "department" and line.before == department)
        )

    @property
    def is_empty(self) -> bool:
        """True for an impact that leaves the plan as it is."""
        return not (self.lines or self.links_added or self.links_removed)

    @property
    def unowned(self) -> bool:
        """True for an impact on items that no department owns."""
        return any(not line.department for line in self.lines)
