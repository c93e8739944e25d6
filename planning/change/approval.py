"""Transitions of a submitted change request: decide, transfer, withdraw, expire, apply.

Each function takes the request as it is and gives it as it becomes, or raises Refused. The guards of a decision are
checked in this order: is it still open, is there such a step, is the person allowed, did they see what they decide on.
"""

from dataclasses import replace
from datetime import datetime

from planning.change.acting import acts_on, barred
from planning.change.approvers import deciders, may_decide, owes, was_set_aside
from planning.change.change import Change, ChangeState, Decision, Step, StepState, Verdict
from planning.change.guards import require_deciding, require_open
from planning.people.delegation import NO_DEPUTIES, Deputies
from planning.people.organisation import Organisation, Role
from planning.refusal import Refused

_NOES = (Verdict.REJECT, Verdict.MODIFY)
"""Four eyes keep a proposer's side from letting something pass, not from stopping it."""
_CLOSED_BY = {Verdict.APPROVE: StepState.APPROVED, Verdict.REJECT: StepState.REJECTED}


def discard(change: Change, person: str, now: datetime) -> Change:
    """Drop a draft, or take back a request that is still being decided, by its proposer."""
    if person != change.proposer:
        raise Refused("not-the-proposer", no=change.no)
    require_open(change)
    return end(change, ChangeState.WITHDRAWN, now)


def expire(change: Change, now: datetime) -> Change:
    """End a request whose time is over. Raises Refused when it has ended before."""
    require_open(change)
    return end(change, ChangeState.EXPIRED, now)


def fail(change: Change, now: datetime) -> Change:
    """End a request that can no longer be done on the plan as it is now."""
    return end(change, ChangeState.FAILED, now)


def apply(change: Change, revision: int, now: datetime) -> Change:
    """End a request that is in effect; whoever was asked and not waited for is asked no more."""
    return replace(end(change, ChangeState.APPLIED, now), applied_revision=revision)


def approve(change: Change, department: str, decision: Decision, deputies: Deputies = NO_DEPUTIES) -> Change:
    """Approve a step; the last approval it needs closes it. The same person approving again changes nothing.

    While it still needs others, it waits for them, or for the proposer where somebody else wants it modified.
    """
    step, decision = _decidable(change, department, decision, deputies)
    if _is_repeated(step, decision):
        return change
    said = replace(step, decisions=(*step.decisions, decision))
    return _with_step(change, replace(said, state=_standing(said)))


def _standing(step: Step) -> StepState:
    if not step.missing:
        return StepState.APPROVED
    returned = any(said.verdict is Verdict.MODIFY for said in step.last_words)
    return StepState.CHANGES_REQUESTED if returned else StepState.OPEN


def reject(change: Change, department: str, decision: Decision, deputies: Deputies = NO_DEPUTIES) -> Change:
    """Reject a step, with a reason; that ends the request, and its other steps, unless the step is optional.

    A repeated rejection of an optional step changes nothing.
    """
    step, decision = _decidable(change, department, decision, deputies)
    if _is_repeated(step, decision):
        return change
    if not decision.comment.strip():
        raise Refused("reject-needs-reason", no=change.no)
    said = replace(step, state=StepState.REJECTED, decisions=(*step.decisions, decision))
    if step.optional:
        return _with_step(change, said)
    return end(_with_step(change, said), ChangeState.REJECTED, decision.at)


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
    """The request `by` takes its place. Raises Refused when it has ended."""
    require_open(change)
    return replace(end(change, ChangeState.SUPERSEDED, now), superseded_by=by)


def transfer(
    change: Change,
    department: str,
    decision: Decision,
    organisation: Organisation,
    deputies: Deputies = NO_DEPUTIES,
) -> Change:
    """Hand one's own seat in the step, or that of the absent one whose word one gives, to another approver of the
    department or to a coordinator; everybody else who is asked still is. A vote that was given is not handed on."""
    step, decision = _decidable(change, department, decision, deputies)
    _require_unvoted(change, step, decision.person, decision.seat)
    if decision.to not in colleagues(change, department, decision.person, organisation, deputies):
        raise Refused("cannot-transfer", name=organisation.name_of(decision.to))
    asked = dict.fromkeys(decision.to if person == decision.seat else person for person in step.approvers)
    return _with_step(change, replace(step, approvers=tuple(asked), decisions=(*step.decisions, decision)))


def require_transferable(change: Change, department: str, person: str, deputies: Deputies = NO_DEPUTIES) -> None:
    """Raise what `require_decider` raises, or "voted-already" of a vote that was given."""
    step = require_decider(change, department, person, deputies, Verdict.TRANSFER)
    _require_unvoted(change, step, person, _absent(step, person, deputies) or person)


def _require_unvoted(change: Change, step: Step, person: str, seat: str) -> None:
    if person in step.voters or seat in step.taken:
        raise Refused("voted-already", no=change.no)


def colleagues(
    change: Change, department: str, person: str, organisation: Organisation, deputies: Deputies = NO_DEPUTIES
) -> tuple[str, ...]:
    """The people this person may transfer their seat to.

    Where several have to approve, nobody who is asked as it is: they have one vote.
    """
    able = [*deciders(department, organisation), *organisation.with_role(Role.COORDINATOR)]
    step = change.step_of(department)
    asked = (step.approvers + step.voters) if step and step.needs > 1 else ()
    seat = _absent(step, person, deputies) if step else ""
    excluded = {person, seat, *asked, *map(deputies.acting, asked), *deputies.hands_of(*change.proposers)}
    return tuple(dict.fromkeys(p.id for p in able if p.id not in excluded))


