"""What people last agreed to for an item, against which a standard rule is measured.

A standard change is approved beforehand, inside its bounds: several small ones must not add up to what nobody was asked
about. Import and vote agree; standard changes, and what the product moves by itself, do not.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from planning.plan.impact import Line
from planning.plan.item import Item

_DATES, _QUANTITY = ("start", "finish", "duration"), ("quantity",)


@dataclass(frozen=True, slots=True)
class Moved:
    """A line of a revision, and whether people agreed to that revision."""

    revision: int
    line: Line
    agreed: bool


def as_agreed(item: Item, past: Sequence[Moved]) -> Item:
    """The item without what has moved it since people last agreed. `past`: its lines since the window began, oldest
    first; of what lies before that nothing is asked."""
    was = {name: value for fields in (_DATES, _QUANTITY) for name, value in _before(past, fields)}
    return replace(
        item,
        start=date.fromisoformat(was["start"]) if "start" in was else item.start,
        finish=date.fromisoformat(was["finish"]) if "finish" in was else item.finish,
        duration=int(was["duration"]) if "duration" in was else item.duration,
        quantity=Decimal(was["quantity"]) if "quantity" in was else item.quantity,
    )


def _before(past: Sequence[Moved], fields: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """The value each of the fields had before the first move nobody agreed to. Who agrees to a date agrees to what
    comes with it, not to a quantity."""
    mine = [moved for moved in past if moved.line.field in fields]
    last = max((moved.revision for moved in mine if moved.agreed), default=0)
    first: dict[str, str] = {}
    for moved in mine:
        if moved.revision > last:
            first.setdefault(moved.line.field, moved.line.before or moved.line.after)  # new: what it began with
    yield from ((name, value) for name, value in first.items() if value)
