"""Escalation: every step that waits climbs its ladder; whatever ends the wait stops it (domain 1 Escalation, R71)."""

from dataclasses import replace
from datetime import datetime, timedelta

from handlers.lifecycle.reminders import reminder, say_reminder
from handlers.lifecycle.stand_ins import look_after, look_after_all, show_deputies
from handlers.notify.audit import record
from handlers.notify.card_updates import send_again, updates_in_place
from handlers.notify.new_cards import homes_of
from handlers.timers import ESCALATION
from handlers.turn import Turn
from planning.change.approval import call_in
from planning.change.change import Change, Step, StepState
from planning.change.escalation import Climb, Do, Escalation, called, handed_on, highest_due, next_at, rungs_at
from planning.change.lockdown import resumed
from planning.people.organisation import Role
from planning.plan.hours import out_of
from planning.trail.audit import Kind
from storage.cards import Purpose
from storage.timers import Timer

TOO_LATE = timedelta(minutes=10)
"""A rung that is not taken so long after it was due is an alarm: nothing looks after the step."""


def watch(turn: Turn, change: Change) -> None:
    """Give every step that waits its ladder and take it from those that do not; in the unit that saves the change.

    A ladder that is being climbed is left alone. One that was sent back, or taken back from there, waits for somebody
    else, and its ladder begins anew.
    """
    known = turn.uow.escalations.of_change(change.no)
    for step in change.steps:
        escalation = known.get(step.department)
        if not _waits(change, step):
            if escalation is not None and escalation.next_at is not None:
                turn.uow.escalations.stop(escalation)
                turn.uow.timers.stop(ESCALATION, subject(change.no, step.department))
        elif escalation is None or escalation.round != step.round:
            _start(turn, change, step)
        elif step.waits_since and escalation.opened_at < step.waits_since:
            _begin_anew(turn, change, escalation, step.waits_since)


def resume(turn: Turn, held: Change, after: Change) -> None:
    """The ladders that a hold stopped go on where they stood; who acts today for somebody who is away is shown what
    waits. Steps that were opened again have ladders of their own (`watch`)."""
    if held.held_at is None or not after.state.is_deciding:
        return
    known = turn.uow.escalations.of_change(after.no)
    for step in after.steps:
        escalation = known.get(step.department)
        if escalation is not None and escalation.round == step.round and _waits(after, step):
            going_on = resumed(escalation, held.held_at, turn.now, turn.environment.zone)
            going_on = replace(going_on, next_at=next_at(going_on, _deadline(turn, after), turn.environment.zone))
            turn.uow.escalations.advance(escalation, going_on)
            _set_timer(turn, going_on, going_on.next_at)
    look_after(turn, after, turn.deputies())


def hand_on(turn: Turn, change: Change, department: str) -> None:
    """A step was handed to somebody, who has to hear of it again even if its ladder had been climbed to the end. Who
    hands a step on gains no time."""
    step, escalation = change.step_of(department), turn.uow.escalations.get(change.no, department)
    if step is None or escalation is None or escalation.round != step.round or step.state is not StepState.OPEN:
        return
    going_on = handed_on(escalation, turn.now, _deadline(turn, change), turn.environment.zone)
    going_on = replace(going_on, next_at=next_at(going_on, _deadline(turn, change), turn.environment.zone))
    turn.uow.escalations.advance(escalation, going_on)
    _set_timer(turn, going_on, going_on.next_at)


def watch_all(turn: Turn) -> None:
    """At start: steps that were opened before there were ladders get theirs, and a rung missed meanwhile rings once;
    steps whose approvers the settings know no more get others."""
    for change in turn.uow.changes.open_ones():
        watch(turn, change)
    look_after_all(turn)


def climb(turn: Turn, timer: Timer) -> None:
    """A rung may be due. Of several missed ones only the highest is taken; in quiet hours none is."""
    no, _, department = timer.subject.partition("/")
    change, escalation = turn.uow.changes.get(no), turn.uow.escalations.get(no, department)
    step = change.step_of(department) if change else None
    if change is None or step is None or escalation is None or not _waits(change, step):
        return
    if escalation.round != step.round or (change.expires_at and change.expires_at <= turn.now):
        return  # opened again with a ladder of its own, or over: its expiry says so
    loud = out_of(escalation.policy.quiet, turn.now, turn.environment.zone)
    rung = highest_due(escalation, _times(turn, change, escalation), turn.now)
    if loud > turn.now or rung is None:
        _put_off(turn, change, escalation, loud if loud > turn.now else None)
    else:
        _take(turn, change, step, escalation, rung)


def subject(no: str, department: str) -> str:
    """What the timer of a step is called."""
    return f"{no}/{department}"


