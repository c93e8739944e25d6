"""Fields two requests contest: they want the same, something else, or things that stand side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from planning.plan.operation import Op, Operation


class Field(StrEnum):
    """The part of an item an operation is about. Dates hang together: moving one end moves what others see."""

    DATES = "dates"
    QUANTITY = "quantity"
    OWNER = "owner"
    MODE = "mode"
    LINK = "link"
    ITEM = "item"
    """Its being there at all: all its fields at once."""


_FIELDS = {
    Op.SET_START: Field.DATES,
    Op.SET_FINISH: Field.DATES,
    Op.SHIFT: Field.DATES,
    Op.SET_DURATION: Field.DATES,
    Op.SET_QUANTITY: Field.QUANTITY,
    Op.REASSIGN: Field.OWNER,
    Op.PIN: Field.MODE,
    Op.UNPIN: Field.MODE,
    Op.LINK: Field.LINK,
    Op.UNLINK: Field.LINK,
    Op.SPLIT: Field.ITEM,
    Op.ADD: Field.ITEM,
    Op.CANCEL: Field.ITEM,
    Op.RESTORE: Field.ITEM,
}
_PLACES = frozenset((Op.SET_START, Op.SET_FINISH, Op.SHIFT))
"""The place of an item; its duration is another thing, and both may be wanted."""


@dataclass(frozen=True, slots=True)
class Contested:
    """One field of one item that two requests want otherwise."""

    item: str
    field: Field


def contested(one: Sequence[Operation], other: Sequence[Operation]) -> tuple[Contested, ...]:
    """The fields both want, and not the same way; the same whichever of the two is named first.

    A request that wants all the other wants there, and more, is not against it; but the same shift twice moves it
    twice, which hardly anybody means.
    """
    met = {where for mine in one for theirs in other if (where := _meeting(mine, theirs))}
    found = [where for where in met if _differ(_about(one, where), _about(other, where))]
    return tuple(sorted(found, key=lambda where: (where.item, where.field)))


def adds_up(operation: Operation) -> bool:
    """True for a shift, which counts again when it is done again; all others say how a thing shall be."""
    return operation.op is Op.SHIFT


def summed_up(operations: Sequence[Operation]) -> tuple[Operation, ...]:
    """The same, as people count it: what moves an item by days, and again by days, moves it by their sum."""
    found = list[Operation]()
    for operation in operations:
        last = next((one for one in reversed(found) if one.item == operation.item), None)
        if last is None or not (adds_up(last) and adds_up(operation)) or last.pull is not operation.pull:
            found.append(operation)
            continue
        days = [one.to for one in (last, operation) if isinstance(one.to, int)]
        found[found.index(last)] = replace(last, to=sum(days))
    return tuple(operations) if any(adds_up(one) and not one.to for one in found) else tuple(found)


def merged(older: Sequence[Operation], newer: Sequence[Operation]) -> tuple[Operation, ...]:
    """Merge both into one: the older ones, then the newer ones, which win where they say how the same thing shall be.

    A newer shift counts from where the older request puts the item; the same shift is the same wish told twice.
    """
    kept = [operation for operation in older if not any(_replaces(later, operation) for later in newer)]
    return (*kept, *newer)


def _meeting(one: Operation, other: Operation) -> Contested | None:
    """The field two operations meet in, if they do."""
    fields = {_FIELDS[one.op], _FIELDS[other.op]}
    if Field.ITEM in fields:
        whole = one if _FIELDS[one.op] is Field.ITEM else other
        return Contested(whole.item, Field.ITEM) if whole.item in _items(one) & _items(other) else None
    if one.item != other.item or len(fields) > 1 or _items(one) != _items(other):
        return None
    return Contested(one.item, fields.pop())


def _items(operation: Operation) -> set[str]:
    """The items it is about: a link's two ends."""
    if isinstance(operation.to, Mapping) and _FIELDS[operation.op] is Field.LINK:
        return {operation.item, operation.to.get("successor", "")}
    return {operation.item}


def _about(operations: Sequence[Operation], where: Contested) -> list[Operation]:
    """The operations of one request there, in its order."""
    if where.field is Field.ITEM:
        return [operation for operation in operations if where.item in _items(operation)]
    return [o for o in operations if o.item == where.item and _FIELDS[o.op] is where.field]


def _differ(one: list[Operation], other: list[Operation]) -> bool:
    if any(adds_up(o) for o in one if o in other):
        return True
    return any(o not in other for o in one) and any(o not in one for o in other)


def _replaces(later: Operation, earlier: Operation) -> bool:
    if _meeting(later, earlier) is None:
        return False
    if later == earlier:
        return True
    if Field.ITEM in (_FIELDS[later.op], _FIELDS[earlier.op]):
        return True
    if _FIELDS[later.op] is Field.DATES:
        same = {later.op, earlier.op} <= _PLACES or later.op is earlier.op
        return same and not adds_up(later)
    return True
