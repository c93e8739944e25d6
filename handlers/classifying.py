"""Under which rule and fences a change comes: its class, who decides, until when."""

from dataclasses import replace

from handlers.fencing import held, no_way_through
from handlers.turn import Turn
from planning.change import Change
from planning.plan import Plan
from planning.policy import Policy
from planning.refusal import Refused


def classified(turn: Turn, plan: Plan, change: Change) -> Change:
    """The change with its class and policy. Its impact is freshly assessed on this plan.

    Raises the refusal of a fence that nobody could let it through.
    """
    found = held(turn, plan, change.impact)
    if refusal := no_way_through(turn, change.proposer, found):
        raise Refused(refusal.code, **refusal.facts)
    return replace(change, policy=Policy(breaches=found))
