"""The small model: what a press must lead to, said in a few lines, and what may become of a request and why."""

from datetime import datetime

from cards.action import Verb
from handlers.platforms import prefix_of
from planning.change.change import PREVIEW, Change, ChangeState, Step, StepState, Verdict
from planning.people.organisation import Person, Role
from planning.trail.audit import Kind
from storage.delivery.cards import CardRow, Purpose
from tests.machine.snapshot import Snapshot
from tests.machine.step import Act, Press, Taken, What

DECIDING = {Verb.APPROVE: Verdict.APPROVE, Verb.REJECT: Verdict.REJECT, Verb.MODIFY: Verdict.MODIFY}
ASKING = (Purpose.APPROVAL, Purpose.ESCALATION)
DONE = "done"
AGAIN = "again"
"""The same word once more: nothing changes, it is recorded."""


def expected(now: Snapshot, at: datetime, press: Press, person: Person | None) -> str:
    """What a press of 同意 or 驳回 on a card that asks comes to: DONE, AGAIN, or the refusal's code; `at`: when."""
    row = now.cards[press.card]
    change = now.changes[row.subject.id]
    asked = change.step_of(row.department)
    if person is None:
        return "stranger"
    late = change.state.is_deciding and change.expires_at is not None and change.expires_at <= at
    if late or not change.state.is_open:
        return "change-ended"
    if asked and asked.round != row.round:
        return "card-old"
    if change.state is ChangeState.ON_HOLD:
        return "on-hold"
    if asked is None or asked.state is StepState.NOT_REQUIRED:
        return "not-asked"
    if person.id == change.proposer:
        return "own-change"
    if person.id in change.also_by:
        return "own-wish"
    says_no = press.verb is not Verb.APPROVE
    if not says_no and any(_acts_by_now(now, asked, person.id, proposer) for proposer in change.proposers):
        return "proposers-deputy"
    if press.verb is Verb.APPROVE and asked.state is StepState.APPROVED and person.id in asked.voters:
        return AGAIN
    if press.verb is Verb.REJECT and asked.state is StepState.REJECTED and person.id == asked.decisions[-1].person:
        return AGAIN
    if not asked.state.is_undecided:
        return "already-decided"
    kept_out = says_no and person.id in hands(now, *change.proposers) and _is_asked_for(asked, person)
    if person.id not in asked.approvers and not seats(now, asked, person) and not kept_out:
        return "not-an-approver"
    if press.verb is Verb.MODIFY and change.state is ChangeState.PROVISIONAL:
        return "modify-in-effect"
    return AGAIN if press.verb is Verb.APPROVE and _has_approved(asked, person.id) else DONE


def hands(now: Snapshot, *people: str) -> set[str]:
    """Who is not asked about what these people proposed."""
    deputies = (now.deputies.standing, now.deputies.away)
    return {*people, *(known.get(person, "") for person in people for known in deputies)} - {""}


def seats(now: Snapshot, asked: Step, person: Person) -> list[str]:
    """Whom this person may decide for in a step: those who are away and named them, who are there themselves."""
    able = asked.any_deputy or bool(person.roles & _needed(asked))
    there = person.id not in now.deputies.away
    named = [who for who in asked.approvers if now.deputies.away.get(who) == person.id != who and there]
    return [who for who in named if able or now.deputies.standing.get(who) == person.id]


def _needed(asked: Step) -> set[Role]:
    if asked.department.startswith("role:"):
        return {Role(asked.department.removeprefix("role:"))}
    return {Role.COORDINATOR} | ({Role.APPROVER} if asked.department else set())


def _is_asked_for(asked: Step, person: Person) -> bool:
    """An approver of the department, or one with the role that is asked."""
    if asked.department.startswith("role:"):
        return asked.department.removeprefix("role:") in person.roles
    return person.department == asked.department and Role.APPROVER in person.roles


def _acts_by_now(now: Snapshot, asked: Step, person: str, proposer: str) -> bool:
    """Acts for the proposer, and has longer than they are asked."""
    deputies, since = now.deputies, now.deputies.since
    if person in (proposer, deputies.standing.get(proposer)):
        return True
    if deputies.away.get(proposer) != person:
        return False
    assert asked.opened_at is not None
    known = now.deputies.organisation
    assert known is not None
    own = person in asked.approvers
    absent = [] if own else seats(now, asked, known.people[person])
    begun = asked.opened_at if own else max(asked.opened_at, since[absent[0]]) if absent else None
    return begun is None or since[proposer] <= begun


def _has_approved(asked: Step, person: str) -> bool:
    """By themselves or through a deputy: the two have one vote."""
    return any(person in (vote.person, vote.acting_for) for vote in asked.votes)


