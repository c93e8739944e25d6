"""What may happen to a change request that was submitted: decide, transfer, withdraw, expire, apply.

Each function takes the request as it is and gives it as it becomes, or raises Refused. The guards of a decision are
checked in this order: is it still open, is there such a step, is the person allowed, did they see what they decide on.
"""

from dataclasses import replace
from datetime import datetime

from planning.approvers import deciders, may_decide
from planning.change import Change, ChangeState, Decision, Step, StepState, Verdict
from planning.delegation import NO_DEPUTIES, Deputies
from planning.holding import require_not_held
from planning.organisation import Organisation, Role
from planning.refusal import Refused


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


def supersede(change: Change, by: str, now: datetime) -> Change:
    """The request `by` takes its place. Raises Refused when it has ended, or is in effect already."""
    _require_open(change)
    if change.state is ChangeState.PROVISIONAL:
        raise Refused("already-in-effect", no=change.no)
    return replace(_end(change, ChangeState.SUPERSEDED, now), superseded_by=by)


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


def call_in(change: Change, department: str, people: tuple[str, ...], *, standing_in: bool = False) -> Change:
    """More people may decide a step that waits (escalation, leave); those who were asked before still may.
    `standing_in`: they are asked because nobody else is left."""
    step = change.step_of(department)
    if step is None or not step.state.is_undecided:
        raise Refused("not-asked", no=change.no)
    asked = tuple(dict.fromkeys((*step.approvers, *people)))
    return _with_step(change, replace(step, approvers=asked, fallback=step.fallback or standing_in))


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


def _with_step(change: Change, step: Step) -> Change:
    return replace(change, steps=tuple(step if s.department == step.department else s for s in change.steps))


def _end(change: Change, state: ChangeState, now: datetime) -> Change:
    closed = tuple(
        replace(step, state=StepState.NOT_REQUIRED) if step.state.is_undecided else step for step in change.steps
    )
    return replace(change, state=state, steps=closed, ended_at=now)
