"""Deciding on a change request, by card or by word; and what follows when the last one has approved."""

from typing import Protocol

from handlers.find_person import person_in_front
from handlers.govern.readers import warning
from handlers.language import Approve, Transfer
from handlers.lifecycle.after_change import save
from handlers.lifecycle.stand_ins import look_after
from handlers.notify.audit import record_repeated
from handlers.notify.change.seen import card_back, effect_seen
from handlers.notify.people.delegation_cards import tell_the_absent
from handlers.turn import Ask, Turn
from planning.change import approval
from planning.change.change import Change, ChangeState, Decision, Verdict
from planning.refusal import Refused


def decide(turn: Turn, change: Change, department: str, decision: Decision, *, pressed: str = "") -> Change:
    """Record one decision and do what it leads to. Raises Refused and then changes nothing."""
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
        record_repeated(turn, change, department, decision)
        return change
    saved = save(turn, change, decided, pressed=pressed)
    return look_after(turn, saved, turn.deputies()) if decision.verdict is Verdict.TRANSFER else saved


def approve(turn: Turn, ask: Ask, command: Approve) -> str:
    return by_word(turn, ask, command.change_no, Verdict.APPROVE, command.comment)


class Deciding(Protocol):
    """Function that carries out a decision."""

    def __call__(self, turn: Turn, change: Change, department: str, decision: Decision) -> Change: ...


def transfer(turn: Turn, ask: Ask, command: Transfer) -> str:
    """Raises besides "unknown-person", "unknown-mention", "ambiguous-person", "transfer-to-whom"."""
    _require_no_department(turn, ask, command)
    person, rest = person_in_front(turn, ask, command.to)
    comment = " ".join(filter(None, (rest, command.comment)))
    return by_word(turn, ask, command.change_no, Verdict.TRANSFER, comment, to=person.id)


def _require_no_department(turn: Turn, ask: Ask, command: Transfer) -> None:
    """Raises "transfer-to-whom", with those of it whom the step can be handed on to, else with all of them."""
    named = turn.organisation.find_department(command.to) or turn.organisation.find_department(f"{command.to}部")
    if named is None:
        return
    change, department = decidable(turn, ask, command.change_no, Verdict.TRANSFER)
    able = approval.colleagues(change, department, ask.person.id, turn.organisation, turn.deputies())
    people = [turn.organisation.people[person] for person in able]
    theirs = [person.name for person in people if person.department == named.id] or [one.name for one in people]
    offers = [turn.spell(Transfer(command.change_no, name)) for name in theirs]
    raise Refused("transfer-to-whom", offers=offers, found=command.to, names=turn.words.list(theirs))


def by_word(
    turn: Turn, ask: Ask, no: str, verdict: Verdict, comment: str, how: Deciding = decide, *, to: str = ""
) -> str:
    """Decide on the step that is the speaker's, for the effect they have seen; what to tell them. `to`: to whom it is
    transferred."""
    change, department = decidable(turn, ask, no, verdict)
    decision = word_of(turn, ask, change, verdict, comment, to)
    with card_back(turn, ask, change, department):
        decided = how(turn, change, department, decision)
    if decided is change:
        return _repeated(turn, change, department, decision)
    tell_the_absent(turn, change, decided, ask.conversation)
    return f"{outcome(turn, decided, department, decision)}{warning(turn, change, ask.person.id, comment)}"


def word_of(turn: Turn, ask: Ask, change: Change, verdict: Verdict, comment: str, to: str = "") -> Decision:
    """Decision as it was typed."""
    return Decision(ask.person.id, verdict, turn.now, effect_seen(turn, ask, change), comment, ask.channel, to)


def decidable(turn: Turn, ask: Ask, no: str, verdict: Verdict) -> tuple[Change, str]:
    """The change request, and the department for which this person decides on it. Raises Refused."""
    change, here = turn.change(no), ask.department.id if ask.department else ""
    return change, approval.step_for(change, ask.person.id, verdict, turn.deputies(), here).department


def _repeated(turn: Turn, change: Change, department: str, decision: Decision) -> str:
    """Answer to a decision that was said before; it names what else of this request still waits for the same person,
    and where."""
    words, view = turn.words, turn.view(change)
    left = approval.still_theirs(change, decision.person, turn.deputies())
    others = tuple(step for step in left if step.department != department)
    other = words("answer.repeated.other", departments=view.departments(others)) if others else ""
    said = {"department": view.department(department), "name": turn.organisation.name_of(decision.person)}
    return words(f"answer.repeated.{decision.verdict.value}", no=change.no, **said) + other


def outcome(turn: Turn, change: Change, department: str, decision: Decision) -> str:
    """Answer to the person who decided: what has come of the decision."""
    words, view, name_of = turn.words, turn.view(change), turn.organisation.name_of
    name = view.by(recorded(change, department, decision))
    facts = {"no": change.no, "department": view.department(department), "name": name}
    match decision.verdict:
        case Verdict.TRANSFER:
            return words("answer.decided.transfer", no=change.no, name=name_of(decision.to))
        case Verdict.REJECT if change.state.is_pending:
            return words("answer.decided.opinion", **facts)
        case Verdict.REJECT if change.state is ChangeState.REVERTED:
            rejected = words("answer.decided.reject", **facts)
            return f"{rejected}{words('answer.decided.reverted', given_back=view.given_back)}"
        case Verdict.REJECT:
            return words("answer.decided.reject", **facts)
        case Verdict.MODIFY:
            return words("answer.decided.modify", proposer=view.proposer, **facts)
        case Verdict.APPROVE:
            return words("answer.decided.approve", rest=_rest(turn, change, department), **facts)


def recorded(change: Change, department: str, decision: Decision) -> Decision:
    """Decision as it stands in the step: with whose word it is."""
    step = change.step_of(department)
    said = step.decisions if step else ()
    return next((one for one in reversed(said) if one.person == decision.person), decision)


def _rest(turn: Turn, change: Change, department: str) -> str:
    words, view = turn.words, turn.view(change)
    if change.state is ChangeState.APPLIED:
        ratified = change.policy.ratify_hours is not None
        key = "answer.decided.ratified" if ratified else "answer.decided.applied"
        return words(key, revision=change.applied_revision)
    if change.state is ChangeState.FAILED:
        return words("answer.decided.failed", why=words.refusal(change.impact.refused[0]))
    step, waiting = change.step_of(department), change.required or change.returned
    if step is not None and step.state.is_undecided and step.needs > 1:
        others = tuple(one for one in waiting if one.department != department)
        rest = words("answer.decided.rest", departments=view.departments(others)) if others else ""
        return words("answer.decided.partly", votes=view.progress(step), rest=rest)
    key = "answer.decided.round" if change.round > 1 else "answer.decided.rest"
    return words(key, departments=view.departments(waiting))