def call_in(change: Change, department: str, people: tuple[str, ...], *, standing_in: bool = False) -> Change:
    """Let more people decide a step that waits (escalation, leave); those who were asked before still may.
    `standing_in`: they are asked because nobody else is left."""
    step = change.step_of(department)
    if step is None or not step.state.is_undecided:
        raise Refused("not-asked", no=change.no)
    asked = tuple(dict.fromkeys((*step.approvers, *people)))
    return _with_step(change, replace(step, approvers=asked, fallback=step.fallback or standing_in))


def step_for(
    change: Change, person: str, verdict: Verdict, deputies: Deputies = NO_DEPUTIES, here: str = ""
) -> Step:
    """The step a typed verdict is about, where the department is not named; `here`: whose conversation it was typed in.

    The same word again, where none of theirs was opened since, means the same step: one word never decides two.
    """
    require_open(change)
    mine = [step for step in change.steps if _may_say(change, step, person, verdict, deputies) or _word(step, person)]
    if not mine:
        _require_another(change, person)
        for step in change.steps:
            _require_other_hands(change, step, person, deputies)
        raise Refused("not-an-approver", no=change.no)
    left = still_theirs(change, person, deputies)
    said = [step for step in mine if (word := _word(step, person)) and word.verdict is verdict]
    if said and not any(_was_opened_since(step, said, person) for step in left):
        return said[-1]
    return min(left or mine, key=lambda step: (step.department != here, person not in step.approvers))


def still_theirs(change: Change, person: str, deputies: Deputies = NO_DEPUTIES) -> list[Step]:
    """The undecided steps on which this person may still give a word."""
    return [step for step in change.steps if step.state.is_undecided and owes(step, person, change.proposers, deputies)]


def require_decider(
    change: Change, department: str, person: str, deputies: Deputies = NO_DEPUTIES, verdict: Verdict = Verdict.APPROVE
) -> Step:
    """The step, where this person may say this of it now; else raises the first guard that is in the way."""
    step = _asked_of(change, department, person, deputies, verdict)
    if not step.state.is_undecided:
        raise Refused("already-decided", no=change.no, person=step.decisions[-1].person)
    if not _may_say(change, step, person, verdict, deputies):
        raise Refused("not-an-approver", no=change.no)
    return step


def _may_say(change: Change, step: Step, person: str, verdict: Verdict, deputies: Deputies) -> bool:
    set_aside = verdict in _NOES and was_set_aside(step, person, change.proposers, deputies)
    return set_aside or may_decide(step, person, deputies)


def _asked_of(change: Change, department: str, person: str, deputies: Deputies, verdict: Verdict) -> Step:
    require_deciding(change)
    step = change.step_of(department)
    if step is None or step.state is StepState.NOT_REQUIRED:
        raise Refused("not-asked", no=change.no)
    if verdict in _NOES:
        _require_another(change, person)
    else:
        _require_other_hands(change, step, person, deputies)
    return step


def _decidable(
    change: Change, department: str, decision: Decision, deputies: Deputies
) -> tuple[Step, Decision]:
    """The step and the decision with whose word it is, or the first guard that is in the way."""
    step = _asked_of(change, department, decision.person, deputies, decision.verdict)
    if step.state is _CLOSED_BY.get(decision.verdict) and _is_repeated(step, decision):
        return step, decision
    require_decider(change, department, decision.person, deputies, decision.verdict)
    if decision.impact_hash != change.impact.hash:
        raise Refused("impact-changed", no=change.no)
    return step, replace(decision, round=step.round, acting_for=_absent(step, decision.person, deputies))


def _is_repeated(step: Step, decision: Decision) -> bool:
    """True for the word said last, if it stands, by this person, or for their seat while others are waited for."""
    last = _word(step, decision.person)
    if last is None or last.verdict is not decision.verdict:
        return False
    return step.state.is_undecided or last.person == decision.person


def _word(step: Step, person: str) -> Decision | None:
    """This person's last word, or the one a deputy gave for them: the two have one between them."""
    return next((said for said in step.last_words if person in (said.person, said.acting_for)), None)


def _was_opened_since(step: Step, said: list[Step], person: str) -> bool:
    """True for a step opened after this person's last word on the others: they are asked anew."""
    last = max(word.at for one in said if (word := _word(one, person)))
    return step.opened_at is not None and step.opened_at > last


def _absent(step: Step, person: str, deputies: Deputies) -> str:
    """The absent one whose word this person gives: the first they act for without a word yet; empty: their own."""
    if person in step.approvers:
        return ""
    return acts_on(step, person, step.silent, deputies) or acts_on(step, person, step.approvers, deputies)


def _require_another(change: Change, person: str) -> None:
    """Refuse a proposer: they have other words for what they want themselves."""
    if person == change.proposer:
        raise Refused("own-change", no=change.no)
    if person in change.also_by:
        raise Refused("own-wish", no=change.no)


def _require_other_hands(change: Change, step: Step, person: str, deputies: Deputies) -> None:
    """Four eyes: refuse a proposer, and anybody who acts for one."""
    _require_another(change, person)
    if proposer := barred(step, person, change.proposers, deputies):
        raise Refused("proposers-deputy", no=change.no, person=proposer)


def _with_step(change: Change, step: Step) -> Change:
    return replace(change, steps=tuple(step if s.department == step.department else s for s in change.steps))


def end(change: Change, state: ChangeState, now: datetime) -> Change:
    """End it in this state; nobody is asked any more."""
    closed = tuple(
        replace(step, state=StepState.NOT_REQUIRED) if step.state.is_undecided else step for step in change.steps
    )
    return replace(change, state=state, steps=closed, ended_at=now)
