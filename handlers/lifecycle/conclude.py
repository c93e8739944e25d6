"""Conclusion of a request: applied when all have approved, on the plan and inside the fences as they are now; an
emergency is in effect before it is approved."""

from dataclasses import replace

from handlers.govern.classify import expiry, tightened
from handlers.govern.fences import no_way_through
from handlers.govern.shadow import in_force
from handlers.lifecycle.new_revision import new_revision
from handlers.lifecycle.take_back import overtaken
from handlers.turn import Turn
from planning.change import approval
from planning.change.approval_steps import also_ask, next_round
from planning.change.change import Change, ChangeState
from planning.change.emergency import is_due_at_once, put_in_effect, ratify
from planning.control.rules import Class
from planning.plan.impact import Impact
from planning.plan.plan import Plan
from planning.refusal import Refusal


def conclude(turn: Turn, change: Change) -> Change:
    """Apply what all have approved, on the plan as it is now (rule P2) and inside the fences of today
    (rule I7). A fence that came to hold it since it was submitted is asked for first (edge case 12).

    An emergency is in effect from its submission: its last approval ratifies it, and it is taken back when it ends
    in any other way.
    """
    if change.state is ChangeState.PROVISIONAL and change.is_fully_approved:
        return ratify(change, turn.now)
    if is_due_at_once(change):
        return put_in_effect(change, new_revision(turn, change, turn.assess(turn.plan(), change.operations)))
    if change.state is not ChangeState.IN_APPROVAL or not change.is_fully_approved:
        return change
    plan = turn.plan()
    fresh = turn.assess(plan, change.operations)
    change = reconsider(turn, plan, change, fresh)
    if change.state.is_deciding and change.is_fully_approved:
        return approval.apply(change, new_revision(turn, change, fresh), turn.now)
    return change


def reconsider(turn: Turn, plan: Plan, change: Change, fresh: Impact) -> Change:
    """The request with the effect it has on this plan, inside the fences of today: with new questions where either
    asks for them, failed where it can no longer be done or there is nothing left to do."""
    if refused := fresh.refused or overtaken(turn, plan, change) or _no_effect(change, fresh):
        return approval.fail(replace(change, impact=replace(fresh, refused=refused)), turn.now)
    anew = replace(change, impact=fresh)
    ruled = in_force(turn, plan, anew, Class(change.klass), tightened(turn, plan, anew))
    if refusal := no_way_through(turn, change.proposers, ruled.policy.breaches):
        return approval.fail(replace(change, impact=replace(fresh, refused=(refusal,))), turn.now)
    change, policy = replace(change, klass=ruled.klass), ruled.policy
    asking = turn.organisation, turn.now, expiry(turn, replace(change, policy=policy), fresh), turn.deputies()
    if fresh.hash != change.impact.hash:
        return next_round(replace(change, policy=policy), fresh, *asking)
    return also_ask(change, policy, *asking)


def _no_effect(change: Change, fresh: Impact) -> tuple[Refusal, ...]:
    """Another change has done already what this one wants."""
    if not fresh.is_empty or not change.operations:
        return ()
    return (Refusal("nothing-changes", {"item": change.operations[0].item}),)
