"""A new revision of the plan: the one place where the plan is written by a change request, or by a fact."""

from handlers.notify.audit import record
from handlers.turn import Turn
from planning.change.change import Change
from planning.plan.impact import Impact
from planning.plan.revision import Revision
from planning.trail.audit import Kind


def new_revision(turn: Turn, change: Change, impact: Impact) -> int:
    """Make a freshly assessed effect the plan's (rule I1); the number of the revision."""
    return _append(turn, change.plan, change.no, change.proposer, impact).number


def append_revision(turn: Turn, plan_id: str, report: str, by: str, impact: Impact) -> int:
    """Make what a report says of its item the plan's; the number of the revision, which the trail seals."""
    revision = _append(turn, plan_id, report, by, impact)
    facts = {"revision": revision.number, "seal": revision.hash, "item": impact.lines[0].item}
    record(turn, Kind.REPORT_APPLIED, by, report, facts)
    return revision.number


def _append(turn: Turn, plan_id: str, no: str, by: str, impact: Impact) -> Revision:
    head = turn.uow.revisions.head()
    turn.uow.plans.apply(impact, head.number + 1 if head else 1)
    sealed = turn.uow.plans.sealed(impact.lines)
    revision = Revision.after(head, plan_id, no, turn.now, by, impact.hash, sealed)
    turn.uow.revisions.append(revision, impact.lines)
    return revision
