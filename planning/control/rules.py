"""Trigger rules: event × condition → class, who decides, who is told, until when."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from planning.control.condition import Condition, Part
from planning.control.fences import Zone
from planning.control.policy import AFFECTED, ORDINARY, Policy, Terms
from planning.control.reasons import REASON_CODES
from planning.facts.report import ReportKind
from planning.people.organisation import Role
from planning.plan.item import Status
from planning.plan.operation import Op

RATIFY_HOURS = 24
"""The time an emergency has to be ratified where its rule says nothing."""


class Class(StrEnum):
    """ITIL's three kinds of change."""

    STANDARD = "standard"
    """Approved beforehand, inside its bounds: applied at once, everyone affected is told."""
    NORMAL = "normal"
    EMERGENCY = "emergency"


class Act(StrEnum):
    """What a rule does by itself when its event happens."""

    INFORM = "inform"
    ASK = "ask"
    """A draft of the change that would help, to whoever plans the item."""
    EXCEPTION = "exception"


class Event(StrEnum):
    """The events that may set off a change."""

    ANY = "any"
    ORDER_CHANGE = "order_change"
    MATERIAL_ARRIVAL = "material_arrival"
    MATERIAL_DELAY = "material_delay"
    MACHINE_DOWN = "machine_down"
    QUALITY_HOLD = "quality_hold"
    PROMOTION = "promotion"
    OVERDUE = "overdue"
    SHORTAGE = "shortage"
    FACT = "fact"
    """A report asks for it."""


