"""催办: telling those who are waited for that they are, by the clock and by hand."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta

from cards.faces.steps import deciding_word
from cards.markdown import plain
from handlers.language import Remind
from handlers.notify.audit import record
from handlers.notify.new_cards import asked_in, homes_of, room_of
from handlers.turn import Ask, Turn
from planning.change.approvers import awaited, may_decide
from planning.change.change import Change, Step, StepState
from planning.change.guards import require_deciding
from planning.people.organisation import Person, Role
from planning.refusal import Refused
from planning.trail.audit import Kind

PAUSE = timedelta(hours=1)
"""Between two reminders of one step."""


def remind(turn: Turn, ask: Ask, command: Remind) -> str:
    """Remind everybody a change request waits for; says who was reminded."""
    return push(turn, turn.change(command.change_no), ask.person)


def push(turn: Turn, change: Change, person: Person, department: str | None = None) -> str:
    """Remind of the steps that wait, or of one of them; at most once an hour each. Of what was sent back anybody else
    reminds its proposer.

    Raises Refused("may-not-remind"), or "reminded-already" when all of them had one within the hour.
    """
    require_deciding(change)
    returned = () if person.id == change.proposer else change.returned
    waiting = (step for step in (*change.required, *returned) if not step.optional)
    steps = [step for step in waiting if department in (None, step.department)]
    if not steps:
        raise Refused("nobody-to-remind", no=change.no)
    if not _may(turn, change, person):
        raise Refused("may-not-remind", no=change.no)
    known = turn.uow.escalations.of_change(change.no)
    late = {s.department: known[s.department].reminded_at for s in steps if s.department in known}
    recent = {d: at for d, at in late.items() if at is not None and turn.now - at < PAUSE}
    due = [step for step in steps if step.department not in recent]
    skipped = [step for step in steps if step.department in recent]
    view = turn.view(change)
    if not due:
        at = max(recent.values(), default=turn.now)
        raise Refused(
            "reminded-already", no=change.no, steps=view.departments(tuple(skipped)), at=view.at(at),
            next=view.at(min(recent.values(), default=at) + PAUSE),
        )  # fmt: skip
    for step in due:
        say_reminder(turn, change, step, reminder(turn, change, step, person.name))
        if step.department in known:
            turn.uow.escalations.reminded(known[step.department], turn.now)
    record(turn, Kind.REMINDED, person.id, change.no, {"departments": ",".join(step.department for step in due)})
    return _told(turn, change, due, skipped)


def reminder(turn: Turn, change: Change, step: Step, by: str = "") -> str:
    """Who is waited for, since when, until when."""
    view = turn.view(change)
    facts = {
        "no": change.no,
        "headline": view.headline,
        "department": view.department(step.department),
        "names": view.waited_for(step),
        "since": view.at(step.waits_since),
        "deadline": view.at(change.expires_at),
        "name": by,
    }
    if step.state is StepState.CHANGES_REQUESTED:
        example = turn.words("modify.example", no=change.no)
        facts |= {"proposer": view.proposer, "wish": deciding_word(step).comment, "example": example}
    harmless = {name: plain(value) for name, value in facts.items()}
    code = f"{_reminder_of(change, step)}.by" if by else _reminder_of(change, step)
    return turn.words(code, hours=view.waited(step), **harmless)


def _reminder_of(change: Change, step: Step) -> str:
    if step.state is StepState.CHANGES_REQUESTED:
        return "reminder.returned"
    return "reminder.ratify" if change.state.is_in_effect else "reminder"


def say_reminder(turn: Turn, change: Change, step: Step, text: str, also: Iterable[Person] = ()) -> None:
    """Where those read whose word is waited for; `also`: who is to hear it besides."""
    heard = homes_of(turn, (person.id for person in also))
    for conversation in dict.fromkeys((*_waited_for_in(turn, change, step), *heard)):
        turn.uow.outbox.say(conversation, text, turn.now)


def _waited_for_in(turn: Turn, change: Change, step: Step) -> Iterator[str]:
    """Where those were asked whose word is waited for, and where those read who were called in or act for somebody; of
    what was sent back where its proposer is told."""
    if step.state is StepState.CHANGES_REQUESTED:
        yield from filter(None, [room_of(turn, change)])
        return
    waited_for = awaited(step, change.proposers, turn.organisation, turn.deputies())
    yield from asked_in(turn, replace(step, approvers=tuple(waited_for)))
    yield from homes_of(turn, waited_for.values())


def _may(turn: Turn, change: Change, person: Person) -> bool:
    deciding = any(may_decide(step, person.id, turn.deputies()) for step in change.steps)
    return person.id in change.proposers or person.has(Role.COORDINATOR) or deciding


def _told(turn: Turn, change: Change, due: list[Step], skipped: list[Step]) -> str:
    view, words = turn.view(change), turn.words
    told = words("reminded", no=change.no, steps=words.list([_reminded(turn, change, step) for step in due]))
    if not skipped:
        return told
    return f"{told}{words('reminded.skipped', steps=view.departments(tuple(skipped)))}"


def _reminded(turn: Turn, change: Change, step: Step) -> str:
    view = turn.view(change)
    department = view.department(step.department)
    if step.state is StepState.CHANGES_REQUESTED:
        return turn.words("reminded.returned", department=department, proposer=view.proposer)
    return turn.words("reminded.step", department=department, names=view.waited_for(step))