def presses_do_what_they_should(step: Taken) -> None:
    """One press at a time; of several at once only that none does what it must not (`every_transition_has_a_cause`)."""
    if step.act.what is not What.CLICK or len(step.act.presses) != 1 or step.act.repeated:
        return
    (press,) = step.act.presses
    row = step.before.cards[press.card]
    if press.verb not in DECIDING or row.purpose not in ASKING or _opens_a_page(press):
        return
    person = step.environment.organisation.person_by(row.conversation.partition(":")[0], _user(step, press, row))
    outcome, new = expected(step.before, step.after.now, press, person), list(step.decisions())
    if outcome == DONE:
        assert [(said.person, said.verdict) for _, _, said in new] == [(press.person, DECIDING[press.verb])]
        _consequence(step, press, step.after.changes[row.subject.id])
        return
    assert not new, f"{press} should have been refused: {outcome}"
    told = step.audited("click", "decision")
    wanted = Kind.REPEATED.value if outcome == AGAIN else outcome
    assert [event.kind if outcome == AGAIN else event.facts.get("code") for event in told] == [wanted]


def _opens_a_page(press: Press) -> bool:
    """A word that needs a reason, without one; or with a suggestion, which may be one nobody can follow."""
    reasoned = press.typed or (press.choice == "capacity" and press.verb is Verb.REJECT)
    return press.verb is not Verb.APPROVE and (not reasoned or "建议" in press.typed)


def _user(step: Taken, press: Press, row: CardRow) -> str:
    known = step.environment.organisation.people.get(press.person)
    if known is None:
        return press.person
    return known.identities.get(prefix_of(row.conversation), "")


def _consequence(step: Taken, press: Press, change: Change) -> None:
    row = step.before.cards[press.card]
    was = step.before.changes[change.no]
    asked = change.step_of(row.department)
    assert asked is not None
    if press.verb is Verb.MODIFY:
        assert asked.state is StepState.CHANGES_REQUESTED
        assert change.state is was.state
        return
    if press.verb is Verb.REJECT:
        assert asked.state is StepState.REJECTED or asked.round != row.round
        if not asked.optional and was.state is not ChangeState.PROVISIONAL:
            assert change.state is ChangeState.REJECTED
        return
    others = [s for s in was.steps if s.department != row.department and not s.optional]
    last = asked.missing == 0 and all(s.state in (StepState.APPROVED, StepState.NOT_REQUIRED) for s in others)
    if not last:
        assert change.state is was.state, f"{change.no} is {change.state} before all have approved"
    elif change.state is ChangeState.IN_APPROVAL:
        assert change.round > was.round, f"{change.no}: all have approved, nobody is asked anew, nothing is applied"


def every_transition_has_a_cause(step: Taken) -> None:
    """Nothing becomes of a request by itself, and nobody else's act moves it."""
    for old, change in step.changed():
        before = old.state if old else None
        if before is change.state:
            continue
        cause = _cause(step, old, change)
        assert cause, f"{change.no} went from {before} to {change.state} by {step.act.what} of {step.act.person}"


def _cause(step: Taken, old: Change | None, change: Change) -> bool:
    act, verbs = step.act, {press.verb for press in step.act.presses if _is_about(step, press, change)}
    actors = {press.person for press in act.presses} | {act.person}
    if change.reverts or change.proposer == "system":
        return _takes_back(step, change) or act.what is What.RESTART
    match change.state:
        case ChangeState.DRAFT:
            return act.what in (What.SAY, What.CLICK, What.SYSTEM) or _is_asked_by_facts(step, change)
        case ChangeState.IN_APPROVAL if old is None or old.state is ChangeState.DRAFT:
            return _submits(act, change, verbs)
        case ChangeState.ON_HOLD:
            return "冻结" in act.text
        case ChangeState.IN_APPROVAL:
            return _resumes(old)
        case ChangeState.WITHDRAWN:
            return change.proposer in actors or _is_asked_by_facts(step, change)  # by a newer word, or no more
        case ChangeState.REJECTED:
            return Verb.REJECT in verbs or "驳回" in act.text
        case ChangeState.EXPIRED:
            return _is_over(step, change)  # the scheduler's doing, or of whoever comes too late before it rings
        case ChangeState.SUPERSEDED:
            return Verb.SETTLE in {p.verb for p in act.presses} or "冲突" in act.text or _is_replaced(step, change)
        case ChangeState.FAILED:
            return bool(step.revisions()) or _approves(act, verbs) or _resumes(old)
        case ChangeState.APPLIED | ChangeState.PROVISIONAL:
            by_people = _approves(act, verbs) or _submits(act, change, verbs) or _resumes(old)
            return by_people or bool(step.revisions()) or _is_asked_by_facts(step, change)  # a rule lets it
        case ChangeState.REVERTED:
            return any(other.reverts == change.no for other in step.after.changes.values())
    return False


def _is_asked_by_facts(step: Taken, change: Change) -> bool:
    """What was just reported of an item asks for this, asks for something else, or for nothing any more."""
    return bool(change.facts_of) and change.facts_of in {report.item for report in step.said()}


