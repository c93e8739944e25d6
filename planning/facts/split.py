"""Where to cut an item in two: what will be made until a day stays, the rest becomes an item of its own."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from planning.facts.cover import next_part
from planning.facts.planned import Planned
from planning.facts.progress import Progress
from planning.facts.relation import after, days_between
from planning.facts.report import COUNTS
from planning.plan.amount import plain
from planning.plan.calendar import ONE_DAY, WorkCalendar
from planning.plan.item import Item
from planning.plan.operation import Op, Operation
from planning.plan.plan import Plan
from planning.plan.ratio import decimals
from planning.plan.unit import is_counted
from planning.refusal import Refused


def split_at(
    plan: Plan, progress: Progress, planned: Planned, calendar: WorkCalendar, day: date, rest: date | None = None
) -> Operation:
    """What is done, and whole lots of what is planned for the working days up to `day`; the rest begins on the next
    one, or on the day `rest`. Raises Refused: "split-no-quantity", "split-nothing-before", "split-nothing-left"."""
    item = progress.item
    quantity, rate = _quantity_and_rate(progress, planned)
    made = rate * max(days_between(calendar, _counted_until(progress, calendar), day), 0)
    step = _step(item, quantity, progress.good)
    first = _whole(progress.done, step) + _whole(made, Decimal(item.lot_multiple or step))
    if first <= 0:
        raise Refused("split-nothing-before", item=item.code, day=day)
    if first >= quantity:
        raise Refused("split-nothing-left", item=item.code, day=day, quantity=plain(quantity), unit=item.unit)
    days = ceil(Fraction(quantity - first) / rate)
    return split_into(plan, item, first, day, rest or after(calendar, day), days)


def split_first(
    plan: Plan, progress: Progress, planned: Planned, calendar: WorkCalendar, first: Decimal, today: date,
    rest: date | None = None,
) -> Operation:
    """`first` pieces at the planned rate, from today on where nothing was counted yet; the rest behind them, or from
    the day `rest` on. Raises Refused: "split-no-quantity", "split-quantity"."""
    item = progress.item
    quantity, rate = _quantity_and_rate(progress, planned)
    if not progress.done < first < quantity:
        raise Refused("split-quantity", item=item.code, quantity=plain(quantity), unit=item.unit)
    since = max(_counted_until(progress, calendar), today - ONE_DAY)
    finish = after(calendar, since, max(ceil((Fraction(first) - Fraction(progress.done)) / rate), 1))
    days = ceil(Fraction(quantity - first) / rate)
    return split_into(plan, item, first, finish, rest or after(calendar, finish), days)


def split_into(
    plan: Plan, item: Item, first: Decimal, finish: date, start: date, days: int, status: str = ""
) -> Operation:
    """`first` until `finish`; the rest from `start` on, for so many working days."""
    cells = {
        "first": plain(first), "finish": str(finish), "rest": next_part(plan, item.code), "start": str(start),
        "days": str(days),
    }  # fmt: skip
    return Operation(item.code, Op.SPLIT, {**cells, "status": status} if status else cells)


def _quantity_and_rate(progress: Progress, planned: Planned) -> tuple[Decimal, Fraction]:
    """What is to be made, and how much a working day by plan. Raises Refused("split-no-quantity")."""
    item, quantity = progress.item, progress.planned.quantity
    if not quantity or not planned.quantity:
        raise Refused("split-no-quantity", item=item.code, title=item.title)
    return quantity, Fraction(planned.quantity) / max(planned.duration, 1)


def _counted_until(progress: Progress, calendar: WorkCalendar) -> date:
    """The day of the last count, else the evening before it begins."""
    days = [one.day for one in progress.words if one.kind in COUNTS and one.day]
    return max(days, default=calendar.on_or_after(progress.item.start) - ONE_DAY)


def _step(item: Item, *amounts: Decimal) -> Decimal:
    """The least that can be cut off: a piece, or of measured goods the last decimal that occurs."""
    places = 0 if is_counted(item.unit) else max(decimals(Fraction(amount)) or 0 for amount in amounts)
    return Decimal(1).scaleb(-places)


def _whole(amount: Fraction | Decimal, step: Decimal) -> Decimal:
    """As much of it as makes whole steps."""
    return floor(Fraction(amount) / Fraction(step)) * step
