"""Day that a wanted date became: on a day off nobody works, so that the item goes to a working day."""

from collections.abc import Iterable
from datetime import date

from planning.plan.impact import Line
from planning.plan.operation import Op, Operation

_FIELDS = {Op.SET_START: "start", Op.SET_FINISH: "finish"}


def landed(operation: Operation, lines: Iterable[Line]) -> date | None:
    """The day in the effect; None where the operation wants no date, or its item stays where it is."""
    field = _FIELDS.get(operation.op)
    for line in lines:
        if field and (line.item, line.field) == (operation.item, field) and line.after:
            return date.fromisoformat(line.after)
    return None
