"""What is under way in the plan, or in one department: what is open, what of it is due, how much has moved."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.language import Span
from handlers.reads.plan.plan_query import span_dates
from handlers.reads.plan.why_changed import DAYS, lines_since
from handlers.turn import Turn
from planning.people.organisation import Department
from planning.plan.item import Item


@dataclass(frozen=True, slots=True)
class Underway:
    open: Sequence[Item]
    due: Sequence[Item]
    """Of these by the end of the week."""
    moves: int
    """Revisions of the last `DAYS`."""
    moved_items: int


def underway(turn: Turn, department: Department | None = None) -> Underway:
    """Raises Refused("no-plan")."""
    still_open, due = turn.once("underway", [department.id if department else ""], lambda: _open(turn, department))
    lines = lines_since(turn, DAYS, department)
    revisions, moved = {one.revision for one in lines}, {one.line.item for one in lines}
    return Underway(still_open, due, len(revisions), len(moved))


def _open(turn: Turn, department: Department | None) -> tuple[list[Item], list[Item]]:
    """What is open, and of it what is due this week."""
    items, last = turn.plan().items.values(), span_dates(Span.THIS_WEEK, turn.today)[1]
    theirs = [item for item in items if department is None or item.department == department.id]
    still_open = [item for item in theirs if not item.status.is_over]
    return still_open, [item for item in still_open if item.finish <= last]
