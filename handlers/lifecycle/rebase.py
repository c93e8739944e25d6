"""The plan has moved under requests that people are deciding: each is looked at again at once (domain part 4)."""

from dataclasses import replace

from handlers.lifecycle.after_change import follow_up
from handlers.lifecycle.conclude import conclude, reconsider
from handlers.timers import REBASE
from handlers.turn import Turn
from planning.change import approval
from planning.change.change import Change
from planning.plan.impact import Impact
from planning.plan.plan import Plan
from planning.refusal import Refused
from storage.changes import Behind
from storage.timers import Timer

AT_ONCE = 25
"""Asked again in one unit of work. Looking costs a fraction of a millisecond each, asking again some twenty: people who
press a button do not wait for hundreds."""


def rebase_others(turn: Turn) -> None:
    """Assess every request in approval anew whose plan is not the newest. To be called wherever a revision was added.

    The same effect: nothing but the revision it is based on moves, every word stays. Another effect: the departments
    whose own lines changed are asked again; what cannot be done any more ends. All are assessed, not those alone that
    share an item with what moved: a stock or a promise far away can make the difference, and a question costs little.
    What is more than AT_ONCE follows within seconds; until then its last approval looks again (`conclude`).
    """
    if not turn.uow.plans.exists():
        return
    renewed = 0
    while behind := turn.uow.changes.behind(turn.uow.plans.head()):
        renewed += _one_pass(turn, behind, AT_ONCE - renewed)
        if renewed >= AT_ONCE:
            turn.uow.timers.start(Timer(REBASE, turn.uow.plan_id, turn.now))
            return


def go_on(turn: Turn, timer: Timer) -> None:
    """With what was left for later."""
    rebase_others(turn)


def _one_pass(turn: Turn, behind: list[Behind], room: int) -> int:
    """On the plan as it stands; how many have another effect. One that had only waited for what is no longer touched
    is applied, which moves the plan again: there are at most as many passes as requests."""
    plan, same, renewed = turn.plan(), list[str](), 0
    for one in behind:
        fresh = turn.assess(plan, one.operations)
        if fresh.hash == one.impact_hash:
            same.append(one.no)
            continue
        renewed += 1
        if _renew(turn, plan, turn.change(one.no), fresh).applied_revision or renewed >= room:
            break
    turn.uow.changes.fast_forward(same, plan.revision)
    return renewed


def _renew(turn: Turn, plan: Plan, change: Change, fresh: Impact) -> Change:
    after = turn.uow.changes.save(conclude(turn, anew(turn, plan, change, fresh)))
    follow_up(turn, change, after)
    return after


def anew(turn: Turn, plan: Plan, change: Change, fresh: Impact) -> Change:
    """`reconsider`, where there is nobody to be told why it cannot go on: then it fails."""
    try:
        return replace(reconsider(turn, plan, change, fresh), base_revision=plan.revision)
    except Refused as no:
        return approval.fail(replace(change, impact=replace(fresh, refused=(no.refusal,))), turn.now)
