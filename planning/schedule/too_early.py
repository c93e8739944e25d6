"""A wished place that lies too early: told of the end of the item that was wished for, with what would do."""

from planning.plan.operation import Op, Operation
from planning.refusal import Refusal
from planning.schedule.placement import Seat


def too_early(code: str, operation: Operation, wished: Seat, earliest: int, stands: int, **facts: str) -> Refusal:
    """`earliest` and `stands` are starts on the calendar of the `wished` place: the first that is allowed, and today's.

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
