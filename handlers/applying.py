"""What follows when the last one has approved: look at the plan and its fences as they are now, then apply."""

from dataclasses import replace
from datetime import datetime, timedelta

from handlers.fencing import held, no_way_through
from handlers.turn import Turn
from planning import approval
from planning.change import Change
from planning.deadline import deadline
from planning.impact import Impact
from planning.policy import Policy
from planning.revision import Revision


def conclude(turn: Turn, change: Change) -> Change:
    """Apply what all have approved, on the plan as it is now (domain part 4) and inside the fences of today
    (invariant 7). A fence that came to hold it since it was submitted is asked for first (edge case 12)."""
    if not change.state.is_deciding or not change.is_fully_approved:
        return change
    plan = turn.plan()
    fresh = turn.assess(plan, change.operations)
    if fresh.refused:
        return approval.fail(replace(change, impact=fresh), turn.now)
    found = held(turn, plan, fresh)
    if refusal := no_way_through(turn, change.proposer, found):
        return approval.fail(replace(change, impact=replace(fresh, refused=(refusal,))), turn.now)
    policy = replace(change.policy, breaches=found)
    asking = turn.organisation, turn.now, expiry(turn, fresh, policy), turn.deputies()
    if fresh.hash != change.impact.hash:
        change = approval.next_round(replace(change, policy=policy), fresh, *asking)
    else:
        change = approval.also_ask(change, policy, *asking)
    return _apply(turn, change, fresh) if change.is_fully_approved else change


def expiry(turn: Turn, impact: Impact, policy: Policy) -> datetime:
    """Until when it waits for its decisions: as its rule says, else as the settings say."""
    if policy.deadline_hours is not None:
        return turn.now + timedelta(hours=policy.deadline_hours)
    return deadline(impact, turn.now, turn.house.zone, turn.calendar, turn.house.expires_working_days)


def _apply(turn: Turn, change: Change, impact: Impact) -> Change:
    head = turn.uow.revisions.head()
    revision = Revision.after(head, change.plan, change.no, turn.now, change.proposer, impact.hash)
    turn.uow.revisions.append(revision, impact.lines)
    turn.uow.plans.apply(impact, revision.number)
    return approval.apply(change, revision.number, turn.now)
