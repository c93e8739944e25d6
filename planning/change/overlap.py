"""Overlap of requests under way: the same wish, something else of the same item, or an item further up its chain."""

from collections.abc import Sequence
from enum import StrEnum

from planning.change.contested_fields import adds_up, contested
from planning.plan.operation import Operation


class Nearness(StrEnum):
    """Kinds of overlap, the most important first."""

    AGAIN = "again"
    """The same shift: with both, the item moves twice."""
    CONTESTED = "contested"
    """The same field otherwise."""
    SAME = "same"
    """The same wish: one of the two is enough."""
    ITEM = "item"
    """Something else of the same item."""
    BELOW = "below"
    """An item that this one hangs on."""


def nearness(mine: Sequence[Operation], theirs: Sequence[Operation], above: set[str]) -> Nearness | None:
    """The nearness of another request to mine; `above`: all that mine hangs on (`upstream`). None: not near."""
    items = {operation.item for operation in mine}
    both = [operation for operation in mine if operation in theirs]
    if any(map(adds_up, both)):
        return Nearness.AGAIN
    if contested(mine, theirs):
        return Nearness.CONTESTED
    if both:
        return Nearness.SAME
    if any(operation.item in items for operation in theirs):
        return Nearness.ITEM
    return Nearness.BELOW if any(operation.item in above for operation in theirs) else None
