"""Random plans and changes for property tests."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from planning.plan.item import Constraint, Item, Mode, Status
from planning.plan.link import Drives, LagKind, Link, LinkKind
from planning.plan.operation import Op, Operation
from planning.plan.plan import Plan
from planning.refusal import Refused
from planning.schedule.schedule import place

TODAY = date(2026, 2, 2)
DAYS = st.integers(0, 60).map(lambda n: TODAY + timedelta(n))
CALENDARS = st.sampled_from(["", "", "", "weekdays", "every-day", "china"])
MODES = st.sampled_from([Mode.ASAP, Mode.ASAP, Mode.ASAP, Mode.ALAP, Mode.ALAP, Mode.PINNED])
STATUSES = st.sampled_from([Status.CONFIRMED] * 8 + [Status.IN_PROGRESS, Status.DONE, Status.CANCELLED])


def code(number: int) -> str:
    return f"I{number:02}"


@st.composite
def items(draw: st.DrawFn, number: int) -> tuple[Item, bool]:
    """An item, and whether its start is given."""
    mode, status = draw(MODES), draw(STATUSES)
    constraint = draw(st.sampled_from([None, None, None, *Constraint]))
    start = draw(DAYS)
    duration = draw(st.integers(0, 5))
    item = Item(
        code(number),
        f"item {number}",
        start,
        start + timedelta(max(duration - 1, 0)),
        duration,
        department=f"d{number % 4}",
        mode=mode,
        status=status,
        constraint=constraint,
        constraint_date=draw(DAYS) if constraint else None,
        calendar=draw(CALENDARS),
    )
    return item, mode is Mode.PINNED or status.has_started or draw(st.booleans())


@st.composite
def links(draw: st.DrawFn, count: int) -> Link:
    """Between two of `count` items, always from the lower number: never a loop of dependencies."""
    predecessor = draw(st.integers(0, count - 2))
    successor = draw(st.integers(predecessor + 1, count - 1))
    return Link(
        code(predecessor),
        code(successor),
        draw(st.sampled_from(LinkKind)),
        draw(st.integers(-4, 6)),
        draw(st.sampled_from([LagKind.WORKING, LagKind.WORKING, LagKind.CALENDAR])),
        draw(st.sampled_from(Drives)),
        hard=draw(st.sampled_from([True, True, True, False])),
        calendar=draw(CALENDARS),
    )


def unique(found: Sequence[Link]) -> tuple[Link, ...]:
    return tuple({(link.ends, link.kind, link.drives): link for link in found}.values())


@st.composite
def placed_plans(draw: st.DrawFn, most: int = 9) -> Plan:
    """A plan that import would accept: placed, without circles of influence."""
    count = draw(st.integers(1, most))
    drawn = [draw(items(number)) for number in range(count)]
    joined = unique(draw(st.lists(links(count), max_size=2 * count))) if count > 1 else ()
    calendar = draw(st.sampled_from(["china", "weekdays"]))
    plan = Plan("p", "P", 3, {item.code: item for item, _ in drawn}, joined, calendar)
    unplaced = {item.code for item, given in drawn if not given}
    try:
        placed = place(plan, unplaced, TODAY)
    except Refused:  # Drives that chase each other; a plan of the same items without links will do.
        placed = place(replace(plan, links=()), unplaced, TODAY)
    # What came without a date is kept from lying before today (rule T9): an `alap` item whose promise or need cannot
    # be met stands there until somebody looks at it again. These plans have been looked at.
    return place(placed, (), TODAY)


@st.composite
def operations(draw: st.DrawFn, plan: Plan, absolute: bool = False) -> Operation:
    """A change of one item; `absolute` ones say where it ends up, so that saying it twice is saying it once."""
    ops = [Op.SET_START, Op.SET_FINISH, Op.SET_DURATION, Op.SET_DURATION, Op.PIN, Op.UNPIN]
    op = draw(st.sampled_from(ops if absolute else [*ops, Op.SHIFT, Op.SHIFT, Op.CANCEL, Op.LINK, Op.UNLINK]))
    item = draw(st.sampled_from(sorted(plan.items)))
    to: Any = None
    match op:
        case Op.SET_START | Op.SET_FINISH:
            to = draw(DAYS)
        case Op.SET_DURATION:
            to = draw(st.integers(0, 9))
        case Op.SHIFT:
            to = draw(st.integers(-3, 9))
        case Op.LINK:
            to = {"successor": draw(st.sampled_from(sorted(plan.items))), "lag_days": str(draw(st.integers(-2, 4)))}
        case Op.UNLINK:
            ends = [link.ends for link in plan.links] or [(item, item)]
            item, successor = draw(st.sampled_from(ends))
            to = {"successor": successor}
    return Operation(item, op, to)


@st.composite
def changed_plans(draw: st.DrawFn) -> tuple[Plan, list[Operation]]:
    """A plan and what is wanted of it, pushed or pulled."""
    plan = draw(placed_plans())
    wanted = draw(st.lists(operations(plan), max_size=3))
    return plan, [replace(operation, pull=draw(st.booleans())) for operation in wanted]


def amounts(least: int = 0, most: int = 500) -> st.SearchStrategy[Decimal]:
    return st.integers(least, most).map(Decimal)
