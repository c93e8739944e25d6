"""催办: somebody has those reminded who are waited for, once an hour at the most."""

from collections.abc import Collection
from datetime import timedelta

from handlers.language import Remind
from handlers.lifecycle.reminders import remind_of
from handlers.notify.audit import record
from handlers.turn import Ask, Turn
from planning.change.approvers import may_remind
from planning.change.change import Change, Step, StepState
from planning.change.guards import require_deciding
from planning.people.organisation import Person
from planning.refusal import Refused
from planning.trail.audit import Kind

PAUSE = timedelta(hours=1)
"""Between two reminders of one step."""


def remind(turn: Turn, ask: Ask, command: Remind) -> str:
    """Remind everybody a change request waits for; says who was reminded."""
    return push(turn, turn.change(command.change_no), ask.person)


def push(turn: Turn, change: Change, person: Person, departments: Collection[str] | None = None) -> str:
    """Remind of the steps that wait, or of those of some departments; at most once an hour each. Of what was sent back
    anybody else reminds its proposer, and nobody those who are asked besides.

    Raises Refused("may-not-remind"), or "reminded-already" when all of them had one within the hour.
    """
    require_deciding(change)
    returned = () if person.id == change.proposer else change.returned
    asked = () if change.goes_back else change.required
    waiting = (step for step in (*asked, *returned) if not step.optional)
    steps = [step for step in waiting if departments is None or step.department in departments]
    if not steps:
        raise Refused("nobody-to-remind", no=change.no)
    if not may_remind(change, person, turn.deputies()):
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
    remind_of(turn, change, due, by=person.name)
    for step in due:
        if step.department in known:
            turn.uow.escalations.reminded(known[step.department], turn.now)
    record(turn, Kind.REMINDED, person.id, change.no, {"departments": ",".join(step.department for step in due)})
    return _told(turn, change, due, skipped)


def _told(turn: Turn, change: Change, due: list[Step], skipped: list[Step]) -> str:
    view, words = turn.view(change), turn.words
    told = words("escalation.reminded", no=change.no, steps=words.list([_reminded(turn, change, step) for step in due]))
    if not skipped:
        return told
    return f"{told}{words('escalation.reminded.skipped', steps=view.departments(tuple(skipped)))}"


def _reminded(turn: Turn, change: Change, step: Step) -> str:
    view = turn.view(change)
    department = view.department(step.department)
    if step.state is StepState.CHANGES_REQUESTED:
        return turn.words("escalation.reminded.returned", department=department, proposer=view.proposer)
    return turn.words("escalation.reminded.step", department=department, names=view.waited_for(step))
