"""The earliest date outside the fences, where going there takes a wanted change past all of them."""

from datetime import date

from handlers.govern.fences import held
from handlers.turn import Turn
from planning.change.change import Change
from planning.control.fences import Breach, closed, special_approvals
from planning.control.policy import Policy
from planning.control.shadow import enforced
from planning.plan.operation import Op, Operation
from planning.plan.plan import Plan
from planning.refusal import Refusal

_DATES = (Op.SHIFT, Op.SET_START, Op.SET_FINISH)


def way_out(turn: Turn, plan: Plan, change: Change, policy: Policy) -> date | None:
    """The start to move the item to so that no fence asks or refuses; None: no date would do, or none is needed.

    What stands inside a fence already stays a matter of that fence, whatever its new date: then there is none.
    """
    wish = change.operations[0]
    start = next((breach.earliest for breach in policy.breaches if breach.item == wish.item), None)
    if start is None or len(change.operations) > 1 or wish.op not in _DATES or not _in_the_way(policy.breaches):
        return None
    impact = turn.assess(plan, outside(change, start))
    left = enforced(held(turn, plan, impact), policy.shade.shadow, plan, impact)
    return start if impact.lines and not impact.refused and not _in_the_way(left) else None


def with_way_out(turn: Turn, refusal: Refusal, change: Change) -> Refusal:
    """A fence's refusal of what was asked for, ending with the command that goes round it, where one does."""
    start, (wish, *_) = change.policy.way_out, change.operations
    if start is None or refusal.facts["item"] != wish.item:
        return refusal
    pull = turn.words("fence.way-out-pull") if wish.pull else ""
    reason = change.reason or turn.words("fence.way-out-reason")
    facts = {**refusal.facts, "earliest": start.isoformat()}
    return Refusal(
        f"{refusal.code}-way", {**facts, "command": turn.words("fence.way-out", **facts, pull=pull, reason=reason)}
    )


def _in_the_way(found: tuple[Breach, ...]) -> bool:
    """Check whether a breach stands in the way; one that only shows does not."""
    return bool(special_approvals(found)) or any(closed(found))


def outside(change: Change, start: date) -> tuple[Operation, ...]:
    """The same wish with the item beginning on that day."""
    wish = change.operations[0]
    return (Operation(wish.item, Op.SET_START, start, wish.pull),)
