"""谁知道: who has been sent a change request, who has seen it, who has decided."""

from dataclasses import dataclass

from cards.faces import ChangeView
from cards.markdown import body
from handlers.language import Acks
from handlers.notify.new_cards import shows_all
from handlers.turn import Ask, Turn
from planning.change.approvers import hands_over_to
from planning.change.change import Change


@dataclass(frozen=True, slots=True)
class Knows:
    """Record of what one person has had of a change request."""

    name: str
    department: str
    sent: str
    received: str
    decided: str
    escalated: str


def acks(turn: Turn, ask: Ask, command: Acks) -> str:
    """Per person: sent, received, decided, with times."""
    change = turn.change(command.change_no)
    people = [_knows(turn, change, person, department) for person, department in _concerned(turn, change)]
    view = turn.view(change)
    reached = sum(1 for person in people if person.received or person.decided)
    return body(
        turn.words.locale,
        "acks",
        change=change,
        view=view,
        people=people,
        reached=reached,
        still=view.departments(change.required or change.returned),
    )


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