def _takes_back(step: Taken, change: Change) -> bool:
    """The compensating change of an undo, or of an emergency that nobody ratified."""
    return change.reverts in step.after.changes


def _is_replaced(step: Taken, change: Change) -> bool:
    return any(change.no in other.supersedes for other in step.after.changes.values())


def _is_about(step: Taken, press: Press, change: Change) -> bool:
    row = step.after.cards.get(press.card)
    return row is not None and row.subject == change.subject


def _submits(act: Act, change: Change, verbs: set[Verb]) -> bool:
    by_card = Verb.SUBMIT in verbs and any(press.person == change.proposer for press in act.presses)
    return by_card or (act.what is What.SYSTEM and act.person == change.proposer)


def _approves(act: Act, verbs: set[Verb]) -> bool:
    return Verb.APPROVE in verbs or "同意" in act.text


def _resumes(old: Change | None) -> bool:
    return old is not None and old.state is ChangeState.ON_HOLD


def _is_over(step: Taken, change: Change) -> bool:
    return change.expires_at is not None and change.expires_at <= step.after.now


def everything_is_in_the_trail(step: Taken) -> None:
    """What became of a request, each decision, and whatever was refused: each once, chained."""
    end = step.after.audit_end
    for event in step.after.audit:
        assert (event.number, event.prev_hash) == (end.number + 1, end.hash)
        assert event.seal() == event.hash
        end = event.end
    for change, _, decision in step.decisions():
        kind = f"decision.{decision.verdict.value}"
        found = [e for e in step.after.audit if (e.kind, e.actor, e.subject) == (kind, decision.person, change.no)]
        assert len(found) >= 1, f"{decision.person}'s {kind} on {change.no} is not in the trail"
    for old, change in step.changed():
        if old is None or old.state is not change.state:
            written = {event.subject for event in step.after.audit}
            assert change.no in written, f"nobody wrote down what became of {change.no}"
    if (
        step.act.what is What.SAY
        and step.act.person not in step.environment.organisation.people
        and not step.act.repeated
    ):
        assert [event.kind for event in step.audited("message")] == [Kind.MESSAGE_STRANGER]


def no_key_is_shown(step: Taken) -> None:
    """A preview has no number that people could use."""
    for text in step.shown:
        assert PREVIEW not in text, text


def reading_writes_nothing(step: Taken) -> None:
    if not step.act.writes:
        assert not list(step.changed())
        assert not step.revisions()
        assert step.after.timers == step.before.timers
        fresh = step.after.cards.keys() - step.before.cards.keys()
        assert {step.after.cards[card].purpose for card in fresh} <= {Purpose.QUESTION}, "an answer with next steps"
        assert step.before.cards.keys() <= step.after.cards.keys()


def nobody_expires_unasked(step: Taken) -> None:
    """What is over because its time is, was brought before somebody by the ladder, unless nothing ran (rule I13:
    everybody has acted, was reminded or had others asked in their place, or is excused)."""
    if step.act.what is not What.TIME:
        return
    for old, change in step.changed():
        if old is None or change.ended_at is None or not old.state.is_pending or not _is_over(step, change):
            continue
        if change.state not in (ChangeState.EXPIRED, ChangeState.REVERTED):
            continue
        owed = [asked for asked in old.returned if not asked.optional] or old.required  # sent back: its proposer
        for department in _asked_anew(step, change) or [asked.department for asked in owed]:
            ladder = step.after.ladders.get((change.no, department))
            assert ladder is not None
            assert ladder.climbs, f"{change.no}: nobody reminded {department}"


def _asked_anew(step: Taken, change: Change) -> list[str]:
    """Whom the last new round within this step asked: a hold and a time may both be over in one night."""
    rounds = [e.facts["departments"] for e in step.after.audit if (e.kind, e.subject) == ("change.reopened", change.no)]
    return [department for department in rounds[-1].split(",") if department] if rounds else []


def everything_has_ended(now: Snapshot) -> None:
    """When time has passed long enough."""
    assert not [no for no, change in now.changes.items() if change.state.is_pending], "it never ends"
    assert {message.state for message in now.messages.values()} <= {"sent", "dead", "stale"}
    lost = {message.card_id for message in now.messages.values() if message.state == "dead"}
    for card_id, row in now.cards.items():
        change = now.changes.get(row.subject.id)
        if change is not None and not change.state.is_open and card_id not in lost:
            assert row.shown_version == row.wanted_version, f"{card_id} does not show how {change.no} ended"
            told_anew = row.conversation.startswith("wecom:") or row.purpose is Purpose.NOTICE
            told_anew = told_anew or (change.ended_at is not None and row.created_at >= change.ended_at)
            assert told_anew or row.shown_version > 1, f"{card_id} still asks somebody about {change.no}"


MODEL = (
    presses_do_what_they_should, every_transition_has_a_cause, everything_is_in_the_trail, reading_writes_nothing,
    nobody_expires_unasked, no_key_is_shown,
)  # fmt: skip
