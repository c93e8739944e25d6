"""Taking a change back: the operations that make the plan of today what it was before the change (edge case 24).

A predecessor that goes back pulls nobody (docs/rules.md, I5), so each item the change touched is given back by an
operation of its own. An item that stands elsewhere by now than the change left it stays there, and is told.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from planning.change.change import Change
from planning.plan.columns import link_cells
from planning.plan.difference import amount
from planning.plan.impact import Line
from planning.plan.item import Item, Status
from planning.plan.operation import Op, Operation
from planning.plan.operation_values import restored_item
from planning.plan.plan import Plan
from planning.plan.timetable import Timetable
from planning.refusal import Refusal

PLACE = ("start", "finish", "duration", "mode")
"""The place of an item: given back together or not at all."""
RESTORED = (PLACE, ("quantity",), ("status",), ("department",))

Later = Mapping[tuple[str, str], str]
"""Item and field → the newest change that touched it after the one that is taken back."""
LEFT = "left-"
"""The beginning of the codes that tell of something left as it is."""


class GivenBack(StrEnum):
    """The share of a change that its compensating change gave back."""

    WHOLLY = "wholly"
    PARTLY = "partly"
    NOTHING = "nothing"
    AS_IT_WAS = "as-it-was"
    """There was nothing to give back: others had done so already."""


def given_back(by: Change) -> GivenBack:
    """The outcome of a compensating change that was to be in effect at once."""
    if by.impact.is_empty:
        return GivenBack.NOTHING if left_of(by) else GivenBack.AS_IT_WAS
    return GivenBack.PARTLY if left_of(by) else GivenBack.WHOLLY


def left_of(by: Change) -> list[Refusal]:
    """The fields a compensating change could not give back, with the reasons."""
    return [left for left in (*by.impact.refused, *by.impact.exceptions) if left.code.startswith(LEFT)]


@dataclass(frozen=True, slots=True)
class Restoration:
    """The operations that take a change back; `left` tells what they do not give back (`left-changed`), `moved` what
    cannot go where it was (`left-past`)."""

    operations: tuple[Operation, ...]
    left: tuple[Refusal, ...] = ()
    moved: tuple[Refusal, ...] = ()


def restoration(before: Plan, after: Plan, plan: Plan, later: Later, today: date) -> Restoration:
    """Take the change between `before` and `after` back on `plan`, the plan as it stands on this local date.

    An item the change brought in is cancelled. A start that has passed meanwhile is not given back to an item
    that has not begun: it begins today, or where it stands when that is earlier.
    """
    operations, left, moved = list[Operation](), list[Refusal](), list[Refusal]()
    timetable = Timetable(plan)
    for code, now in plan.items.items():
        was, became = before.items.get(code), after.items.get(code)
        if became is None or was is became or was == became:
            continue
        if was is None:
            if now.status is not Status.CANCELLED:
                operations.append(Operation(code, Op.RESTORE, {"status": Status.CANCELLED.value}))
            continue
        groups = [group for group in RESTORED if _values(was, group) != _values(became, group)]
        overtaken = [group for group in groups if _is_elsewhere(now, group, was, became)]
        left += (_changed_again(now, group, later) for group in overtaken)
        target = now
        for group in groups:
            if group not in overtaken:
                target = restored_item(target, _written_of(was, group))
        possible = _not_in_the_past(target, now, timetable, today)
        if possible != target:
            moved.append(Refusal("left-past", {"item": code, "title": now.title, "start": str(target.start)}))
        if cells := _cells(now, possible):
            operations.append(Operation(code, Op.RESTORE, cells))
    links = tuple(_links(before, after, plan))
    if links and not operations:  # it says that this takes back, so that no quantity follows the links
        operations.append(Operation(links[0].item, Op.RESTORE, {}))
    return Restoration((*links, *operations), tuple(left), tuple(moved))


def as_if_never(item: Item, past: Sequence[tuple[bool, Line]]) -> Item:
    """An item of the past without the changes that had been taken back in vain and so still stood there.

    `past`: the lines that had changed it, the newest first, each with True if that change has been taken back since.
    """
    for group in RESTORED:
        for taken_back, line in (one for one in past if one[1].field in group):
            if not taken_back or (not line.before and line.field != "quantity"):  # there was no such item yet
                break
            item = restored_item(item, {line.field: line.before})
    return item


def _values(item: Item, group: tuple[str, ...]) -> tuple[object, ...]:
    return tuple(getattr(item, field) for field in group)


def _is_elsewhere(now: Item, group: tuple[str, ...], was: Item, became: Item) -> bool:
    """True for an item that is neither where the change left it nor where it had been."""
    return _values(now, group) not in (_values(was, group), _values(became, group))


def _changed_again(item: Item, group: tuple[str, ...], later: Later) -> Refusal:
    """The refusal of a field changed since; `by` is empty where no line tells who did it."""
    by = max((later[item.code, field] for field in group if (item.code, field) in later), default="")
    field = "dates" if group is PLACE else group[0]
    return Refusal("left-changed", {"item": item.code, "title": item.title, "field": field, "by": by})


def _not_in_the_past(target: Item, now: Item, timetable: Timetable, today: date) -> Item:
    """The target, or the first place for it that is not in the past."""
    start = min(today, now.start)
    if now.status.has_started or target.start >= start:
        return target
    calendar = timetable.of(target)
    start = calendar.on_or_after(start)
    return replace(target, start=start, finish=calendar.finish_of(start, target.duration))


def _cells(now: Item, target: Item) -> dict[str, str]:
    """The fields in which they differ; of a place all of it."""
    cells: dict[str, str] = {}
    for group in RESTORED:
        if _values(now, group) != _values(target, group):
            cells |= _written_of(target, group)
    return cells


def _written_of(item: Item, group: tuple[str, ...]) -> dict[str, str]:
    return {field: _written(getattr(item, field)) for field in group}


def _written(value: object) -> str:
    match value:
        case date():
            return value.isoformat()
        case Decimal() | None:
            return amount(value)
        case _:
            return str(value)


def _links(before: Plan, after: Plan, plan: Plan) -> Iterator[Operation]:
    """The links it added go, the ones it removed come again, as far as nobody has done that since."""
    had, got, have = set(before.links), set(after.links), set(plan.links)
    for link in after.links:
        if link not in had and link in have:
            cells = {"successor": link.successor, "kind": link.kind.value, "drives": link.drives.value}
            yield Operation(link.predecessor, Op.UNLINK, cells)
    for link in before.links:
        if link not in got and link not in have:
            yield Operation(link.predecessor, Op.LINK, link_cells(link))
