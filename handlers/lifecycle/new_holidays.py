"""A newer list of holidays has arrived: the plan is counted again, as a change of the system's own (edge case 1)."""

from dataclasses import replace

from handlers.lifecycle.after_change import begin, save
from handlers.lifecycle.new_revision import new_revision
from handlers.turn import Turn
from planning.change import approval
from planning.change.change import Change, ChangeState
from planning.control.policy import Policy
from planning.people.principal import SYSTEM
from planning.plan.impact import Impact
from planning.plan.plan import Plan
from planning.schedule.recompute import recompute


def recount(turn: Turn) -> Change | None:
    """Count the plan in today's calendars when these are not the ones it was counted in. At the service's start.

    What moves becomes a revision with its own change request; everybody whose items moved is told by a card, since
    nobody can decide against a holiday. None: nothing moved.
    """
    if not turn.uow.plans.exists():
        return None
    plan = turn.uow.plans.load()
    counted = replace(plan, calendars=turn.environment.kept_calendars())
    if counted.calendars == plan.calendars:
        return None
    turn.uow.plans.set_calendars(counted)
    impact = recompute(counted, turn.today)
    return _apply(turn, counted, impact) if impact.lines else None


def _apply(turn: Turn, plan: Plan, impact: Impact) -> Change:
    drafted = Change(
        plan=plan.id,
        no=turn.uow.changes.next_number(turn.today),
        proposer=str(SYSTEM),
        operations=(),
        impact=impact,
        base_revision=plan.revision,
        created_at=turn.now,
        reason=turn.words("op.recount-reason"),
        klass="standard",
        policy=Policy(approvals=(), inform=("",) if impact.unowned else ()),
        state=ChangeState.IN_APPROVAL,
        submitted_at=turn.now,
    )
    change = begin(turn, drafted, str(SYSTEM))
    return save(turn, change, approval.apply(change, new_revision(turn, change, impact), turn.now), by=str(SYSTEM))
