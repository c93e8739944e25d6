"""Deputies and stand-ins for those who are away or gone: who acts for them, and who stands in where nobody may.

It is looked at whenever who acts for whom has become different, and whenever a step has come into other hands.
"""

from collections.abc import Iterable

from handlers.lifecycle.after_change import save
from handlers.notify.audit import record
from handlers.notify.new_cards import asked_in, cards_of_step, homes_of, show_deputies, show_new
from handlers.turn import Turn
from planning.change.approval import call_in
from planning.change.approval_steps import ask_able
from planning.change.approvers import to_stand_in
from planning.change.change import Change, Step
from planning.people.delegation import Deputies
from planning.trail.audit import Kind
from storage.delivery.cards import Purpose


def look_after_all(turn: Turn) -> list[str]:
    """`look_after` whatever is being decided; a sentence for each step that others were called in for. What a freeze
    holds is looked after when that is lifted."""
    told, deputies = list[str](), turn.deputies()
    for change in turn.uow.changes.open_ones():
        if change.state.is_deciding:
            after = look_after(turn, change, deputies)
            told += [_stood_in(turn, after, step) for step in after.steps if step != change.step_of(step.department)]
    return told


def look_after(turn: Turn, change: Change, deputies: Deputies) -> Change:
    """Ask those who may decide today, call in who stands in for each step that waits for nobody any more, and show
    every step to those who act for its approvers today; the request as it then is."""
    change = _ask_able(turn, change, deputies)
    for step in change.required:
        change = _call_in(turn, change, step, deputies)
    for step in (*change.waiting, *change.returned):
        show_deputies(turn, change, step, deputies)
    return change


def as_of_today(turn: Turn, change: Change) -> Change:
    """The request with its steps asked of those who may decide them by now: to be asked before anybody decides, so that
    no role that was taken away does."""
    deputies = turn.deputies()
    if not change.state.is_deciding or _asked_of_able(turn, change, deputies) == change:
        return change
    return look_after(turn, change, deputies)


def _asked_of_able(turn: Turn, change: Change, deputies: Deputies) -> Change:
    ladders = turn.uow.escalations.of_change(change.no)
    called = {department: ladder.asked() for department, ladder in ladders.items()}
    return ask_able(change, turn.organisation, called, deputies)


def _ask_able(turn: Turn, change: Change, deputies: Deputies) -> Change:
    asked = _asked_of_able(turn, change, deputies)
    if asked == change:
        return change
    saved = save(turn, change, asked)
    for before, step in zip(change.steps, saved.steps, strict=True):
        if before.approvers == step.approvers:
            continue
        lost, new = (_names(turn, [*_beyond(one, other)]) for one, other in ((before, step), (step, before)))
        record(turn, Kind.ASKED_ANEW, "", change.no, {"department": step.department, "lost": lost, "people": new})
        shown = {row.conversation for row in cards_of_step(turn, change, step)}
        for conversation in asked_in(turn, step):
            if conversation not in shown:
                show_new(turn, Purpose.APPROVAL, saved, conversation, step.department)
    return saved


def _beyond(step: Step, other: Step) -> Iterable[str]:
    return (person for person in step.approvers if person not in other.approvers)


def _names(turn: Turn, people: Iterable[str]) -> str:
    return turn.words.list([turn.organisation.name_of(person) for person in people])


def _call_in(turn: Turn, change: Change, step: Step, deputies: Deputies) -> Change:
    people = to_stand_in(step, change.proposers, turn.organisation, deputies)
    if not people:
        return change
    facts = {"department": step.department, "people": _names(turn, people)}
    record(turn, Kind.STOOD_IN, "", change.no, facts)
    asked = save(turn, change, call_in(change, step.department, people, standing_in=True))
    shown = {row.conversation for row in cards_of_step(turn, change, step)}
    for conversation in homes_of(turn, people):
        if conversation in shown:
            turn.uow.outbox.say(conversation, _stood_in(turn, asked, step), turn.now)
        else:
            show_new(turn, Purpose.APPROVAL, asked, conversation, step.department)
    return asked


def _stood_in(turn: Turn, change: Change, step: Step) -> str:
    """Sentence about who now decides a step for which too few were left; `step` as it was, or as it is."""
    view, now = turn.view(change), change.step_of(step.department) or step
    department, names = view.department(step.department), view.waited_for(now)
    return turn.words("leave.stood-in", no=change.no, department=department, names=names)
