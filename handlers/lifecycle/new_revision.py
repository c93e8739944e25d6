"""A new revision of the plan: the one place where the plan is written by a change request."""

from handlers.turn import Turn
from planning.change.change import Change
from planning.plan.impact import Impact
from planning.plan.revision import Revision


def new_revision(turn: Turn, change: Change, impact: Impact) -> int:
    """Make a freshly assessed effect the plan's (rule I1); the number of the revision."""
    head = turn.uow.revisions.head()
    revision = Revision.after(head, change.plan, change.no, turn.now, change.proposer, impact.hash)
    turn.uow.revisions.append(revision, impact.lines)
    turn.uow.plans.apply(impact, revision.number)
    return revision.number
