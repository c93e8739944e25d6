"""The impact people read, from a propagated draft: lines, departments, late orders, broken constraints."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property

from planning.plan.calendar import ONE_DAY
from planning.plan.difference import amount, differences
from planning.plan.impact import Impact, LateOrder, Line
from planning.plan.item import Constraint, Item
from planning.plan.link import Link
from planning.refusal import Refusal
from planning.schedule.cause_path import Trace
from planning.schedule.edit import Edits
from planning.schedule.placement import ASAP
from planning.schedule.quantity import Flow
from planning.schedule.schedule import moved as moved_item
from planning.schedule.slack import Slacks
from planning.schedule.violations import Exceptions


class Effect:
    """The effect of some edits, once their dates and quantities are propagated."""

    def __init__(self, edits: Edits, flow: Flow) -> None:
        self._edits = edits
        self._draft = edits.draft
        self._network = edits.draft.network
        self._flow = flow
        self._trace = Trace(edits.draft)
        self._slacks = Slacks(edits.draft)

    def impact(self, revision: int, refused: Sequence[Refusal]) -> Impact:
        lines = tuple(sorted(self._lines(), key=self._reading_order))
        departments = self._departments(lines)
        informed = {name for item in self._changed.values() for name in item.also_informs}
        exceptions = Exceptions(self._draft).around(self._changed, self._edits.today)
        impact = Impact(
            revision=revision,
            lines=lines,
            departments=tuple(sorted(departments)),
            informed=tuple(sorted(informed - departments - {""})),
            late_orders=tuple(sorted(self._late_orders(), key=lambda late: late.item)),
            shortages=self._flow.shortages(),
            refused=tuple(refused),
            provisional=any(self._is_provisional(node) for node in self._changed),
            exceptions=(*exceptions, *self._flow.notes),
            changed=dict(sorted((item.code, item) for item in self._changed.values())),
            links_added=tuple(self._edits.added),
            links_removed=tuple(self._edits.removed),
        )
        return replace(impact, hash=hash_of(impact))

    @cached_property
    def _changed(self) -> dict[int, Item]:
        """The items that changed, by node."""
        owner = self._draft.owner
        touched = self._draft.edited | self._flow.quantities.keys() | {n for n in self._draft.moved if owner[n] == n}
        after = ((node, self._after(node)) for node in touched)
        return {node: item for node, item in after if item != self._before(node)}

    def _before(self, node: int) -> Item | None:
        return self._network.items[node] if node < len(self._network.items) else None

    def _after(self, node: int) -> Item:
        item, seat = self._draft.items[node], self._draft.seats[node]
        if seat.hold >= ASAP and (node in self._draft.moved or node in self._draft.edited):
            item = moved_item(item, seat, self._draft.start(node))
        quantity = self._flow.quantities.get(node)
        return item if quantity is None else replace(item, quantity=quantity)

    def _lines(self) -> Iterator[Line]:
        for node, item in self._changed.items():
            slack = self._slacks.before(node), self._slacks.after(node)
            calendar = self._draft.seats[node].calendar
            for difference in differences(self._before(node), item, calendar):
                yield difference.line(item, self._path(node, difference.field), slack)
        for links, added in ((self._edits.added, True), (self._edits.removed, False)):
            for link in links:
                yield self._link_line(link, added)

    def _path(self, node: int, field: str) -> tuple[str, ...]:
        """Dates and quantities follow others; what else changes was asked for of the item itself."""
        match field:
            case "start" | "finish":
                return self._trace.path(node)
            case "quantity":
                return self._flow.path(node)
            case _:
                return (self._draft.items[node].code,)

    def _link_line(self, link: Link, added: bool) -> Line:
        """A link is a line of the item it drives: its owner has to live with it."""
        other, driven = link.way
        node = self._draft.node_of(driven)
        item = self._changed.get(node, self._draft.items[node])
        before, after = ("", other) if added else (other, "")
        return Line(item.code, item.title, item.department, "link", before, after, path=(item.code,))

    def _reading_order(self, line: Line) -> tuple[object, ...]:
        """A key: items asked for first, then by new date; the fields of an item stay together."""
        node = self._draft.node_of(line.item)
        item = self._changed.get(node) or self._draft.items[node]
        return node not in self._draft.edited, item.start, line.item, FIELDS.index(line.field), line.before, line.after

    def _departments(self, lines: Sequence[Line]) -> set[str]:
        owners = {line.department for line in lines}
        owners |= {line.before for line in lines if line.field == "department"}
        owners |= {self._draft.items[node].department for node in self._slacks.turned_negative()}
        return owners - {""}

    def _late_orders(self) -> Iterator[LateOrder]:
        for node, item in self._changed.items():
            due, before = item.constraint_date, self._before(node)
            if due is None or item.constraint is not Constraint.FINISH_NO_LATER_THAN or item.status.is_over:
                continue
            if item.finish > due and (before is None or before.finish != item.finish):
                calendar = self._draft.seats[node].calendar
                days = calendar.between(due + ONE_DAY, item.finish + ONE_DAY)
                yield LateOrder(item.code, item.title, due, item.finish, days)

    def _is_provisional(self, node: int) -> bool:
        calendar = self._draft.seats[node].calendar
        return any(calendar.is_provisional(day) for day in self._days(node))

    def _days(self, node: int) -> Iterator[date]:
        for item in (self._before(node), self._changed[node]):
            if item is not None:
                yield item.finish


FIELDS = ("start", "finish", "duration", "quantity", "status", "mode", "department", "link")


def hash_of(impact: Impact) -> str:
    """The hash of everything people see, not of the revision: SHA-256 over canonical JSON, in hexadecimal."""
    told = (
        [_told(line) for line in impact.lines],
        impact.departments,
        impact.informed,
        [(late.item, late.title, str(late.due), str(late.finish), late.days) for late in impact.late_orders],
        [(short.product, short.unit, amount(short.before), amount(short.after)) for short in impact.shortages],
        [(refusal.code, dict(refusal.facts)) for refusal in (*impact.refused, *impact.exceptions)],
        impact.provisional,
    )
    return hashlib.sha256(json.dumps(told, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _told(line: Line) -> tuple[object, ...]:
    """A path is told by its ends and the step before the last: the lines of the others tell the rest."""
    step = line.path[0], *line.path[-2:]
    return (
        line.item, line.title, line.department, line.field, line.before, line.after, line.days,
        *step, line.slack_before, line.slack_after,
    )  # fmt: skip
