"""The operations that bring an exploded order into a plan: what is not there yet, and other quantities of what is."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from planning.generation.explosion import Explosion, Line, Order
from planning.generation.template import Template, Tie
from planning.plan.amount import plain
from planning.plan.item import Constraint, Item, Mode
from planning.plan.link import Drives, LinkKind
from planning.plan.operation import Op, Operation
from planning.plan.plan import Plan
from planning.plan.ratio import written

GENERATED = "generated_for"
"""The column of an item that says for which order it was generated."""


@dataclass(frozen=True, slots=True)
class Differing:
    """An item that is there with other data than the template gives, and is left as it is."""

    code: str
    there: str
    given: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """`operations` bring the order into the plan; empty: all of it is there."""

    operations: tuple[Operation, ...]
    differing: tuple[Differing, ...]


def wanted_of(plan: Plan, template: Template, order: Order, found: Explosion) -> Wanted:
    """What a plan lacks of an exploded order. What somebody else has put there under such a code is shown as a
    difference and left as it is, without links that would change it; so is a day that was moved since."""
    operations: list[Operation] = []
    differing: list[Differing] = []
    leading = template.leading()
    for line in found.lines:
        code = template.code_of(line.stage.key, order.code)
        there = plan.items.get(code)
        if there is None:
            operations.append(_added(template, order, line, code, line.stage.key in leading))
            continue
        if _may_follow(there, order) and there.quantity != line.quantity:
            operations.append(Operation(code, Op.SET_QUANTITY, line.quantity))
        elif there.quantity != line.quantity:
            differing.append(Differing(code, _amount(there.quantity), _amount(line.quantity)))
        if there.finish != line.finish:
            differing.append(Differing(code, there.finish.isoformat(), line.finish.isoformat()))
    operations += _links(plan, template, order, found)
    return Wanted(tuple(operations), tuple(differing))


def without_its_own(plan: Plan, template: Template, order: str) -> Plan:
    """The plan as it was before the order was generated: what is free then does not depend on how often it is."""
    own = {template.code_of(stage.key, order) for stage in template.stages}
    items = {code: item for code, item in plan.items.items() if code not in own}
    links = tuple(link for link in plan.links if own.isdisjoint(link.ends))
    return Plan(
        plan.id, plan.name, plan.revision, items, links, plan.calendar, plan.stock, plan.department_calendars,
        plan.calendars,
    )  # fmt: skip


def promise_of(order: Item) -> date:
    """The day an order is promised for: the one it must not be later than, else its own finish."""
    is_held = order.constraint is Constraint.FINISH_NO_LATER_THAN and order.constraint_date
    return order.constraint_date if is_held and order.constraint_date else order.finish


def _may_follow(there: Item, order: Order) -> bool:
    is_its_own = there.attributes.get(GENERATED) == order.code
    return is_its_own and not there.status.has_started and not there.status.is_over and there.quantity is not None


def _amount(quantity: Decimal | None) -> str:
    return "" if quantity is None else plain(quantity)


def _added(template: Template, order: Order, line: Line, code: str, is_leading: bool) -> Operation:
    stage = line.stage
    cells = {
        "title": stage.title, "type": stage.type, "department": stage.department,
        "start": line.start.isoformat(), "duration_days": str(stage.days),
        "quantity": _amount(line.quantity), "unit": (stage.unit or order.unit) if line.quantity is not None else "",
        "product": (stage.product or order.product) if line.quantity is not None else "",
        "lot_multiple": plain(stage.lot) if stage.lot else "",
        GENERATED: order.code,
    }  # fmt: skip
    if stage.key == template.delivery:
        cells |= {"constraint": Constraint.FINISH_NO_LATER_THAN, "constraint_date": order.day.isoformat()}
    elif is_leading:
        cells["mode"] = Mode.ALAP
    return Operation(code, Op.ADD, {name: value for name, value in cells.items() if value})


def _links(plan: Plan, template: Template, order: Order, found: Explosion) -> Iterator[Operation]:
    there = {(link.predecessor, link.successor, link.kind) for link in plan.links}
    own = {line.stage.key for line in found.lines if _is_its_own(plan, template, order, line)}
    leading = template.leading()
    for tie in template.ties:
        ends = template.code_of(tie.first, order.code), template.code_of(tie.then, order.code)
        if {tie.first, tie.then} <= own and (*ends, tie.kind) not in there:
            yield Operation(ends[0], Op.LINK, _cells(tie, ends[1], is_leading=tie.then in leading))
    peg = _peg(plan, template, order, found)
    if peg and template.delivery in own and not {(*peg.ends, kind) for kind in LinkKind} & there:
        yield Operation(peg.first, Op.LINK, peg.cells)


def _cells(tie: Tie, successor: str, *, is_leading: bool) -> dict[str, str]:
    cells = {
        "successor": successor, "kind": tie.kind.value, "lag_days": str(tie.lag), "lag_kind": tie.lag_kind.value,
        "drives": (Drives.PREDECESSOR if is_leading else Drives.SUCCESSOR).value,
        "ratio": written(tie.ratio), "scrap": plain(tie.scrap) if tie.scrap else "",
    }  # fmt: skip
    return {name: value for name, value in cells.items() if value}


def _is_its_own(plan: Plan, template: Template, order: Order, line: Line) -> bool:
    there = plan.items.get(template.code_of(line.stage.key, order.code))
    return there is None or there.attributes.get(GENERATED) == order.code


class _Peg(NamedTuple):
    first: str
    then: str
    kind: LinkKind
    drives: Drives
    ratio: str

    @property
    def ends(self) -> tuple[str, str]:
        return self.first, self.then

    @property
    def cells(self) -> dict[str, str]:
        return {"successor": self.then, "kind": self.kind.value, "drives": self.drives.value, "ratio": self.ratio}


def _peg(plan: Plan, template: Template, order: Order, found: Explosion) -> _Peg | None:
    """The order's demand on its delivery, so that what it asks later goes on to all it needs."""
    line = next(line for line in found.lines if line.stage.key == template.delivery)
    code, asking = template.code_of(template.delivery, order.code), plan.items[order.code]
    if line.stage.quantity is None:
        return None
    ratio = written(line.stage.quantity)
    if asking.finish < line.start:
        return _Peg(order.code, code, LinkKind.FS, Drives.SUCCESSOR, ratio)
    if line.finish <= asking.finish:
        return _Peg(code, order.code, LinkKind.FF, Drives.PREDECESSOR, ratio)
    return None
