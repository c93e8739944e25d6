"""The steps a change request opens: at submission, for another effect, for a fence that came to hold it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from planning.change.approvers import approvers_of, awaited, handed_on_by, needed, no_longer_able
from planning.change.change import Change, ChangeState, Step, StepState
from planning.change.guards import require_open
from planning.control.policy import EVERYONE, Policy
from planning.people.delegation import NO_DEPUTIES, Deputies
from planning.people.organisation import Organisation
from planning.plan.impact import Impact
from planning.refusal import Refused


def submit(
    change: Change,
    organisation: Organisation,
    now: datetime,
    expires_at: datetime,
    deputies: Deputies = NO_DEPUTIES,
) -> Change:
    """Take a draft into approval: a step for each department the impact touches; nobody's items are the coordinator's.

    Raises Refused for an impossible effect, with its reason; "no-approver" or "too-few-approvers" of a step nobody
    could decide; "nobody-required" of a policy that would let it pass by itself.
    """
    require_open(change)
    if change.state is not ChangeState.DRAFT:
        raise Refused("already-submitted", no=change.no)
    if change.impact.refused:
        raise Refused(change.impact.refused[0].code, **change.impact.refused[0].facts)
    asking = _Asking(change, organisation, now, expires_at, deputies)
    steps = tuple(asking.step(department) for department in change.policy.asks(change.impact, organisation))
    if steps and all(step.optional for step in steps):
        raise Refused("nobody-required", rule=change.policy.rule)
    return replace(change, state=ChangeState.IN_APPROVAL, steps=steps, submitted_at=now, expires_at=expires_at)


def next_round(
    change: Change,
    impact: Impact,
    organisation: Organisation,
    now: datetime,
    expires_at: datetime,
    deputies: Deputies = NO_DEPUTIES,
) -> Change:
    """Ask again those whom another effect concerns, after the plan moved while people were deciding.

    A department whose own lines stayed the same keeps its decision.
    """
    steps = []
    asking = _Asking(replace(change, impact=impact), organisation, now, expires_at, deputies)
    for department in change.policy.asks(impact, organisation):
        step = change.step_of(department)
        kept = department not in change.policy.named  # one that is named answers for the whole effect
        asked = step is not None and step.state is not StepState.NOT_REQUIRED
        if step and asked and kept and impact.lines_of(department) == change.impact.lines_of(department):
            steps.append(step)
        else:
            said = step.decisions if step else ()
            steps.append(replace(asking.step(department), round=change.round + 1, decisions=said))
    untouched = {step.department for step in steps}
    gone = [replace(s, state=StepState.NOT_REQUIRED) for s in change.steps if s.department not in untouched]
    return replace(
        change,
        impact=impact,
        base_revision=impact.revision,
        steps=(*steps, *gone),
        round=change.round + 1,
        expires_at=expires_at,
    )


def also_ask(
    change: Change,
    policy: Policy,
    organisation: Organisation,
    now: datetime,
    expires_at: datetime,
    deputies: Deputies = NO_DEPUTIES,
) -> Change:
    """Open the steps a policy asks for beyond those there are, in a round of their own; decisions stay.

    A fence that came to hold the change between submission and application (edge case 12) is asked for like this, and a
    stricter rule that applies to open requests (edge case 11); the approval of a fence that holds it no more lapses.
    """
    change = _lapsed(change, policy, organisation)
    due_at = max(change.expires_at or now, expires_at)
    asking = _Asking(replace(change, policy=policy), organisation, now, due_at, deputies)
    change = replace(change, steps=tuple(_firmed(step, change.policy, asking) for step in change.steps))
    there = {step.department for step in change.steps if _stands(step, policy)}
    missing = [who for who in policy.asks(change.impact, organisation) if who not in there]
    if not missing:
        return replace(change, policy=policy)
    said = {step.department: step.decisions for step in change.steps}
    opened = [replace(asking.step(who), round=change.round + 1, decisions=said.get(who, ())) for who in missing]
    kept = [step for step in change.steps if step.department not in missing]
    steps = (*kept, *opened)
    return replace(change, policy=policy, steps=steps, round=change.round + 1, expires_at=due_at)


def _firmed(step: Step, before: Policy, asking: "_Asking") -> Step:
    """A step that is still to be decided, on the terms of the policy of now where they are others; words that were
    given stand, and so does who was asked."""
    who, policy = step.department, asking.change.policy
    affected = who in policy.touched(asking.change.impact, asking.organisation)
    if not step.state.is_undecided or before.terms_of(who, affected) == policy.terms_of(who, affected):
        return step
    now = asking.step(who)
    able = tuple(dict.fromkeys((*step.approvers, *now.approvers)))
    return replace(step, approvers=able, needs=max(step.needs, now.needs), optional=step.optional and now.optional)


def _lapsed(change: Change, policy: Policy, organisation: Organisation) -> Change:
    """The change without the undecided steps that only a fence asked for which its policy names no more. Whom a rule
    asks besides, it asks on its own terms again."""
    gone = {*change.policy.special} - {*policy.special}
    asked, touched = policy.asks(change.impact, organisation), policy.touched(change.impact, organisation)

    def now(step: Step) -> Step:
        if step.department not in gone or not step.state.is_undecided:
            return step
        if step.department not in asked:
            return replace(step, state=StepState.NOT_REQUIRED)
        return replace(step, optional=policy.terms_of(step.department, step.department in touched).optional)

    return replace(change, steps=tuple(now(step) for step in change.steps)) if gone else change


def ask_able(
    change: Change,
    organisation: Organisation,
    called: Mapping[str, Collection[str]],
    deputies: Deputies = NO_DEPUTIES,
) -> Change:
    """The request with its waiting steps asked of those who may decide them today: whose role has been taken away since
    is asked no more, and where too few are left the department is asked anew. Words that were given stand.

    `called`: by department, whom its ladder has called in.
    """
    steps = []
    for step in change.steps:
        lost = no_longer_able(step, organisation, called.get(step.department, ()), deputies)
        steps.append(_without(lost, change, step, organisation, deputies))
    return change if tuple(steps) == change.steps else replace(change, steps=tuple(steps))


def _without(
    lost: tuple[str, ...], change: Change, step: Step, organisation: Organisation, deputies: Deputies
) -> Step:
    if not lost or not step.state.is_undecided:
        return step
    left = tuple(person for person in step.approvers if person not in lost)
    step = replace(step, approvers=left, needs=_needs_without(lost, change, step, organisation))
    asked = change.proposers, organisation, deputies
    if len(set(awaited(step, *asked).values())) >= step.missing:
        return step
    try:
        able, fallback = approvers_of(step.department, organisation, change.proposers, deputies, step.missing)
    except Refused:
        return step  # nobody is left: stand-ins are called in for it (`to_stand_in`)
    more = (person for person in able if person not in handed_on_by(step))
    return replace(step, approvers=tuple(dict.fromkeys((*left, *more))), fallback=step.fallback or fallback)


def _needs_without(lost: tuple[str, ...], change: Change, step: Step, organisation: Organisation) -> int:
    """Where everybody has to approve, those who may not any more are not waited for."""
    known = organisation.departments.get(step.department)
    ordinarily = known.approval if known else 1
    wanted = change.policy.terms_of(step.department).needs
    if (ordinarily if wanted is None else wanted) != EVERYONE:
        return step.needs
    return max(1, step.needs - len([person for person in lost if person not in step.taken]))


def _stands(step: Step, policy: Policy) -> bool:
    """True for a step that answers for the policy of now: a fence may require one that was only asked besides."""
    if step.optional and step.department in policy.special:
        return step.state is StepState.APPROVED
    return step.state is not StepState.NOT_REQUIRED


@dataclass(frozen=True, slots=True)
class _Asking:
    """Opens the steps of one request."""

    change: Change
    organisation: Organisation
    now: datetime
    due_at: datetime
    deputies: Deputies

    def step(self, department: str) -> Step:
        affected = department in self.change.policy.touched(self.change.impact, self.organisation)
        terms = self.change.policy.terms_of(department, affected)
        who = self.organisation, self.change.proposers, self.deputies
        needs = needed(department, terms.needs, *who)
        able, fallback = approvers_of(department, *who, needs, terms.any_deputy)
        return Step(
            department,
            able,
            due_at=self.due_at,
            opened_at=self.now,
            fallback=fallback,
            needs=needs,
            optional=terms.optional,
            any_deputy=terms.any_deputy,
        )
