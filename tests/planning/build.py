"""Small plans for tests: items by code and date, links as people say them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from planning.plan.impact import Impact
from planning.plan.item import Constraint, Item
from planning.plan.link import Link, LinkKind
from planning.plan.operation import Op, Operation, Value
from planning.plan.plan import Plan, Stock
from planning.plan.timetable import Timetable
from planning.schedule.assess import assess
from planning.schedule.schedule import place

MONDAY = date(2026, 11, 30)
"""Today in these tests."""
NOV, DEC, JAN, FEB, MAR = (date(2026, month, 1) for month in (11, 12, 1, 2, 3))


def day(text: str) -> date:
    """`12-01` of 2026, or a whole ISO date."""
    return date.fromisoformat(text if text.count("-") == 2 else f"2026-{text}")


def item(code: str, start: str = "", days: int = 1, **fields: Any) -> Item:
    """An item of so many working days; without a start it is placed by its links. `due` and `not_before` constrain."""
    for name, constraint in (
        ("due", Constraint.FINISH_NO_LATER_THAN),
        ("not_before", Constraint.START_NO_EARLIER_THAN),
    ):
        if name in fields:
            fields |= {"constraint": constraint, "constraint_date": day(fields.pop(name))}
    fields.setdefault("department", f"dept-{code.lower()}")
    first = day(start) if start else date.min
    return Item(code, f"item {code}", first, first, days, **fields)


def link(ends: str, kind: str = "FS", lag: int = 0, **fields: Any) -> Link:
    """`link("A B")`: B comes after A."""
    predecessor, successor = ends.split()
    return Link(predecessor, successor, LinkKind(kind), lag, **fields)


def plan_of(*parts: Item | Link, calendar: str = "weekdays", today: date = MONDAY, **fields: Any) -> Plan:
    """A placed plan; items that were given a start finish by their duration."""
    items = {part.code: part for part in parts if isinstance(part, Item)}
    links = tuple(part for part in parts if isinstance(part, Link))
    plan = Plan("main", "Main", 7, items, links, calendar, **fields)
    timetable = Timetable(plan)
    given = [i for i in items.values() if i.start != date.min]
    finished = [replace(i, finish=timetable.of(i).finish_of(i.start, i.duration)) for i in given]
    return place(plan.with_items(finished), {code for code, i in items.items() if i.start == date.min}, today)


def stock(**on_hand: int) -> Mapping[str, Stock]:
    return {product: Stock(product, Decimal(amount)) for product, amount in on_hand.items()}


def change(code: str, op: str, to: Value = None, pull: bool = False) -> Operation:
    """`to` is read as a date where the operation wants one."""
    wants_date = op in ("set_start", "set_finish") and isinstance(to, str)
    return Operation(code, Op(op), day(str(to)) if wants_date else to, pull)


def effect(plan: Plan, *operations: Operation, today: date = MONDAY) -> Impact:
    return assess(plan, operations, today)


def dates(source: Plan | Impact) -> dict[str, str]:
    """`12-01~12-03` by code; of an impact, of the changed items."""
    items = source.items if isinstance(source, Plan) else source.changed
    return {code: f"{i.start:%m-%d}~{i.finish:%m-%d}" for code, i in items.items()}


def refusals(impact: Impact) -> list[tuple[str, dict[str, str]]]:
    return [(refusal.code, dict(refusal.facts)) for refusal in impact.refused]
