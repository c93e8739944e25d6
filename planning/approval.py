"""What may happen to a change request: submit, decide, transfer, withdraw, expire, start a new round, apply.

Each function takes the request as it is and gives it as it becomes, or raises Refused. The guards of a decision are
checked in this order: is it still open, is there such a step, is the person allowed, did they see what they decide on.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from planning.approvers import approvers_of, deciders, may_decide, needed
from planning.change import Change, ChangeState, Decision, Step, StepState, Verdict
from planning.delegation import NO_DEPUTIES, Deputies
from planning.holding import require_not_held
from planning.impact import Impact
from planning.organisation import Organisation, Role
from planning.policy import Policy
from planning.refusal import Refused


def submit(
    change: Change,
    organisation: Organisation,
    now: datetime,
    expires_at: datetime,
    deputies: Deputies = NO_DEPUTIES,
) -> Change:
    """From draft into approval: one step for each department the impact touches; nobody's items are the
    coordinator's.

    Raises Refused: "no-approver" or "too-few-approvers" of a step nobody could decide, "nobody-required" of a policy
    that would let it pass by itself.
    """
    if change.state is not ChangeState.DRAFT:
        raise Refused("already-submitted", no=change.no)
    asking = _Asking(change, organisation, now, expires_at, deputies)
    steps = tuple(asking.step(department) for department in change.policy.asks(change.impact, organisation))
    if steps and all(step.optional for step in steps):
        raise Refused("nobody-required", rule=change.policy.rule)
    return replace(change, state=ChangeState.IN_APPROVAL, steps=steps, submitted_at=now, expires_at=expires_at)


def discard(change: Change, person: str, now: datetime) -> Change:
    """The proposer drops a draft, or takes back a request that is still being decided."""
    if person != change.proposer:
        raise Refused("not-the-proposer", no=change.no)
    _require_open(change)
    return _end(change, ChangeState.WITHDRAWN, now)


def expire(change: Change, now: datetime) -> Change:
    """Its time is over. Raises Refused when it has ended before."""
    _require_open(change)
    return _end(change, ChangeState.EXPIRED, now)


def fail(change: Change, now: datetime) -> Change:
    """It can no longer be done on the plan as it is now."""
    return _end(change, ChangeState.FAILED, now)


def apply(change: Change, revision: int, now: datetime) -> Change:
    """It is in effect; who was asked and not waited for needs to say nothing any more."""
    return replace(_end(change, ChangeState.APPLIED, now), applied_revision=revision)


def approve(change: Change, department: str, decision: Decision, deputies: Deputies = NO_DEPUTIES) -> Change:
    """The last approval a step needs closes it. The same person approving again changes nothing.

    While it still needs others, it waits for them, or for the proposer where somebody else wants it modified.
    """
    step, decision = _decidable(change, department, decision, deputies)
    if decision.person in step.voters:
        return change
    said = replace(step, decisions=(*step.decisions, decision))
    return _with_step(change, replace(said, state=_standing(said)))


def _standing(step: Step) -> StepState:
    if not step.missing:
        return StepState.APPROVED
    returned = any(said.verdict is Verdict.MODIFY for said in step.last_words)
    return StepState.CHANGES_REQUESTED if returned else StepState.OPEN


def reject(change: Change, department: str, decision: Decision, deputies: Deputies = NO_DEPUTIES) -> Change:
    """One rejection ends the request, unless the step is optional; the other steps are not required any more.
    A reason is required (R48)."""
    step, decision = _decidable(change, department, decision, deputies)
    if not decision.comment.strip():
        raise Refused("reject-needs-reason", no=change.no)
    said = replace(step, state=StepState.REJECTED, decisions=(*step.decisions, decision))
    if step.optional:
        return _with_step(change, said)
    return _end(_with_step(change, said), ChangeState.REJECTED, decision.at)


def ask_to_modify(
    change: Change, department: str, decision: Decision, deputies: Deputies = NO_DEPUTIES
) -> Change:
    """Send it back to its proposer, with what should be proposed instead (要求修改). The other steps go on; this one
    waits for a request that takes this one's place, or for the approver to decide after all.

    Raises Refused "modify-in-effect" of an emergency that the plan carries already.
    """
    step, decision = _decidable(change, department, decision, deputies)
    if change.state is ChangeState.PROVISIONAL:
        raise Refused("modify-in-effect", no=change.no)
    if not decision.comment.strip():
        raise Refused("modify-needs-reason", no=change.no)
    said = replace(step, state=StepState.CHANGES_REQUESTED, decisions=(*step.decisions, decision))
    return _with_step(change, said)


def supersede(change: Change, now: datetime) -> Change:
    """Another request takes its place. Raises Refused when it has ended, or is in effect already."""
    _require_open(change)
    if change.state is ChangeState.PROVISIONAL:
        raise Refused("already-in-effect", no=change.no)
    return _end(change, ChangeState.SUPERSEDED, now)


def transfer(
    change: Change,
    department: str,
    decision: Decision,
    organisation: Organisation,
    deputies: Deputies = NO_DEPUTIES,
) -> Change:
    """Hand the step to another approver of the department, or to a coordinator; a vote that was given is not handed on.
    """
    step, decision = _decidable(change, department, decision, deputies)
    if decision.person in step.voters or decision.seat in step.taken:
        raise Refused("voted-already", no=change.no)
    if decision.to not in colleagues(change, department, decision.person, organisation, deputies):
        raise Refused("cannot-transfer", name=organisation.name_of(decision.to))
    handed = replace(step, approvers=_handed(step, decision), decisions=(*step.decisions, decision))
    return _with_step(change, handed)


def _handed(step: Step, decision: Decision) -> tuple[str, ...]:
    """Where one decides, the new one alone does; where several do, the new one takes the place of the one."""
    if step.needs == 1:
        return (decision.to,)
    return tuple(decision.to if person == decision.seat else person for person in step.approvers)


def colleagues(
    change: Change, department: str, person: str, organisation: Organisation, deputies: Deputies = NO_DEPUTIES
) -> tuple[str, ...]:
    """To whom this person may transfer their step. Where several have to approve, to nobody who is asked as it is: they
    have one vote."""
    able = [*deciders(department, organisation), *organisation.with_role(Role.COORDINATOR)]
    step = change.step_of(department)
    asked = (step.approvers + step.voters) if step and step.needs > 1 else ()
    excluded = {person, *asked, *map(deputies.acting, asked), *deputies.hands_of(change.proposer)}
    return tuple(dict.fromkeys(p.id for p in able if p.id not in excluded))


def call_in(change: Change, department: str, people: tuple[str, ...]) -> Change:
    """More people may decide a step that waits (escalation, leave); those who were asked before still may."""
    step = change.step_of(department)
    if step is None or not step.state.is_undecided:
        raise Refused("not-asked", no=change.no)
    return _with_step(change, replace(step, approvers=tuple(dict.fromkeys((*step.approvers, *people)))))


def next_round(
    change: Change,
    impact: Impact,
    organisation: Organisation,
    now: datetime,
    expires_at: datetime,
    deputies: Deputies = NO_DEPUTIES,
) -> Change:
    """The plan moved while people were deciding and the effect is another: ask again, but only whom it concerns.

    A department whose own lines stayed the same keeps its decision (domain part 4, case b).
    """
    steps = []
    asking = _Asking(replace(change, impact=impact), organisation, now, expires_at, deputies)
    for department in change.policy.asks(impact, organisation):
        step = change.step_of(department)
        kept = department not in change.policy.named  # who is named answers for the whole effect, not for own lines
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


def step_for(change: Change, person: str, deputies: Deputies = NO_DEPUTIES) -> Step:
    """The open step this person decides, for a decision typed without naming the department."""
    _require_open(change)
    mine = [step for step in change.steps if may_decide(step, person, deputies)]
    undecided = [step for step in mine if step.state.is_undecided and person not in step.voters]
    if undecided or mine:
        return (undecided or mine)[0]
    if person == change.proposer:
        raise Refused("own-change", no=change.no)
    raise Refused("not-an-approver", no=change.no)


def also_ask(
    change: Change,
    policy: Policy,
    organisation: Organisation,
    now: datetime,
    expires_at: datetime,
    deputies: Deputies = NO_DEPUTIES,
) -> Change:
    """The steps a policy asks for beyond those there are, opened in a round of their own; what was decided stays.

    A fence that came to hold the change between submission and application (edge case 12) is asked for like this.
    """
    there = {step.department for step in change.steps if _stands(step, policy)}
    missing = [who for who in policy.named if who not in there]
    if not missing:
        return replace(change, policy=policy)
    due_at = max(change.expires_at or now, expires_at)
    asking = _Asking(replace(change, policy=policy), organisation, now, due_at, deputies)
    said = {step.department: step.decisions for step in change.steps}
    opened = [replace(asking.step(who), round=change.round + 1, decisions=said.get(who, ())) for who in missing]
    kept = [step for step in change.steps if step.department not in missing]
    steps = (*kept, *opened)
    return replace(change, policy=policy, steps=steps, round=change.round + 1, expires_at=due_at)


def _stands(step: Step, policy: Policy) -> bool:
    """Whether a step answers for what a policy asks now: who was only asked besides may be required by a fence."""
    if step.optional and step.department in policy.special:
        return step.state is StepState.APPROVED
    return step.state is not StepState.NOT_REQUIRED


def _decidable(
    change: Change, department: str, decision: Decision, deputies: Deputies
) -> tuple[Step, Decision]:
    """The step and the decision with whose word it is, or the first guard that is in the way."""
    _require_open(change)
    if change.state is ChangeState.DRAFT:
        raise Refused("not-submitted", no=change.no)
    require_not_held(change)
    step = change.step_of(department)
    if step is None or step.state is StepState.NOT_REQUIRED:
        raise Refused("not-asked", no=change.no)
    _require_other_hands(change, decision.person, deputies)
    if decision.verdict is Verdict.APPROVE and step.state is StepState.APPROVED and decision.person in step.voters:
        return step, decision
    if not step.state.is_undecided:
        raise Refused("already-decided", no=change.no, person=step.decisions[-1].person)
    if not may_decide(step, decision.person, deputies):
        raise Refused("not-an-approver", no=change.no)
    if decision.impact_hash != change.impact.hash:
        raise Refused("impact-changed", no=change.no)
    return step, replace(decision, round=step.round, acting_for=_absent(step, decision.person, deputies))


def _absent(step: Step, person: str, deputies: Deputies) -> str:
    """Whose word this person gives: their own (empty), else of those they act for the first who has none yet."""
    if person in step.approvers:
        return ""
    return deputies.acts_for(person, step.silent) or deputies.acts_for(person, step.approvers)


def _require_other_hands(change: Change, person: str, deputies: Deputies) -> None:
    """Four eyes: neither the proposer nor who acts for them."""
    if person == change.proposer:
        raise Refused("own-change", no=change.no)
    if person in deputies.hands_of(change.proposer):
        raise Refused("proposers-deputy", no=change.no, person=change.proposer)


def _require_open(change: Change) -> None:
    if not change.state.is_open:
        raise Refused("change-ended", no=change.no, state=change.state.value)


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
        who = self.organisation, self.change.proposer, self.deputies
        needs = needed(department, terms.needs, *who)
        able, fallback = approvers_of(department, *who, needs)
        return Step(
            department,
            able,
            due_at=self.due_at,
            opened_at=self.now,
            fallback=fallback,
            needs=needs,
            optional=terms.optional,
        )


def _with_step(change: Change, step: Step) -> Change:
    return replace(change, steps=tuple(step if s.department == step.department else s for s in change.steps))


def _end(change: Change, state: ChangeState, now: datetime) -> Change:
    closed = tuple(
        replace(step, state=StepState.NOT_REQUIRED) if step.state.is_undecided else step for step in change.steps
    )
    return replace(change, state=state, steps=closed, ended_at=now)
