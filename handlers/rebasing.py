"""The plan has moved under requests that people are deciding: each is looked at again at once (domain part 4)."""

from dataclasses import replace

from handlers.applying import conclude, reconsider
from handlers.following import follow_up
from handlers.turn import Turn
from planning import approval
from planning.change import Change
from planning.impact import Impact
from planning.plan import Plan
from planning.refusal import Refused


def rebase_others(turn: Turn) -> None:
    """Assess every request in approval anew whose plan is not the newest. To be called wherever a revision was added.

    The same effect: nothing but the revision it is based on moves, every word stays. Another effect: the departments
    whose own lines changed are asked again; what cannot be done any more ends. All are assessed, not those alone that
    share an item with what moved: a stock or a promise far away can make the difference, and a question costs little.
    """
    while turn.uow.plans.exists() and _one_pass(turn):
        pass


def _one_pass(turn: Turn) -> bool:
    """False: all are up to date. One that had only waited for what is no longer touched is applied, which moves the
    plan again; so there are at most as many passes as requests."""
    head = turn.uow.plans.head()
    behind = turn.uow.changes.behind(head)
    if not behind:
        return False
    plan, same = turn.plan(), list[str]()
    for one in behind:
        fresh = turn.assess(plan, one.operations)
        if fresh.hash == one.impact_hash:
            same.append(one.no)
        elif _renew(turn, plan, turn.change(one.no), fresh).applied_revision:
            break
    turn.uow.changes.fast_forward(same, head)
    return turn.uow.plans.head() != head


def _renew(turn: Turn, plan: Plan, change: Change, fresh: Impact) -> Change:
    after = turn.uow.changes.save(conclude(turn, renewed(turn, plan, change, fresh)))
    follow_up(turn, change, after)
    return after


def renewed(turn: Turn, plan: Plan, change: Change, fresh: Impact) -> Change:
    """`reconsider`, where there is nobody to be told why it cannot go on: then it fails."""
    try:
        return replace(reconsider(turn, plan, change, fresh), base_revision=plan.revision)
    except Refused as no:
        return approval.fail(replace(change, impact=replace(fresh, refused=(no.refusal,))), turn.now)
