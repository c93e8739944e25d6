"""From a command to the operations it asks for, once the plan is at hand."""

from datetime import timedelta
from decimal import Decimal

from handlers.language.commands import Cancel, ChangeQuantity, Edge, Move, SetDuration, WhatIf, Write
from handlers.language.items import find_item
from handlers.language.quantities import same_unit
from handlers.language.spell import plain
from planning.plan.calendar import WorkCalendar
from planning.plan.item import Item
from planning.plan.link import LagKind
from planning.plan.operation import Op, Operation
from planning.plan.plan import Plan
from planning.plan.timetable import Timetable
from planning.refusal import Refused


def operations_of(command: Write | WhatIf, plan: Plan) -> tuple[Operation, ...]:
    """What the command would do to this plan, relative amounts worked out against its items.

    Raises what `find_item` raises, and `unit-mismatch`, `no-quantity`, `quantity-below-zero`, `duration-below-zero`.
    """
    if isinstance(command, WhatIf):
        return operations_of(command.inner, plan)
    item = find_item(plan, command.item)
    match command:
        case Move():
            return (_move(command, item, plan),)
        case ChangeQuantity():
            return (Operation(item.code, Op.SET_QUANTITY, _quantity(command, item)),)
        case SetDuration():
            return (Operation(item.code, Op.SET_DURATION, _duration(command, item)),)
        case Cancel():
            return (Operation(item.code, Op.CANCEL),)


def _move(command: Move, item: Item, plan: Plan) -> Operation:
    if command.to is not None:
        op = Op.SET_START if command.edge is Edge.START else Op.SET_FINISH
        return Operation(item.code, op, command.to, command.pull)
    days = command.shift or 0
    if command.unit is LagKind.WORKING:
        return Operation(item.code, Op.SHIFT, days, command.pull)
    return _calendar_shift(days, command.pull, item, calendar_of(plan, item))


def _calendar_shift(days: int, pull: bool, item: Item, calendar: WorkCalendar) -> Operation:
    """The finish, so many calendar days on; a day off gives way in the direction of the shift."""
    landed = item.finish + timedelta(days=days)
    finish = calendar.on_or_after(landed) if days > 0 else calendar.on_or_before(landed)
    return Operation(item.code, Op.SET_FINISH, finish, pull)


def calendar_of(plan: Plan, item: Item) -> WorkCalendar:
    """Whose working days it counts: as the plan itself counts them."""
    return Timetable(plan).of(item)


def _quantity(command: ChangeQuantity, item: Item) -> Decimal:
    if not same_unit(command.unit, item.unit):
        raise Refused("unit-mismatch", item=item.code, unit=item.unit, found=command.unit)
    if not command.relative:
        return command.amount
    if item.quantity is None:
        raise Refused("no-quantity", item=item.code)
    wanted = item.quantity + command.amount
    if wanted < 0:
        had, change = plain(item.quantity), plain(command.amount)
        raise Refused("quantity-below-zero", item=item.code, quantity=had, change=change)
    return wanted


def _duration(command: SetDuration, item: Item) -> int:
    wanted = item.duration + command.days if command.relative else command.days
    if wanted < 0:
        raise Refused("duration-below-zero", item=item.code, days=item.duration, change=command.days)
    return wanted
