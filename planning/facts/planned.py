"""An item as it was planned, below what facts have made of it: read back from the lines of its revisions."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from planning.facts.report import is_report
from planning.plan.calendar import ONE_DAY, WorkCalendar
from planning.plan.impact import Line
from planning.plan.item import Item, Status

FACT_FIELDS = ("start", "finish", "duration", "status")
"""What a start or a completion changes of its own item."""


@dataclass(frozen=True, slots=True)
class Planned:
    """`item` as it would stand without any report; `quantity` and `duration` as they were before it started: what the
    planned rate counts with."""

    item: Item
    quantity: Decimal | None
    duration: int


def planned(item: Item, past: Iterable[tuple[str, Line]], calendar: WorkCalendar) -> Planned:
    """`past`: lines of the revisions of this item, oldest first, each with the number of what brought it. What a change
    request or an import made of a field after a fact is planned as well; it then takes the days of its calendar between
    its two dates, of which one may be the plan's and the other the change's."""
    fields: dict[str, str] = {}
    quantity, duration, begun, moved = item.quantity, item.duration, False, False
    known: set[str] = set()
    for no, line in past:
        begun = begun or is_report(no)
        if begun and line.field not in known:
            known.add(line.field)
            quantity = _number(line.before) if line.field == "quantity" else quantity
            duration = int(line.before or 0) if line.field == "duration" else duration
        if line.field in FACT_FIELDS and is_report(no):
            fields.setdefault(line.field, line.before)
        elif line.field in FACT_FIELDS and fields:
            moved = True
            if line.field in fields:
                fields[line.field] = line.after
    as_planned = replace(item, **{name: _READ[name](text) for name, text in fields.items()}) if fields else item
    if moved and as_planned.duration:
        days = max(calendar.between(as_planned.start, as_planned.finish + ONE_DAY), 1)
        as_planned = replace(as_planned, duration=days)
    return Planned(as_planned, quantity, duration)


_READ: Mapping[str, Callable[[str], Any]] = {
    "start": date.fromisoformat,
    "finish": date.fromisoformat,
    "duration": int,
    "status": Status,
}


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text else None
