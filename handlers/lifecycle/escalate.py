"""Escalation: every step that waits climbs its ladder; whatever ends the wait stops it (rule I13)."""

from dataclasses import replace
from datetime import datetime, timedelta

from handlers.lifecycle.after_change import look_again, save
from handlers.lifecycle.ladders import deadline_of, put_off, set_timer, waits, watch
from handlers.lifecycle.reminders import reminder, say_reminder
from handlers.lifecycle.stand_ins import look_after_all
from handlers.notify.audit import record
from handlers.notify.card_updates import updates_in_place
from handlers.notify.new_cards import add_card, cards_of_step, homes_of
from handlers.turn import Turn
from planning.change.approval import call_in
from planning.change.change import Change, Step, StepState
from planning.change.escalation import Climb, Do, Escalation, called, highest_due, next_at, rungs_at
from planning.people.organisation import Role
from planning.plan.hours import out_of
from planning.trail.audit import Kind
from storage.cards import CardRow, Purpose
from storage.timers import Timer

TOO_LATE = timedelta(minutes=10)
"""A rung that is not taken so long after it was due is an alarm: nothing looks after the step."""


def watch_all(turn: Turn) -> None:
    """Watch all steps at start: those opened before there were ladders get theirs, and a rung missed meanwhile rings
    once; steps whose approvers the settings know no more get others, and those that a fence asked for which the
    settings know no more lapse."""
    look_again(turn)
    for change in turn.uow.changes.open_ones():
        watch(turn, change)
    look_after_all(turn)


def climb(turn: Turn, timer: Timer) -> None:
    """A rung may be due. Of several missed ones only the highest is taken; in quiet hours none is."""
    no, _, department = timer.subject.partition("/")
    change, escalation = turn.uow.changes.get(no), turn.uow.escalations.get(no, department)
    step = change.step_of(department) if change else None
    if change is None or step is None or escalation is None or not waits(change, step):
        return
    if escalation.round != step.round or (change.expires_at and change.expires_at <= turn.now):
        return  # opened again with a ladder of its own, or over: its expiry says so
    loud = out_of(escalation.policy.quiet, turn.now, turn.environment.zone)
    rung = highest_due(escalation, _times(turn, change, escalation), turn.now)
    if loud > turn.now or rung is None:
        put_off(turn, change, escalation, loud if loud > turn.now else None)
    else:
        _take(turn, change, step, escalation, rung)


def _take(turn: Turn, change: Change, step: Step, escalation: Escalation, rung: int) -> None:
    """Take a rung of the ladder; of a step that was sent back nobody else is asked: its proposer is reminded, at last
    the coordinators, too."""
    do, returned = escalation.policy.ladder[rung].do, step.state is StepState.CHANGES_REQUESTED
    asking = change, step, turn.organisation, turn.deputies(), escalation.asked()
    people = () if returned else called(do, *asking)
    taken = Climb(do, people, turn.now)
    after = replace(escalation, rung=rung + 1, climbs=(*escalation.climbs, taken), reminded_at=turn.now)
    after = replace(after, next_at=next_at(after, deadline_of(turn, change), turn.environment.zone))
    if not turn.uow.escalations.advance(escalation, after):
        return
    set_timer(turn, after, after.next_at)
    if people:
        facts = {"department": step.department, "do": do.value, "people": turn.words.list(_names(turn, people))}
        record(turn, Kind.ESCALATED, "", change.no, facts)
        shown = cards_of_step(turn, change, step)
        asked = save(turn, change, call_in(change, step.department, people))
        _ask(turn, asked, step, taken, shown)
    else:
        record(turn, Kind.REMINDED, "", change.no, {"departments": step.department, "do": do.value})
        also = turn.organisation.with_role(Role.COORDINATOR) if returned and do is Do.COORDINATOR else []
        say_reminder(turn, change, step, reminder(turn, change, step), also)


def _ask(turn: Turn, change: Change, step: Step, taken: Climb, shown: list[CardRow]) -> None:
    """A card to each place where those who are asked now read; where a card was `shown` before that cannot say so
    itself, that it went on."""
    for conversation in homes_of(turn, taken.people):
        add_card(turn, Purpose.ESCALATION, change.subject, conversation, step.department, step.round)
    told = set(homes_of(turn, taken.people))
    for row in shown:
        if row.purpose.asks and not updates_in_place(turn, row) and row.conversation not in told:
            told.add(row.conversation)
            turn.uow.outbox.say(row.conversation, _went_on(turn, change, step, taken), turn.now)


def _went_on(turn: Turn, change: Change, step: Step, taken: Climb) -> str:
    view = turn.view(change)
    return turn.words(
        "escalation.told",
        no=change.no,
        headline=view.headline,
        department=view.department(step.department),
        waited=view.waited(step),
        who=view.rung(taken),
        names=turn.words.list(_names(turn, taken.people)),
        waiting=view.waited_for(step),
    )


def _names(turn: Turn, people: tuple[str, ...]) -> list[str]:
    return [turn.organisation.name_of(person) for person in people]


def _times(turn: Turn, change: Change, escalation: Escalation) -> list[datetime]:
    return rungs_at(escalation, deadline_of(turn, change), turn.environment.zone)


