"""Two states of one plan side by side: a baseline and now, or any two revisions."""

from collections import Counter
from dataclasses import dataclass

from planning.plan.difference import differences, of_gone
from planning.plan.impact import Line
from planning.plan.item import Item
from planning.plan.link import Link
from planning.plan.plan import Plan
from planning.plan.timetable import Timetable


@dataclass(frozen=True, slots=True)
class Comparison:
    """The differences from `before` to `after`, both revision numbers. Lines have no path and no slack."""

    before: int
    after: int
    lines: tuple[Line, ...] = ()
    """By new start and code, the fields of an item together. A new item's `before`, a gone one's `after`, is empty."""
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    links_added: tuple[Link, ...] = ()
    links_removed: tuple[Link, ...] = ()


def compare(before: Plan, after: Plan) -> Comparison:
    """Compare two states of a plan; working days are counted as `after` counts them."""
    timetable = Timetable(after)
    touched = [item for code, item in after.items.items() if before.items.get(code) != item]
    lines = [
        line
        for item in sorted(touched, key=lambda item: (item.start, item.code))
        for line in _lines(before.items.get(item.code), item, timetable)
    ]
    gone = sorted(before.items.keys() - after.items.keys())
    lines += [
        difference.line(item, ()) for item in map(before.items.__getitem__, gone) for difference in of_gone(item)
    ]
    linked, unlinked = Counter(after.links), Counter(before.links)
    return Comparison(
        before.revision,
        after.revision,
        tuple(lines),
        tuple(sorted(after.items.keys() - before.items.keys())),
        tuple(gone),
        tuple((linked - unlinked).elements()),
        tuple((unlinked - linked).elements()),
    )


def _lines(before: Item | None, after: Item, timetable: Timetable) -> list[Line]:
    return [difference.line(after, ()) for difference in differences(before, after, timetable.of(after))]
