"""The earliest date outside the fences, where going there takes a wanted change past all of them."""

from datetime import date

from handlers.fencing import held
from handlers.turn import Turn
from planning.change import Change
from planning.fences import closed, special_approvals
from planning.operation import Op, Operation
from planning.plan import Plan
from planning.policy import Policy

_DATES = (Op.SHIFT, Op.SET_START, Op.SET_FINISH)


def way_out(turn: Turn, plan: Plan, change: Change, policy: Policy) -> date | None:
    """The start to move the item to so that no fence asks or refuses; None: no date would do, or none is needed.

    What stands inside a fence already stays a matter of that fence, whatever its new date: then there is none.
    """
    found = [breach for breach in policy.breaches if breach.item == change.operations[0].item and breach.earliest]
    if not found or len(change.operations) > 1 or change.operations[0].op not in _DATES:
        return None
    start = found[0].earliest
    assert start is not None
    impact = turn.assess(plan, outside(change, start))
    inside = held(turn, plan, impact)
    in_the_way = impact.refused or special_approvals(inside) or any(closed(inside))
    return None if in_the_way else start


def outside(change: Change, start: date) -> tuple[Operation, ...]:
    """The same wish with the item beginning on that day."""
    wish = change.operations[0]
    return (Operation(wish.item, Op.SET_START, start, wish.pull),)
