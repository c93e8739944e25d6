"""The plan has moved under requests that people are deciding: each is looked at again at once (rule P2)."""

from collections.abc import Iterator
from dataclasses import replace

from handlers.govern.classify import applies_to_open
from handlers.lifecycle.conclude import reconsider
from handlers.timers import REBASE
from handlers.turn import Turn
from planning.change import approval
from planning.change.change import Change, ChangeState
from planning.plan.impact import Impact
from planning.plan.plan import Plan
from planning.refusal import Refused
from storage.timers import Timer

AT_ONCE = 25
"""Asked again in one unit of work. Looking costs a fraction of a millisecond each, asking again some twenty: people who
press a button do not wait for hundreds."""


def renewals(turn: Turn) -> Iterator[tuple[Change, Change]]:
    """Each request in approval with another effect on the newest plan, as it is and as it becomes; it has to be saved
    before the next one is looked at.

    The same effect: nothing but the revision it is based on moves, every word stays. Another effect: the departments
    whose own lines changed are asked again; what cannot be done any more ends. All are assessed, not those alone that
    share an item with what moved: a stock or a promise far away can make the difference, and a question costs little.
    One that had only waited for what is no longer touched is applied, and before the others are asked anew, for it
    moves the plan again: there are at most as many passes as requests. Beyond AT_ONCE they follow within seconds; until
    then a last approval looks again.
    """
    if not turn.uow.plans.exists():
        return
    left = AT_ONCE
    while behind := turn.uow.changes.behind(turn.uow.plans.head()):
        plan, same, effects = turn.plan(), list[str](), dict[str, Impact]()
        for one in behind:
            fresh = turn.assess(plan, one.operations)
            if fresh.hash == one.impact_hash:
                same.append(one.no)
            elif len(effects) < left:
                effects[one.no] = fresh
        turn.uow.changes.fast_forward(same, plan.revision)
        for no in sorted(effects, key=lambda no: not _takes_effect(turn, plan, no, effects[no])):
            change = turn.change(no)
            left -= 1
            yield change, anew(turn, plan, change, effects[no])
            if turn.uow.plans.head() != plan.revision:
                break
        if left == 0:
            turn.uow.timers.start(Timer(REBASE, turn.uow.plan_id, turn.now))
            return


def _takes_effect(turn: Turn, plan: Plan, no: str, fresh: Impact) -> bool:
    """Check whether nobody is left to be asked: it then moves the plan again, before people are asked about what would
    not stand."""
    after = anew(turn, plan, turn.change(no), fresh)
    return after.state.is_deciding and after.is_fully_approved


def revisions(turn: Turn) -> Iterator[tuple[Change, Change]]:
    """Each request in approval that waits for the special approval of a fence which holds it no more, or that a
    stricter rule asks more of, as it is and as it becomes; it has to be saved before the next one is looked at."""
    tightens = applies_to_open(turn)
    deciding = (change for change in turn.uow.changes.open_ones() if change.state is ChangeState.IN_APPROVAL)
    asking = (change for change in deciding if change.policy.special or tightens)
    for no in [change.no for change in asking]:
        plan, change = turn.plan(), turn.change(no)
        if change.state is not ChangeState.IN_APPROVAL:
            continue
        after = anew(turn, plan, change, turn.assess(plan, change.operations))
        lapsed = {*change.policy.special} - {*after.policy.special}
        if lapsed or after.policy.rule != change.policy.rule:
            yield change, after


def anew(turn: Turn, plan: Plan, change: Change, fresh: Impact) -> Change:
    """`reconsider`, where there is nobody to be told why it cannot go on: then it fails."""
    try:
        return replace(reconsider(turn, plan, change, fresh), base_revision=plan.revision)
    except Refused as no:
        return approval.fail(replace(change, impact=replace(fresh, refused=(no.refusal,))), turn.now)
