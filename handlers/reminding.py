"""催办: telling those who are waited for that they are, by the clock and by hand."""

from dataclasses import replace
from datetime import timedelta

from cards.markdown import plain
from handlers.announcing import asked_in, homes_of
from handlers.language import Remind
from handlers.recording import record
from handlers.turn import Ask, Turn
from planning.approvers import awaited, may_decide
from planning.audit import Kind
from planning.change import Change, ChangeState, Step
from planning.holding import require_not_held
from planning.organisation import Person, Role
from planning.refusal import Refused

PAUSE = timedelta(hours=1)
"""Between two reminders of one step."""


def remind(turn: Turn, ask: Ask, command: Remind) -> str:
    """Remind everybody a change request waits for; says who was reminded."""
    return push(turn, turn.change(command.change_no), ask.person)


def push(turn: Turn, change: Change, person: Person, department: str | None = None) -> str:
    """Remind of the steps that wait, or of one of them; at most once an hour each.

    Raises Refused("may-not-remind"), or "reminded-already" when all of them had one within the hour.
    """
    _require_waiting(change)
    steps = [step for step in change.required if department in (None, step.department)]
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
        "since": view.at(step.opened_at),
        "deadline": view.at(change.expires_at),
        "name": by,
    }
    harmless = {name: plain(value) for name, value in facts.items()}
    code = "reminder.ratify" if change.state.is_in_effect else "reminder"
    return turn.words(f"{code}.by" if by else code, hours=view.waited(step), **harmless)


def say_reminder(turn: Turn, change: Change, step: Step, text: str) -> None:
    """Where those were asked whose word is waited for, and where those read who were called in or act for somebody."""
    waited_for = awaited(step, change.proposer, turn.organisation, turn.deputies())
    asked = asked_in(turn, replace(step, approvers=tuple(waited_for)))
    for conversation in dict.fromkeys((*asked, *homes_of(turn, waited_for.values()))):
        turn.uow.outbox.say(conversation, text, turn.now)


def _require_waiting(change: Change) -> None:
    if not change.state.is_open:
        raise Refused("change-ended", no=change.no, state=change.state.value)
    if change.state is ChangeState.DRAFT:
        raise Refused("not-submitted", no=change.no)
    require_not_held(change)


def _may(turn: Turn, change: Change, person: Person) -> bool:
    deciding = any(may_decide(step, person.id, turn.deputies()) for step in change.steps)
    return person.id == change.proposer or person.has(Role.COORDINATOR) or deciding


def _told(turn: Turn, change: Change, due: list[Step], skipped: list[Step]) -> str:
    view, words = turn.view(change), turn.words
    steps = [
        words("reminded.step", department=view.department(s.department), names=view.waited_for(s)) for s in due
    ]
    told = words("reminded", no=change.no, steps=words.list(steps))
    if not skipped:
        return told
    return f"{told}{words('reminded.skipped', steps=view.departments(tuple(skipped)))}"
