"""The place of one item on its calendar, the hold the plan has on it, and the refusal of a place that is too early."""

from typing import NamedTuple

from planning.plan.calendar import ONE_DAY, WorkCalendar
from planning.plan.item import Constraint, Item, Mode
from planning.plan.operation import Op, Operation
from planning.refusal import Refusal
from planning.schedule.lag import FOREVER, NEVER

GONE, FIXED, ASAP, ALAP, EARLY = range(5)
"""The ways a node finds its place; the first two never move. GONE: a cancelled item, which holds nothing either."""


class Seat(NamedTuple):
    """The place of a node, in positions of its own calendar."""

    calendar: WorkCalendar
    start: int
    span: int
    """Working days it holds: its duration, or for a fixed one the days between its own dates."""
    hold: int
    floor: int
    """No earlier than; NEVER without."""
    due: int
    """The latest start that keeps its promise; FOREVER without."""

    def early(self) -> "Seat":
        """The seat of its early node."""
        return self._replace(start=NEVER, hold=EARLY, due=FOREVER)


def seat_of(item: Item, calendar: WorkCalendar) -> Seat:
    hold = _hold_of(item)
    start = calendar.position(item.start)
    span = item.duration
    if hold == FIXED and span:
        span = max(calendar.position(item.finish + ONE_DAY) - start, 0)
    floor, due = NEVER, FOREVER
    if item.constraint_date is not None:
        if item.constraint is Constraint.START_NO_EARLIER_THAN:
            floor = calendar.position(item.constraint_date)
        elif item.constraint is Constraint.FINISH_NO_LATER_THAN:
            due = calendar.position(item.constraint_date + ONE_DAY) - max(span, 1)
    return Seat(calendar, start, span, hold, floor, due)


def _hold_of(item: Item) -> int:
    if item.status.is_over:
        return FIXED if item.status.has_started else GONE
    if item.status.has_started or item.mode is Mode.PINNED:
        return FIXED
    return ALAP if item.mode is Mode.ALAP else ASAP


def too_early(code: str, operation: Operation, wished: Seat, earliest: int, stands: int, **facts: str) -> Refusal:
    """The refusal of a wished place, told of the end of the item that was wished for, with the place that would do.

    `earliest` and `stands` are starts on the calendar of the `wished` place: the first that is allowed, and today's.
    The code as it is where a start was wished for, `-finish` where the wish was about the finish or so many days, and
    `-stays` where the item has the earliest place already: there is no other to offer.
    """
    told = {
        "item": operation.item,
        "date": str(wished.calendar.day(wished.start)),
        "finish": _finish(wished, wished.start),
        "earliest": str(wished.calendar.day(earliest)),
        "earliest_finish": _finish(wished, earliest),
    }
    ending = "-stays" if earliest == stands else "" if operation.op is Op.SET_START else "-finish"
    return Refusal(code + ending, told | facts)


def _finish(seat: Seat, start: int) -> str:
    return str(seat.calendar.day(start + max(seat.span - 1, 0)))
