"""What was announced is proposed: the announcement says by which request, and that one who said it first."""

from dataclasses import replace

from handlers.notify.audit import record
from handlers.turn import Turn
from planning.change.change import Change
from planning.trail.audit import Kind


def note_submitted(turn: Turn, before: Change, after: Change) -> None:
    """A request that is submitted is what was announced before about one of its items."""
    if before.submitted_at is not None or after.submitted_at is None:
        return
    items = {operation.item for operation in after.operations}
    for one in turn.uow.announcements.open_ones():
        if one.came_before(after.submitted_at, items):
            turn.uow.announcements.ended(replace(one, change=after.no, submitted_at=after.submitted_at))
            record(turn, Kind.ANNOUNCEMENT_KEPT, after.proposer, one.no, {"change": after.no})
