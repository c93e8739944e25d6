"""What people last agreed to for the items a change moves, from the plan's history."""

from collections.abc import Mapping
from datetime import timedelta

from handlers.turn import Turn
from planning.change.change import Change
from planning.control.agreed import Moved, as_agreed
from planning.plan.item import Item
from planning.plan.plan import Plan
from storage.plan.revisions import PastLine


def agreed(turn: Turn, plan: Plan, change: Change) -> Mapping[str, Item]:
    """Items of the change that were moved since people last agreed to them, as they were then. Agreed is what an import
    brought and what somebody voted for, unless it was taken back; of what happened before the window of the settings
    nothing is asked, nor of what happened after that revision of the plan."""
    window = timedelta(days=turn.environment.standard_window_days)
    codes = [code for code in {*change.impact.changed, *(op.item for op in change.operations)} if code in plan.items]
    past = turn.uow.revisions.lines_of_items_since(codes, turn.now - window)
    brought = turn.uow.revisions.newest_import(plan.revision) if past else 0
    past = [one for one in past if brought < one.revision <= plan.revision]
    voted = turn.uow.changes.voted_for({one.change for one in past})
    moved: dict[str, list[Moved]] = {}
    for one in past:
        moved.setdefault(one.line.item, []).append(_moved(one, voted))
    then = {code: as_agreed(plan.items[code], lines) for code, lines in moved.items()}
    return {code: item for code, item in then.items() if item != plan.items[code]}


def _moved(past: PastLine, voted: frozenset[str]) -> Moved:
    return Moved(past.revision, past.line, past.change in voted)
