"""谁知道: who has been sent a change request, who has seen it, who has decided."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cards.faces import ChangeView
from cards.markdown import body
from handlers.language import Acks, Remind
from handlers.notify.new_cards import shows_all
from handlers.reads.brief import brief
from handlers.reply import Reply
from handlers.turn import Ask, Turn
from planning.change.approvers import hands_over_to, may_remind
from planning.change.change import Change, StepState


@dataclass(frozen=True, slots=True)
class Knows:
    """Record of what one person has had of a change request."""

    name: str
    department: str
    """Name of their own."""
    for_department: str
    """The one for which they are asked or told."""
    sent: str
    received: str
    decided: str
    escalated: str


def acks(turn: Turn, ask: Ask, command: Acks) -> Reply:
    """A line for each department, what is still missing first; or for each person, sent, received, decided, with
    times."""
    change = turn.change(command.change_no)
    people = [_knows(turn, change, person, department) for person, department in _concerned(turn, change)]
    return _of_everybody(turn, change, people) if command.everybody else _in_brief(turn, ask, change, people)


def _of_everybody(turn: Turn, change: Change, people: Sequence[Knows]) -> Reply:
    view = turn.view(change)
    still = view.departments(change.required or change.returned)
    facts = {"change": change, "view": view, "people": people, "reached": _reached(people), "still": still}
    return Reply(body(turn.words.locale, "acks", **facts))


def _in_brief(turn: Turn, ask: Ask, change: Change, people: Sequence[Knows]) -> Reply:
    words, view = turn.words, turn.view(change)
    title = words("brief.knows", no=change.no, headline=view.headline)
    facts = {"status": view.status.removeprefix(f"{change.no} · "), "reached": _reached(people), "n": len(people)}
    lines = [words("brief.knows.reached", **facts), *departments(turn, change, people)]
    waits = change.state.is_deciding and (change.required or change.returned)
    push = (turn.spell(Remind(change.no)),) if waits and may_remind(change, ask.person, turn.deputies()) else ()
    return Reply(brief(turn, title, lines), (*push, turn.spell(Acks(change.no, True))))


def departments(turn: Turn, change: Change, people: Sequence[Knows]) -> Iterator[str]:
    """A line for each, in the order in which it matters: not reached, not decided, decided, told."""
    words, view = turn.words, turn.view(change)
    steps = [step for step in change.steps if step.state is not StepState.NOT_REQUIRED]
    waiting = [step for step in steps if step.state is StepState.OPEN and change.state.is_open]
    waiting.sort(key=lambda step: (bool(_sent(turn, change, step.department, view)), step.optional))
    for step in waiting:
        seen = _seen(turn, change, step.department, people)
        facts = {"department": view.brief(step), "names": view.owed(step), "seen": seen}
        yield view.between.join([words("brief.knows.owes", **facts), *view.climbed(step.department)])
    yield from (view.verdict(step) for step in steps if step.state is StepState.CHANGES_REQUESTED)
    yield from (view.verdict(step) for step in steps if step.decisions and not step.state.is_undecided)
    asked = {step.department for step in steps}
    told = [department for department in change.informed if department not in asked]
    later = [department for department in told if change.state.is_open and not _sent(turn, change, department, view)]
    for department in (one for one in told if one not in later):
        seen = _seen(turn, change, department, people)
        yield words("brief.knows.told", department=view.department(department), seen=seen)
    if later:
        yield words("brief.knows.later", departments=words.list([view.department(one) for one in later]))


def _seen(turn: Turn, change: Change, department: str, people: Sequence[Knows]) -> str:
    """When a department was sent it, and who of it has received it."""
    view = turn.view(change)
    sent = _sent(turn, change, department, view)
    received = [f"{one.name} {one.received}" for one in people if one.for_department == department and one.received]
    if received:
        return turn.words("brief.knows.received", names=turn.words.list(received))
    return turn.words("brief.knows.sent", at=sent) if sent else turn.words("brief.knows.not-sent")


def _reached(people: Sequence[Knows]) -> int:
    return sum(1 for person in people if person.received or person.decided)


def _concerned(turn: Turn, change: Change) -> list[tuple[str, str]]:
    """Proposer, asked, informed and whoever else has seen it, with the department they stand for; each once."""
    # Another system that proposed it (`api:…`) is nobody who could know.
    found: dict[str, str] = {change.proposer: "proposer"} if change.proposer in turn.organisation.people else {}
    for step in change.steps:
        deputies = hands_over_to(step, change.proposers, turn.deputies())
        members = (member.id for member in turn.organisation.members(step.department))
        asked = (person for person in step.approvers if person in turn.organisation.people)
        for person in (*asked, *step.voters, *deputies, *members):
            found.setdefault(person, step.department)
    for department in change.informed:
        for member in turn.organisation.members(department):
            found.setdefault(member.id, department)
    for person in turn.uow.changes.acknowledged(change.no):
        home = turn.organisation.people.get(person)  # who left the company has still seen it
        found.setdefault(person, home.department if home else "")
    return list(found.items())


def _knows(turn: Turn, change: Change, person: str, department: str) -> Knows:
    view = turn.view(change)
    said = next((d for step in change.steps for d in reversed(step.decisions) if d.person == person), None)
    received = turn.uow.changes.acknowledged(change.no).get(person)
    home = turn.organisation.people.get(person)
    return Knows(
        name=turn.organisation.name_of(person),
        department=turn.organisation.department_name(home.department) if home else "",
        for_department=department,
        sent=_sent(turn, change, department, view),
        received=view.at(received) if received else "",
        decided=view.said(said).partition(" ")[2] if said else "",
        escalated=_escalated(view, person),
    )


def _escalated(view: ChangeView, person: str) -> str:
    """Time when a step was escalated to them; empty: never."""
    climbs = (climb for escalation in view.escalations.values() for climb in escalation.climbs)
    return next((view.at(climb.at) for climb in climbs if person in climb.people), "")


def _sent(turn: Turn, change: Change, department: str, view: ChangeView) -> str:
    """Time when the first card of theirs was shown, or one in their room that asks somebody for the whole of it."""
    wanted = "" if department == "proposer" else department
    room = turn.environment.conversation_of(wanted) if wanted in turn.organisation.departments else None
    rows = turn.uow.cards.about(change.subject)
    theirs = [row for row in rows if row.department == wanted or (row.conversation == room and shows_all(row, change))]
    theirs += [row for row in rows if department == "proposer" and row.conversation == change.origin]
    first = min((row.first_shown_at for row in theirs if row.first_shown_at), default=None)
    return view.at(first) if first else ""
