"""Facts of a wanted operation for the rules: the events it belongs to and the values conditions speak of."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from planning.control.fences import Zone
from planning.control.reasons import Fitting, reason_code
from planning.control.rules import Event, Facts
from planning.facts.report import ReportKind
from planning.people.organisation import Person
from planning.plan.calendar import WorkCalendar
from planning.plan.impact import Impact
from planning.plan.item import Item
from planning.plan.operation import Operation
from planning.plan.plan import Plan

ORDERS = ("sales_order", "delivery", "forecast")
MATERIALS = ("purchase", "receipt")


@dataclass(frozen=True, slots=True)
class Reported:
    """The newest report of an item, where reports have led to the wish."""

    kind: ReportKind
    scrap_rate: Fraction


@dataclass(frozen=True, slots=True)
class Wish:
    """One operation with what it would do, who wants it and why. `calendar` is the item's, `zone` its zone today."""

    operation: Operation
    plan: Plan
    impact: Impact
    calendar: WorkCalendar
    zone: Zone
    reason: str
    today: date
    proposer: Person | None
    """None: another system."""
    agreed: Mapping[str, Item] = field(default_factory=dict)
    """Items as people last agreed to them, of those it moves that were moved unasked since."""
    declares: bool = True
    """Its proposer may declare an emergency of its item."""
    fitting: Fitting = field(default_factory=dict)
    """Types that reason codes fit, as the settings have it."""
    reported: Reported | None = None

    @property
    def before(self) -> Item | None:
        return self.plan.items.get(self.operation.item)

    @property
    def item(self) -> Item | None:
        """The item as it is, or as it would be where it is new."""
        return self.before or self.impact.changed.get(self.operation.item)

    @property
    def code(self) -> str:
        """The reason's, where it fits the item."""
        return reason_code(self.reason, self.item.type if self.item else "", self.fitting)


def facts_of(wish: Wish) -> Facts:
    days = _days(wish)
    return Facts(frozenset(_events(wish, days)), _values(wish, days), tuple(_since_agreed(wish)), wish.declares)


def _since_agreed(wish: Wish) -> Iterator[dict[str, Any]]:
    """The values measured from what people last agreed to. Whatever follows may not have come further unasked than the
    rule lets its own item go: to push it from several sides is to slice, too."""
    if not wish.agreed:
        return
    own = wish.operation.item
    for code in (own, *(code for code in wish.agreed if code != own)):
        now = wish.plan.items.get(code)
        before, after = wish.agreed.get(code) or now, wish.impact.changed.get(code) or now
        measured: dict[str, Any] = {"quantity": _quantity(before, after)}
        if before is not None and after is not None:
            measured["days"] = _moved(before, after, wish.calendar)
        yield _values(wish, _days(wish)) | measured


def _moved(before: Item, after: Item, calendar: WorkCalendar) -> int:
    return calendar.between(before.finish, after.finish) or calendar.between(before.start, after.start)


def _days(wish: Wish) -> int:
    """The move of its finish, else of its start: signed working days."""
    lines = [line for line in wish.impact.lines if line.item == wish.operation.item]
    moved = {line.field: line.days or 0 for line in lines}
    return moved.get("finish", 0) or moved.get("start", 0)


def _events(wish: Wish, days: int) -> Iterator[Event]:
    item, code = wish.item, wish.code
    kind = item.type if item else ""
    if kind in ORDERS:
        yield Event.ORDER_CHANGE
    if kind in MATERIALS and days:
        yield Event.MATERIAL_DELAY if days > 0 else Event.MATERIAL_ARRIVAL
    if code == "machine":
        yield Event.MACHINE_DOWN
    if kind == "quality" or code == "quality":
        yield Event.QUALITY_HOLD
    if kind == "promotion" or code == "promotion":
        yield Event.PROMOTION
    if item and item.finish < wish.today and not item.status.is_over:
        yield Event.OVERDUE
    if any(shortage.after > 0 for shortage in wish.impact.shortages):
        yield Event.SHORTAGE
    if wish.reported:
        yield Event.FACT


def _values(wish: Wish, days: int) -> dict[str, Any]:
    item, proposer = wish.item, wish.proposer
    return {
        "item": item_values(item, wish.zone, wish.calendar, wish.today) if item else {},
        "op": wish.operation.op.value,
        "days": days,
        "quantity": _quantity(wish.before, wish.impact.changed.get(wish.operation.item) or wish.before),
        "reason_code": wish.code,
        "late_orders": len(wish.impact.late_orders),
        "shortages": sum(1 for shortage in wish.impact.shortages if shortage.after > 0),
        "departments": len(wish.impact.departments),
        "proposer": {
            "department": proposer.department if proposer else "",
            "roles": sorted(role.value for role in proposer.roles) if proposer else [],
        },
        "today": {"weekday": wish.today.isoweekday()},
        **_reported(wish),
    }


def _reported(wish: Wish) -> dict[str, Any]:
    told = wish.reported
    return {"kind": told.kind.value, "scrap_rate": float(told.scrap_rate)} if told else {}


def item_values(item: Item, zone: Zone, calendar: WorkCalendar, today: date) -> dict[str, Any]:
    return {
        "code": item.code,
        "type": item.type,
        "department": item.department,
        "status": item.status.value,
        "zone": zone.value,
        "product": item.product,
        "days_to_start": calendar.between(today, item.start),
    }


def _quantity(before: Item | None, after: Item | None) -> dict[str, float]:
    """Quantities, none where the item has none: a condition on it is then neither true nor false."""
    known = {"before": before, "after": after}
    told = {side: float(item.quantity) for side, item in known.items() if item and item.quantity is not None}
    if told.get("before") and "after" in told:
        told["ratio"] = told["after"] / told["before"]
    return told
