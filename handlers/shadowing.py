"""Shadow mode at work: under which fences and approvals a change comes, and which of them are only shown."""

from dataclasses import replace

from handlers.fencing import held, refusals
from handlers.turn import Turn
from planning.change import Change
from planning.plan import Plan
from planning.policy import Policy
from planning.rules import Class
from planning.shading import shaded
from planning.shadow import Shade


def in_force(turn: Turn, plan: Plan, change: Change, klass: Class, policy: Policy) -> Change:
    """The change under this class and policy and the fences of today, as far as they are enforced; what would be asked
    and refused besides is in `policy.shade`. Its impact is freshly assessed on this plan."""
    policy = replace(policy, breaches=held(turn, plan, change.impact))
    klass, policy = shaded(klass, policy, plan, change.impact, turn.organisation)
    if policy.shade.breaches:
        refused = tuple(refusals(turn, change.proposer, policy.shade.breaches))
        policy = replace(policy, shade=replace(policy.shade, refused=refused))
    return replace(change, klass=klass.value, policy=policy)


def under_todays_shadow(turn: Turn, policy: Policy) -> Policy:
    """A request that is new comes under the shadow of the settings, and keeps it."""
    return replace(policy, shade=Shade(turn.house.shadow)) if turn.house.shadow else policy