def _waits(change: Change, step: Step) -> bool:
    """For its approvers, or sent back for its proposer."""
    return change.state.is_deciding and step.state.is_undecided and not step.optional


def _start(turn: Turn, change: Change, step: Step) -> None:
    policy = turn.environment.escalation.of(change.klass, turn.environment.calendar_of(step.department))
    opened = step.opened_at or turn.now
    escalation = Escalation(change.no, step.department, step.round, policy, opened)
    due = next_at(escalation, _deadline(turn, change), turn.environment.zone)
    turn.uow.escalations.start(replace(escalation, next_at=due))
    _set_timer(turn, escalation, due)
    show_deputies(turn, change, step, turn.deputies())


def _begin_anew(turn: Turn, change: Change, escalation: Escalation, since: datetime) -> None:
    anew = replace(escalation, opened_at=since, rung=0, reminded_at=None)
    anew = replace(anew, next_at=next_at(anew, _deadline(turn, change), turn.environment.zone))
    turn.uow.escalations.advance(escalation, anew)
    _set_timer(turn, anew, anew.next_at)


def _put_off(turn: Turn, change: Change, escalation: Escalation, until: datetime | None) -> None:
    due = until or next_at(escalation, _deadline(turn, change), turn.environment.zone)
    turn.uow.escalations.advance(escalation, replace(escalation, next_at=due))
    _set_timer(turn, escalation, due)


def _take(turn: Turn, change: Change, step: Step, escalation: Escalation, rung: int) -> None:
    """Of a step that was sent back nobody else is asked: its proposer is reminded, at last the coordinators, too."""
    do, returned = escalation.policy.ladder[rung].do, step.state is StepState.CHANGES_REQUESTED
    asking = change, step, turn.organisation, turn.deputies(), escalation.asked()
    people = () if returned else called(do, *asking)
    taken = Climb(do, people, turn.now)
    after = replace(escalation, rung=rung + 1, climbs=(*escalation.climbs, taken), reminded_at=turn.now)
    after = replace(after, next_at=next_at(after, _deadline(turn, change), turn.environment.zone))
    if not turn.uow.escalations.advance(escalation, after):
        return
    _set_timer(turn, after, after.next_at)
    if people:
        facts = {"department": step.department, "do": do.value, "people": turn.words.list(_names(turn, people))}
        record(turn, Kind.ESCALATED, "", change.no, facts)
        asked = turn.uow.changes.save(call_in(change, step.department, people))
        _ask(turn, asked, step, taken)
    else:
        record(turn, Kind.REMINDED, "", change.no, {"departments": step.department, "do": do.value})
        also = turn.organisation.with_role(Role.COORDINATOR) if returned and do is Do.COORDINATOR else []
        say_reminder(turn, change, step, reminder(turn, change, step), also)


def _ask(turn: Turn, change: Change, step: Step, taken: Climb) -> None:
    """A card to each place where those who are asked now read; where they were asked before, that it went on."""
    shown = [row for row in turn.uow.cards.of_change(change.no) if row.department == step.department]
    for conversation in homes_of(turn, taken.people):
        card = turn.uow.cards.add(
            Purpose.ESCALATION, change.no, conversation, turn.now, step.department, step.round
        )
        turn.uow.outbox.show(card, turn.now)
    told = set(homes_of(turn, taken.people))
    for row in shown:
        if row.round != step.round or not row.purpose.asks:
            continue
        if updates_in_place(row.conversation):
            send_again(turn, row)
        elif row.conversation not in told:
            told.add(row.conversation)
            turn.uow.outbox.say(row.conversation, _went_on(turn, change, step, taken), turn.now)


def _went_on(turn: Turn, change: Change, step: Step, taken: Climb) -> str:
    view = turn.view(change)
    return turn.words(
        "escalated.told",
        no=change.no,
        headline=view.headline,
        department=view.department(step.department),
        hours=view.waited(step),
        who=view.rung(taken),
        names=turn.words.list(_names(turn, taken.people)),
        waiting=view.waited_for(step),
    )


def _names(turn: Turn, people: tuple[str, ...]) -> list[str]:
    return [turn.organisation.name_of(person) for person in people]


def _times(turn: Turn, change: Change, escalation: Escalation) -> list[datetime]:
    return rungs_at(escalation, _deadline(turn, change), turn.environment.zone)


def _deadline(turn: Turn, change: Change) -> datetime:
    return change.expires_at or turn.now


def _set_timer(turn: Turn, escalation: Escalation, due: datetime | None) -> None:
    name = subject(escalation.change, escalation.department)
    if due is None:
        turn.uow.timers.stop(ESCALATION, name)
    else:
        turn.uow.timers.start(Timer(ESCALATION, name, due))