HAPPENS = (
    Event.FACT, Event.MATERIAL_ARRIVAL, Event.MATERIAL_DELAY, Event.MACHINE_DOWN, Event.QUALITY_HOLD, Event.OVERDUE,
    Event.SHORTAGE,
)  # fmt: skip
"""Events that happen by themselves, by reports, stock, imports and time: a rule can act on them."""
TYPES: Mapping[str, str] = {
    "item.code": "string",
    "item.type": "string",
    "item.department": "string",
    "item.status": "string",
    "item.zone": "string",
    "item.product": "string",
    "item.days_to_start": "int",
    "op": "string",
    "days": "int",
    "quantity.before": "double",
    "quantity.after": "double",
    "quantity.ratio": "double",
    "reason_code": "string",
    "late_orders": "int",
    "shortages": "int",
    "departments": "int",
    "proposer.department": "string",
    "proposer.roles": "list(string)",
    "today.weekday": "int",
    "kind": "string",
    "scrap_rate": "double",
}
"""The facts a condition may speak of. Days are working days, signed; a weekday is 1 (Monday) to 7. `kind` is the
newest report's, `scrap_rate` is of all that was made of its item; a wish that no report has led to has neither."""
OF_EVENTS = {
    name: kind for name, kind in TYPES.items()
    if name in ("days", "today.weekday", "kind", "scrap_rate") or name.startswith("item.")
}  # fmt: skip
"""Those a rule may speak of that acts by itself: nobody has proposed anything. `days`: how late it will be."""
VALUES: Mapping[str, tuple[str, ...]] = {
    "item.status": tuple(Status),
    "item.zone": tuple(Zone),
    "op": tuple(op for op in Op if op is not Op.RESTORE),
    "reason_code": REASON_CODES,
    "proposer.roles": tuple(Role),
    "today.weekday": tuple("1234567"),
    "kind": tuple(ReportKind),
}
"""The facts that have no other values; those of departments are the settings'. An operation that takes a change back
is under no rule."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A trigger rule, for these `reasons` only (empty: for all); `approvals` as in `planning.control.policy`."""

    id: str
    event: Event
    when: Condition | None
    klass: Class = Class.NORMAL
    approvals: tuple[str, ...] = (AFFECTED,)
    inform: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    deadline_hours: int | None = None
    enabled: bool = True
    ratify_hours: int | None = None
    """The time an emergency has to be ratified; None: its `deadline_hours`, else RATIFY_HOURS."""
    terms: tuple[Terms, ...] = ()
    """Terms of the approvals not asked in the ordinary way."""
    act: Act | None = None
    """What it does by itself; None: it classes change requests."""
    applies_to_open: bool = False
    """Stricter than before: what was submitted under other rules is asked for by this one besides."""

    def policy(self) -> Policy:
        """The policy a change takes with it when this rule fires."""
        why = self.when.text if self.when else self.event.value
        policy = Policy(self.id, why, self.approvals, self.inform, self.deadline_hours)
        return replace(policy, ratify_hours=self._ratify_hours(), terms=self.terms)

    def _ratify_hours(self) -> int | None:
        if self.klass is not Class.EMERGENCY:
            return None
        return self.ratify_hours or self.deadline_hours or RATIFY_HOURS


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of one wanted operation: the events it belongs to, and the values conditions speak of."""

    events: frozenset[Event]
    values: Mapping[str, Any]
    since_agreed: tuple[Mapping[str, Any], ...] = ()
    """The values a standard rule is measured by: of its item since people last agreed to it, then of each that follows
    and had been moved unasked before. Empty: as `values`."""
    declares: bool = True
    """Its proposer may declare an emergency of its item."""

    @property
    def reason_code(self) -> str:
        return str(self.values["reason_code"])


@dataclass(frozen=True, slots=True)
class Match:
    """The outcome of one rule over the facts, condition by condition."""

    rule: Rule
    event: bool
    reason: bool
    parts: tuple[Part, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)
    """The values it was tried with."""
    declared: bool = True
    """False for an emergency rule whose emergency the proposer may not declare."""

    @property
    def fires(self) -> bool:
        return self.rule.enabled and self.event and self.reason and self.declared and self.holds

    @property
    def holds(self) -> bool:
        return all(part.holds for part in self.parts)


def look(rule: Rule, facts: Facts) -> Match:
    """The outcome of a rule; of a standard one with the first of its values that does not hold."""
    event, reason, declared = _event(rule, facts), _reason(rule, facts), _declared(rule, facts)
    measured = (rule.klass is Class.STANDARD and facts.since_agreed) or (facts.values,)
    parts = ((rule.when.parts(values) if rule.when else (), values) for values in measured)
    tried = [Match(rule, event, reason, found, values, declared) for found, values in parts]
    return next((match for match in tried if not match.holds), tried[0])


def cut_into_slices(rules: Sequence[Rule], facts: Facts) -> str:
    """The standard rule that would fire for this step alone and does not for all that nobody was asked about; empty:
    there is none."""
    if not facts.since_agreed or not any(rule.klass is Class.STANDARD and rule.enabled for rule in rules):
        return ""
    alone = first_match(rules, replace(facts, since_agreed=()))
    if alone is None or alone.rule.klass is not Class.STANDARD or look(alone.rule, facts).fires:
        return ""
    return alone.rule.id


def first_match(rules: Iterable[Rule], facts: Facts) -> Match | None:
    """The first rule, in the order of the settings, that is on and whose event, reason and condition all hold."""
    open_ones = (rule for rule in rules if rule.enabled and _is_meant(rule, facts))  # conditions cost the most
    return next((match for rule in open_ones if (match := look(rule, facts)).fires), None)


def _is_meant(rule: Rule, facts: Facts) -> bool:
    return _event(rule, facts) and _reason(rule, facts) and _declared(rule, facts)


def _event(rule: Rule, facts: Facts) -> bool:
    return rule.event is Event.ANY or rule.event in facts.events


def _reason(rule: Rule, facts: Facts) -> bool:
    return not rule.reasons or facts.reason_code in rule.reasons


def _declared(rule: Rule, facts: Facts) -> bool:
    return rule.klass is not Class.EMERGENCY or facts.declares


def together(matches: Sequence[Match | None]) -> tuple[Class, Policy]:
    """Class and policy of a change of several operations, each with the rule that fired for it (None: an ordinary one).

    Its class is the one all of them share, else it is an ordinary change: an emergency puts nothing in effect that
    stands beside it, and nothing is approved beforehand together with an operation that is not. It asks and tells
    everybody any of the rules asks or tells.
    """
    classes = {match.rule.klass if match else Class.NORMAL for match in matches} or {Class.NORMAL}
    klass = classes.pop() if len(classes) == 1 else Class.NORMAL
    policies = list(dict.fromkeys(match.rule.policy() if match else ORDINARY for match in matches)) or [ORDINARY]
    return klass, policies[0] if len(policies) == 1 else _joined(klass, policies)


def tightened(policy: Policy, matches: Iterable[Match | None]) -> Policy:
    """The policy of an open request with what the rules that apply to open ones ask besides (edge case 11). Nobody is
    left out, no terms are softened, and its deadline stays the one it was submitted under."""
    strict = [match for match in matches if match and match.rule.applies_to_open]
    for added in dict.fromkeys(match.rule.policy() for match in strict):
        both = _joined(Class.NORMAL, (policy, added))
        kept = replace(policy, approvals=both.approvals, inform=both.inform, terms=_of_note(both.terms))
        asks = [(one.approvals, one.inform, {*_of_note(one.terms)}) for one in (policy, kept)]
        if asks[0] != asks[1]:
            policy = replace(kept, rule=both.rule, why=both.why)
    return policy


def _of_note(terms: Iterable[Terms]) -> tuple[Terms, ...]:
    """Those other than the ordinary."""
    return tuple(one for one in terms if one != Terms(one.who))


def _joined(klass: Class, policies: Sequence[Policy]) -> Policy:
    at_once = klass is Class.STANDARD
    approvals = [who for policy in policies for who in policy.approvals or (() if at_once else (AFFECTED,))]
    return Policy(
        rule=" + ".join(policy.rule for policy in policies if policy.rule),
        why="; ".join(policy.why for policy in policies if policy.why),
        approvals=tuple(dict.fromkeys(approvals)),
        inform=tuple(dict.fromkeys(who for policy in policies for who in policy.inform)),
        deadline_hours=_shortest(policy.deadline_hours for policy in policies),
        terms=tuple(_firmest(who, policies) for who in dict.fromkeys(approvals)),
        ratify_hours=_shortest(policy.ratify_hours for policy in policies) if klass is Class.EMERGENCY else None,
    )


def _firmest(who: str, policies: Sequence[Policy]) -> Terms:
    """The firmest terms: required before optional, more before fewer."""
    asking = [policy.terms_of(who) for policy in policies if who in policy.approvals]
    return max(asking, key=lambda terms: terms.firmness, default=Terms(who))


def _shortest(hours: Iterable[int | None]) -> int | None:
    return min((some for some in hours if some is not None), default=None)
