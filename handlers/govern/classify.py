"""Under which rule and fences a change comes: its class, who decides, until when."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from handlers.govern.agreed import agreed
from handlers.govern.authorize import require_declarable, undeclarable
from handlers.govern.facts import progress_of
from handlers.govern.fence_detour import way_out, with_way_out
from handlers.govern.fences import Zones, no_way_through
from handlers.govern.rules import all_rules
from handlers.govern.shadow import in_force, under_todays_shadow
from handlers.turn import Turn
from planning.change.change import Change, ChangeState
from planning.change.deadline import deadline_of
from planning.change.emergency import approved_first
from planning.control.fences import Zone
from planning.control.policy import AFFECTED, ORDINARY, Policy
from planning.control.rules import Class, Event, Facts, Rule, cut_into_slices, first_match, together
from planning.control.rules import tightened as stricter
from planning.control.triggers import Reported, Wish, facts_of
from planning.people.principal import COORDINATOR
from planning.plan.impact import Impact
from planning.plan.plan import Plan
from planning.plan.timetable import Timetable
from planning.refusal import Refusal, Refused


def classified(turn: Turn, plan: Plan, change: Change) -> Change:
    """The change with its class and policy. Its impact is freshly assessed on this plan.

    Raises the refusal of a fence that nobody could let it through.
    """
    classed = _under_rules(turn, plan, change)
    if refusal := _no_way_through(turn, classed):
        raise Refused(refusal.code, **refusal.facts)
    return classed


def under_fences(turn: Turn, plan: Plan, change: Change) -> Change:
    """Classify as `classified` does; the refusal of a fence that nobody could let it through is on its impact."""
    return _stopped(turn, _under_rules(turn, plan, change))


def tightened(turn: Turn, plan: Plan, change: Change) -> Policy:
    """The policy of an open request: that it was submitted under, and what stricter rules ask besides that apply to
    open ones (edge case 11). Its impact is freshly assessed on this plan."""
    if not applies_to_open(turn):
        return change.policy
    rules = rules_in_force(turn)
    return stricter(change.policy, [first_match(rules, one) for one in facts_in(turn, plan, change)])


def applies_to_open(turn: Turn) -> bool:
    """Check whether a rule in force asks something of requests that were submitted before it."""
    return any(rule.enabled and rule.applies_to_open for rule in rules_in_force(turn))


def what_if(turn: Turn, plan: Plan, change: Change) -> Change:
    """Classify as `under_fences` does, for a change that nobody proposes and no rule is asked about."""
    shown = in_force(turn, plan, change, Class.NORMAL, under_todays_shadow(turn, plan, change, ORDINARY))
    return _stopped(turn, _with_way_out(turn, plan, shown))


def _under_rules(turn: Turn, plan: Plan, change: Change) -> Change:
    klass, policy = _urgent(turn, plan, change) if change.policy.urgent else _ruled(turn, plan, change)
    if klass is Class.STANDARD and _follows_an_emergency(turn, change):
        klass, policy = Class.NORMAL, replace(policy, approvals=(AFFECTED,))
    classed = in_force(turn, plan, change, klass, under_todays_shadow(turn, plan, change, policy))
    return _with_way_out(turn, plan, replace(classed, policy=approved_first(classed.policy)))


def _with_way_out(turn: Turn, plan: Plan, classed: Change) -> Change:
    return replace(classed, policy=replace(classed.policy, way_out=way_out(turn, plan, classed, classed.policy)))


def _stopped(turn: Turn, classed: Change) -> Change:
    refusal, impact = _no_way_through(turn, classed), classed.impact
    return replace(classed, impact=replace(impact, refused=(*impact.refused, refusal))) if refusal else classed


def _no_way_through(turn: Turn, classed: Change) -> Refusal | None:
    refusal = no_way_through(turn, classed.proposers, classed.policy.breaches)
    return refusal and with_way_out(turn, refusal, classed)


def _follows_an_emergency(turn: Turn, change: Change) -> bool:
    """Check whether the change moves on something that an emergency has moved and nobody has ratified: on top of that
    nothing is approved beforehand, and taking the emergency back would have nothing left to give back."""
    mine = {(line.item, line.field) for line in change.impact.lines}
    provisional = [w.no for w in turn.uow.conflicts.wishes(besides=change.no) if w.state is ChangeState.PROVISIONAL]
    return any((line.item, line.field) in mine for no in provisional for line in turn.change(no).impact.lines)


def emergency_rules(turn: Turn) -> list[Rule]:
    """Emergency rules that are on: without one nothing can go as an emergency."""
    return [rule for rule in rules_in_force(turn) if rule.enabled and rule.klass is Class.EMERGENCY]


def _ruled(turn: Turn, plan: Plan, change: Change) -> tuple[Class, Policy]:
    rules, facts = rules_in_force(turn), list(facts_in(turn, plan, change))
    klass, policy = together([first_match(rules, one) for one in facts])
    if klass is Class.STANDARD:
        return klass, policy
    return klass, replace(policy, sliced=next(filter(None, (cut_into_slices(rules, one) for one in facts)), ""))


def _urgent(turn: Turn, plan: Plan, change: Change) -> tuple[Class, Policy]:
    """Class and policy of the first emergency rule, and the coordinator agrees that it is one. Raises
    Refused("no-emergency"), or what `require_declarable` raises."""
    rules = emergency_rules(turn)
    if not rules:
        raise Refused("no-emergency")
    require_declarable(turn, plan, change)
    policy = rules[0].policy()
    approvals = tuple(dict.fromkeys((*policy.approvals, str(COORDINATOR))))
    return Class.EMERGENCY, replace(policy, why=turn.words("value.reason.urgent"), approvals=approvals, urgent=True)


def rules_in_force(turn: Turn) -> list[Rule]:
    """The rules that class change requests, as an admin has switched them in chat."""
    return [rule for rule in all_rules(turn) if rule.act is None]


def facts_in(turn: Turn, plan: Plan, change: Change) -> Iterator[Facts]:
    """Facts of each operation."""
    timetable, zones = Timetable(plan), Zones(turn, plan)
    proposer = turn.organisation.people.get(change.proposer)
    measures = any(rule.klass is Class.STANDARD for rule in turn.environment.rules)
    before = agreed(turn, plan, change) if measures else {}
    reported = _reported(turn, plan, change.facts_of)
    for operation in change.operations:
        item = plan.items.get(operation.item) or change.impact.changed.get(operation.item)
        calendar = timetable.of(item) if item else timetable.default
        zone = zones.of(item) if item else Zone.LIQUID
        wish = Wish(operation, plan, change.impact, calendar, zone, change.reason, turn.today, proposer)
        declares = not undeclarable(turn, plan, change, [operation])
        wish = replace(wish, agreed=before, declares=declares, fitting=turn.environment.fitting, reported=reported)
        yield facts_of(wish)


def _reported(turn: Turn, plan: Plan, item: str) -> Reported | None:
    """The newest report of the item whose reports ask for a change."""
    said = turn.uow.reports.of_item(item) if item in plan.items else []
    return Reported(said[-1].kind, progress_of(turn, plan, item).scrap_rate) if said else None


def is_absorbed(turn: Turn, change: Change) -> bool:
    """Check whether a rule of the event `fact` has approved it beforehand: nobody has to submit it."""
    own = [rule for rule in rules_in_force(turn) if rule.id == change.policy.rule and rule.event is Event.FACT]
    return bool(own) and change.klass == Class.STANDARD


def expiry(turn: Turn, change: Change, impact: Impact) -> datetime:
    """Deadline for its decisions: as its rule says, else as the settings say."""
    return deadline_of(change, impact, turn.now, turn.hours, turn.environment.expires_working_days)
