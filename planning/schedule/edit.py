"""The edit of each operation on a draft before anything is propagated, or its refusal.

Dates given by hand: a start on a day off means the next working day of the item's calendar, a finish on a day off the
working day before. An `alap` item that is driven by a need becomes `pinned` when it is moved by hand: the date is now
a fact that others wait for; `unpin` lets it follow its need again. An item in progress keeps its start: shift and
set_finish move its finish only. Nothing moves earlier into the past; an overdue item may still be moved later.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from planning.plan.calendar import ONE_DAY
from planning.plan.columns import item_of, link_of
from planning.plan.item import Item, Mode, Status
from planning.plan.limits import MAX_DAYS
from planning.plan.link import Drives, Link
from planning.plan.operation import Op, Operation
from planning.plan.operation_values import amount_of, cells_of, day_of, refuse_outside, restored_item, whole_of, word_of
from planning.refusal import Refused
from planning.schedule.lag import FOREVER
from planning.schedule.order import find_path, print_loop
from planning.schedule.overlay import Draft
from planning.schedule.placement import ALAP, too_early
from planning.schedule.split import parts_of, rewired


@dataclass(slots=True)
class Edits:
    """A draft under the hands of some operations."""

    draft: Draft
    today: date
    lead: set[int] = field(default_factory=set)
    """Nodes whose successors are pulled along."""
    freed: set[int] = field(default_factory=set)
    """Nodes that are pulled because a link that held them goes."""
    by_hand: dict[int, Operation] = field(default_factory=dict)
    """Nodes that were given a place, and the last operation that did."""
    quantities: dict[int, Decimal] = field(default_factory=dict)
    """Nodes that were given a quantity."""
    restoring: bool = False
    """A change is being taken back, item by item: no quantity follows another."""
    added: list[Link] = field(default_factory=list)
    removed: list[Link] = field(default_factory=list)

    def apply(self, operation: Operation) -> None:
        """Do one operation. Raises Refused and leaves the draft as it was."""
        match operation.op:
            case Op.ADD:
                self._add(operation)
            case Op.LINK:
                self._link(operation)
            case Op.UNLINK:
                self._unlink(operation)
            case Op.RESTORE:
                self._restore(operation)
            case _:
                self._change(operation)
        if operation.pull:
            self.lead.add(self.draft.node_of(operation.item))

    def pulled(self) -> set[int]:
        """The nodes where pulling begins, once the draft is wired."""
        return self.freed.union(*(self.draft.influenced_by(node) for node in self.lead))

    def _change(self, operation: Operation) -> None:
        node = self.draft.node_of(operation.item)
        item = self.draft.items[node]
        if item.status.is_over:
            raise Refused("item-is-over", item=item.code, status=item.status.value)
        match operation.op:
            case Op.SET_START | Op.SET_FINISH | Op.SHIFT:
                self._move(node, item, operation)
            case Op.SET_DURATION:
                self.draft.put(self._with_duration(node, item, whole_of(operation, 0)))
            case Op.SET_QUANTITY:
                self.quantities[node] = amount_of(operation)
                self.draft.put(replace(item, quantity=self.quantities[node]))
            case Op.SPLIT:
                self._split(node, item, operation)
            case Op.CANCEL:
                self.draft.put(replace(item, status=Status.CANCELLED))
            case Op.PIN:
                self.draft.put(replace(item, mode=Mode.PINNED))
            case Op.UNPIN:
                self.draft.put(replace(item, mode=self._natural_mode(item)))
            case Op.REASSIGN:
                self.draft.put(replace(item, department=word_of(operation)))

    def _split(self, node: int, item: Item, operation: Operation) -> None:
        parts = parts_of(item, operation, self.draft.seats[node].calendar)
        if self.draft.find(parts.rest.code) is not None:
            raise Refused("item-exists", item=parts.rest.code)
        links = rewired(parts, self.draft.links_of(node))
        for link in links.gone:
            self._take_out(next(n for n in self.draft.touching[node] if self.draft.links[n] == link))
        for part in (parts.first, parts.rest):
            self.quantities[self.draft.put(part)] = part.quantity or Decimal(0)
        for link in links.new:
            self.draft.add_link(link)
            self.added.append(link)

    def _restore(self, operation: Operation) -> None:
        """Give an item its former values back. One that has begun or ended since keeps its place."""
        self.restoring = True
        if not operation.to:
            return
        node = self.draft.node_of(operation.item)
        item = self.draft.items[node]
        restored = restored_item(item, cells_of(operation))
        if item.status.is_over and (item.status.has_started or restored.status is item.status):
            raise Refused("item-is-over", item=item.code, status=item.status.value)
        if item.status.has_started and restored.start != item.start:
            raise Refused("already-started", item=item.code, start=item.start)
        self.draft.put(restored)

    def _move(self, node: int, item: Item, operation: Operation) -> None:
        seat = self.draft.seats[node]
        calendar = seat.calendar
        match operation.op:
            case Op.SHIFT:
                start = seat.start + whole_of(operation, -MAX_DAYS)
            case Op.SET_START:
                start = calendar.position(day_of(operation))
            case _:
                start = calendar.position(day_of(operation) + ONE_DAY) - max(seat.span, 1)
        if item.status.has_started:
            self.draft.put(self._with_finish(node, item, operation, start - seat.start))
            return
        first, last = calendar.day(start), calendar.day(start + max(seat.span - 1, 0))
        refuse_outside(first, last)
        if first < self.today and first < item.start:
            ending = "-finish" if operation.op is Op.SET_FINISH else ""
            raise Refused(f"in-the-past{ending}", item=item.code, date=first, finish=last, today=self.today)
        if start < seat.floor:
            wished = seat._replace(start=start)
            refusal = too_early("before-constraint", operation, wished, seat.floor, seat.start)
            raise Refused(refusal.code, **refusal.facts)
        driven = seat.hold == ALAP and (seat.due < FOREVER or self._natural_mode(item) is Mode.ALAP)
        mode = Mode.PINNED if driven else item.mode
        self.draft.put(replace(item, start=first, finish=last, mode=mode))
        self.by_hand[node] = operation

    def _with_finish(self, node: int, item: Item, operation: Operation, days: int) -> Item:
        """Move the finish of an item that has begun by so many working days, and its duration with it."""
        if operation.op is Op.SET_START:
            raise Refused("already-started", item=item.code, start=item.start)
        if days == 0:
            return item
        seat = self.draft.seats[node]
        duration = max(seat.span, 1) + days  # a milestone is shown on a day too
        if duration < 1:
            last = seat.calendar.day(seat.start + duration - 1)
            raise Refused("finish-before-start", item=item.code, start=item.start, finish=last)
        changed = self._with_duration(node, item, duration)
        if changed.finish < self.today and changed.finish < item.finish:
            raise Refused("in-the-past", item=item.code, date=changed.finish, today=self.today)
        return changed

    def _with_duration(self, node: int, item: Item, duration: int) -> Item:
        seat = self.draft.seats[node]
        last = seat.calendar.day(seat.start + max(duration - 1, 0))
        refuse_outside(item.start, last)
        return replace(item, duration=duration, finish=last)

    def _natural_mode(self, item: Item) -> Mode:
        """The mode `alap` of an item with a link meant to drive it backwards: links remember, the mode does not."""
        node = self.draft.node_of(item.code)
        needs = (link for link in self.draft.links_of(node) if link.predecessor == item.code)
        return Mode.ALAP if any(link.drives is Drives.PREDECESSOR for link in needs) else Mode.ASAP

    def _add(self, operation: Operation) -> None:
        if self.draft.find(operation.item) is not None:
            raise Refused("item-exists", item=operation.item)
        if not operation.item.strip():
            raise Refused("bad-value", op=operation.op.value, item="", found="", wanted="a code")
        timetable = self.draft.timetable
        item = item_of(operation.item, cells_of(operation), timetable.for_columns, self.today)
        refuse_outside(item.start, item.finish)
        node = self.draft.put(item)
        if item.quantity is not None:
            self.quantities[node] = item.quantity

    def _link(self, operation: Operation) -> None:
        predecessor = self.draft.items[self.draft.node_of(operation.item)]
        natural = Drives.PREDECESSOR if predecessor.mode is Mode.ALAP else Drives.SUCCESSOR
        link = link_of(operation.item, cells_of(operation), natural)
        first, then = self.draft.node_of(link.predecessor), self.draft.node_of(link.successor)
        if link.calendar:
            self.draft.timetable.named(link.calendar)
        if any(_same(link, other) for other in self.draft.links_of(first)):
            raise Refused("link-exists", predecessor=link.predecessor, successor=link.successor, kind=link.kind.value)
        back = find_path(then, first, self.draft.successors)
        if back:
            raise Refused("loop", path=print_loop([self.draft.code_of(node) for node in back]))
        self.draft.add_link(link)
        self.added.append(link)

    def _unlink(self, operation: Operation) -> None:
        """Remove the link between the two whose columns are given; columns not given may be anything."""
        cells = cells_of(operation)
        wanted = link_of(operation.item, cells)
        node = self.draft.node_of(operation.item)
        found = [n for n in self.draft.touching[node] if _meant(wanted, self.draft.links[n], cells)]
        if not found:
            raise Refused("no-such-link", predecessor=operation.item, successor=wanted.successor)
        if len(found) > 1:
            kinds = ", ".join(sorted(self.draft.links[n].kind for n in found))
            raise Refused("which-link", predecessor=operation.item, successor=wanted.successor, kinds=kinds)
        if operation.pull:
            self.freed.add(self.draft.node_of(self.draft.links[found[0]].successor))
        self._take_out(found[0])

    def _take_out(self, number: int) -> None:
        link = self.draft.links[number]
        self.draft.remove_link(number)
        if link in self.added:
            self.added.remove(link)
        else:
            self.removed.append(link)


def _same(one: Link, other: Link) -> bool:
    return (one.ends, one.kind, one.drives) == (other.ends, other.kind, other.drives)


def _meant(wanted: Link, link: Link, cells: Mapping[str, object]) -> bool:
    said = {"lag_days": "lag"}
    names = (said.get(name, name) for name in cells if name != "predecessor")
    return link.ends == wanted.ends and all(getattr(link, name) == getattr(wanted, name) for name in names)
