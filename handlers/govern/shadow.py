"""Shadow mode at work: under which fences and approvals a change comes, and which of them are only shown."""

from dataclasses import replace

from handlers.govern.authorize import would_be_denied
from handlers.govern.fences import held, refusals
from handlers.turn import Turn
from planning.change.change import Change
from planning.control.policy import Policy
from planning.control.rules import Class
from planning.control.shading import shaded
from planning.control.shadow import Shade
from planning.plan.plan import Plan


def in_force(turn: Turn, plan: Plan, change: Change, klass: Class, policy: Policy) -> Change:
    """The change under this class and policy and the fences of today, as far as they are enforced; what would be asked
    and refused besides is in `policy.shade`. Its impact is freshly assessed on this plan."""
    denied = tuple(refusal for refusal in policy.shade.refused if "fence" not in refusal.facts)
    policy = replace(policy, breaches=held(turn, plan, change.impact))
    klass, policy = shaded(klass, policy, plan, change.impact, turn.organisation)
    if policy.shade.breaches or denied:
        refused = (*denied, *refusals(turn, change.proposers, policy.shade.breaches))
        policy = replace(policy, shade=replace(policy.shade, refused=refused))
    return replace(change, klass=klass.value, policy=policy)


def under_todays_shadow(turn: Turn, plan: Plan, change: Change, policy: Policy) -> Policy:
    """A request that is new comes under the shadow of the settings, and keeps it. Whether its proposer may want it is
    asked once, here."""
    shadow = turn.environment.shadow
    return replace(policy, shade=Shade(shadow, refused=would_be_denied(turn, plan, change))) if shadow else policy
