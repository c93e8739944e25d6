"""Escalation: every step that waits climbs its ladder; whatever ends the wait stops it (rule I13)."""

from dataclasses import replace
from datetime import datetime, timedelta

from handlers.lifecycle.after_change import look_again, save
from handlers.lifecycle.ladders import ends_at, put_off, set_timer, waits, watch
from handlers.lifecycle.reminders import remind_of
from handlers.lifecycle.stand_ins import look_after_all
from handlers.notify.audit import record
from handlers.notify.card_updates import send_again, updates_in_place
from handlers.notify.change.escalation_cards import asking_in
from handlers.notify.new_cards import add_card, cards_of_step, homes_of
from handlers.turn import Turn
from planning.change.approval import call_in
from planning.change.change import Change, Step, StepState
from planning.change.escalation import Climb, Do, Escalation, called, highest_due, next_at, rungs_at
from planning.people.organisation import Role
from planning.plan.hours import out_of
from planning.trail.audit import Kind
from storage.delivery.cards import CardRow, Purpose
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
    """A rung may be due. Of several missed ones only the highest is taken; in quiet hours none is. What the request's
    other steps are due for at that moment goes with it: whoever is asked for several has one card and one reminder."""
    no, _, department = timer.subject.partition("/")
    change = turn.uow.changes.get(no)
    if change is None or (change.expires_at and change.expires_at <= turn.now):
        return  # its expiry says that it is over
    reminded = list[Step]()
    for step in sorted(change.steps, key=lambda step: step.department != department):
        escalation = turn.uow.escalations.get(no, step.department)
        if escalation is None or not waits(change, step) or escalation.round != step.round:
            continue  # or opened again with a ladder of its own
        if step.department == department or (escalation.next_at and escalation.next_at <= turn.now):
            change = _climb(turn, change, step, escalation, reminded)
    remind_of(turn, change, reminded)


def _climb(turn: Turn, change: Change, step: Step, escalation: Escalation, reminded: list[Step]) -> Change:
    loud = out_of(escalation.policy.quiet, turn.now, turn.environment.zone)
    rung = highest_due(escalation, _times(turn, change, escalation), turn.now)
    if loud > turn.now or rung is None:
        put_off(turn, change, escalation, loud if loud > turn.now else None)
        return change
    return _take(turn, change, step, escalation, rung, reminded)


def _take(
    turn: Turn, change: Change, step: Step, escalation: Escalation, rung: int, reminded: list[Step]
) -> Change:
    """Take a rung of the ladder; of a step that was sent back nobody else is asked: its proposer is reminded, at last
    the coordinators, too. `reminded`: gets the step where those waited for are to be reminded with others."""
    do, returned = escalation.policy.ladder[rung].do, step.state is StepState.CHANGES_REQUESTED
    asking = change, step, turn.organisation, turn.deputies(), escalation.asked()
    people = () if returned else called(do, *asking)
    taken = Climb(do, people, turn.now)
    after = replace(escalation, rung=rung + 1, climbs=(*escalation.climbs, taken), reminded_at=turn.now)
    after = replace(after, next_at=next_at(after, ends_at(turn, change), turn.environment.zone))
    if not turn.uow.escalations.advance(escalation, after):
        return change
    set_timer(turn, after, after.next_at)
    if people:
        facts = {"department": step.department, "do": do.value, "people": turn.words.list(_names(turn, people))}
        record(turn, Kind.ESCALATED, "", change.no, facts)
        shown = cards_of_step(turn, change, step)
        asked = save(turn, change, call_in(change, step.department, people))
        _ask(turn, asked, step, taken, shown)
        return asked
    record(turn, Kind.REMINDED, "", change.no, {"departments": step.department, "do": do.value})
    if returned and do is Do.COORDINATOR:
        remind_of(turn, change, [step], also=[person.id for person in turn.organisation.with_role(Role.COORDINATOR)])
    else:
        reminded.append(step)
    return change


def _ask(turn: Turn, change: Change, step: Step, taken: Climb, shown: list[CardRow]) -> None:
    """A card to each place where those who are asked now read; where a card was `shown` before that cannot say so
    itself, that it went on."""
    homes = homes_of(turn, taken.people)
    for conversation in homes:
        _put_up(turn, change, step, conversation)
    told = set(homes)
    for row in shown:
        if row.purpose.asks and not updates_in_place(turn, row) and row.conversation not in told:
            told.add(row.conversation)
            turn.uow.outbox.say(row.conversation, _went_on(turn, change, step, taken), turn.now)


def _put_up(turn: Turn, change: Change, step: Step, conversation: str) -> None:
    """On the card that asks there for other steps of the request, where there is one; what is still to be sent of it is
    drawn when it is."""
    there = asking_in(turn, change, conversation)
    if there is None or there.department == step.department:
        add_card(turn, Purpose.ESCALATION, change.subject, conversation, step.department, step.round)
    elif there.shown_version == there.wanted_version:
        send_again(turn, there)


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
    return rungs_at(escalation, ends_at(turn, change), turn.environment.zone)
