"""A new revision of the plan: the one place where the plan is written by a change request."""

from handlers.turn import Turn
from planning.change.change import Change
from planning.plan.impact import Impact
from planning.plan.revision import Revision


def new_revision(turn: Turn, change: Change, impact: Impact) -> int:
    """Make a freshly assessed effect the plan's (rule I1); the number of the revision."""
    head = turn.uow.revisions.head()
    turn.uow.plans.apply(impact, head.number + 1 if head else 1)
    sealed = turn.uow.plans.sealed(impact.lines)
    revision = Revision.after(head, change.plan, change.no, turn.now, change.proposer, impact.hash, sealed)
    turn.uow.revisions.append(revision, impact.lines)
    return revision.number
