"""Deciding on a change request, by card or by word; and what follows when the last one has approved."""

from handlers.announcing import asked_in, show_new
from handlers.applying import conclude
from handlers.following import follow_up
from handlers.language import Approve, Reject
from handlers.rebasing import rebase_others
from handlers.recording import tell_repeated
from handlers.turn import Ask, Turn
from planning import approval
from planning.change import Change, ChangeState, Decision, Verdict
from storage.cards import Purpose


def decide(turn: Turn, change: Change, department: str, decision: Decision, *, pressed: str = "") -> Change:
    """Record one decision and do what it leads to. Raises Refused and then changes nothing.

    The caller has locked the plan before it read `change`.
    """
    deputies = turn.deputies()
    match decision.verdict:
        case Verdict.APPROVE:
            decided = approval.approve(change, department, decision, deputies)
        case Verdict.REJECT:
            decided = approval.reject(change, department, decision, deputies)
        case Verdict.MODIFY:
            decided = approval.ask_to_modify(change, department, decision, deputies)
        case Verdict.TRANSFER:
            decided = approval.transfer(change, department, decision, turn.organisation, deputies)
    if decided == change:
        tell_repeated(turn, change, department, decision)
        return change
    turn.uow.changes.acknowledge(change.no, decision.person, turn.now)
    concluded = turn.uow.changes.save(conclude(turn, decided))
    follow_up(turn, change, concluded, pressed=pressed)
    _hand_over(turn, change, concluded)
    rebase_others(turn)
    return concluded


def approve(turn: Turn, ask: Ask, command: Approve) -> str:
    return _by_word(turn, ask, command.change_no, Verdict.APPROVE, command.comment)


def reject(turn: Turn, ask: Ask, command: Reject) -> str:
    return _by_word(turn, ask, command.change_no, Verdict.REJECT, command.reason)


def outcome(turn: Turn, change: Change, department: str, decision: Decision) -> str:
    """What to tell the person who decided."""
    words, name_of = turn.words, turn.organisation.name_of
    facts = {"no": change.no, "department": turn.view(change).department(department), "name": name_of(decision.person)}
    if decision.verdict is Verdict.TRANSFER:
        return words("decided.transfer", no=change.no, name=name_of(decision.to))
    if decision.verdict is Verdict.REJECT:
        return words("decided.reject", **facts)
    return words("decided.approve", rest=_rest(turn, change), **facts)


def _rest(turn: Turn, change: Change) -> str:
    words, view = turn.words, turn.view(change)
    waiting = view.departments(change.waiting)
    if change.state is ChangeState.APPLIED:
        return words("decided.applied", revision=change.applied_revision)
    if change.state is ChangeState.FAILED:
        return words("decided.failed", why=words.refusal(change.impact.refused[0]))
    return words("decided.round" if change.round > 1 else "decided.rest", departments=waiting)


def _by_word(turn: Turn, ask: Ask, no: str, verdict: Verdict, comment: str) -> str:
    turn.uow.plans.lock()
    change = turn.change(no)
    department = approval.step_for(change, ask.person.id, turn.deputies()).department
    decision = Decision(ask.person.id, verdict, turn.now, change.impact.hash, comment, ask.channel)
    return outcome(turn, decide(turn, change, department, decision), department, decision)


def _hand_over(turn: Turn, before: Change, after: Change) -> None:
    """A step transferred to somebody of another department is asked where that person reads."""
    for step in after.waiting:
        old = before.step_of(step.department)
        if old is None or old.round != step.round:
            continue
        for person in step.approvers:
            home = turn.house.conversation_of(turn.organisation.people[person].department)
            if person not in old.approvers and home and home not in asked_in(turn, old):
                show_new(turn, Purpose.APPROVAL, after, home, step.department)
