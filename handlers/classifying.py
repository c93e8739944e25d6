"""Under which rule and fences a change comes: its class, who decides, until when."""

from collections.abc import Iterator
from dataclasses import replace

from handlers.fencing import Zones, no_way_through
from handlers.shadowing import in_force, under_todays_shadow
from handlers.turn import Turn
from planning.change import Change
from planning.fences import Zone
from planning.plan import Plan
from planning.policy import ORDINARY
from planning.refusal import Refused
from planning.rules import Class, Facts, Rule, first_match, strictest
from planning.timetable import Timetable
from planning.triggers import Wish, facts_of


def classified(turn: Turn, plan: Plan, change: Change) -> Change:
    """The change with its class and policy. Its impact is freshly assessed on this plan.

    Raises the refusal of a fence that nobody could let it through.
    """
    match = strictest([first_match(rules_in_force(turn), facts) for facts in facts_in(turn, plan, change)])
    klass, policy = (match.rule.klass, match.rule.policy()) if match else (Class.NORMAL, ORDINARY)
    classed = in_force(turn, plan, change, klass, under_todays_shadow(turn, plan, change, policy))
    if refusal := no_way_through(turn, change.proposer, classed.policy.breaches):
        raise Refused(refusal.code, **refusal.facts)
    return classed


def rules_in_force(turn: Turn) -> list[Rule]:
    """Those of the settings, as an admin has switched them in chat."""
    if not turn.house.rules:
        return []
    switched = turn.uow.switches.all()
    return [replace(rule, enabled=switched.get(rule.id, rule.enabled)) for rule in turn.house.rules]


def facts_in(turn: Turn, plan: Plan, change: Change) -> Iterator[Facts]:
    """Of each operation."""
    timetable, zones = Timetable(plan), Zones(turn, plan)
    proposer = turn.organisation.people.get(change.proposer)
    for operation in change.operations:
        item = plan.items.get(operation.item) or change.impact.changed.get(operation.item)
        calendar = timetable.of(item) if item else timetable.default
        zone = zones.of(item) if item else Zone.LIQUID
        yield facts_of(
            Wish(operation, plan, change.impact, calendar, zone, change.reason, turn.today, proposer)
        )
