"""Escalation ladders: each step that waits has one, whatever ends the wait stops it.

A ladder is a row with the time of its next rung, and a timer; `handlers.lifecycle.escalate` climbs it.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from handlers.notify.new_cards import show_deputies
from handlers.timers import ESCALATION
from handlers.turn import Turn
from planning.change.change import Change, ChangeState, Step, StepState, Verdict
from planning.change.escalation import Escalation, handed_on, next_at
from planning.change.lockdown import resumed
from storage.timers import Timer


def keep_ladders(turn: Turn, before: Change, after: Change) -> None:
    """Ladders as a request needs them that has become something else."""
    if before.state is ChangeState.ON_HOLD:
        _resume(turn, before, after)
    watch(turn, after)
    _go_on(turn, before, after)
    for department, decision in after.decisions_since(before):
        if decision.verdict is Verdict.TRANSFER:
            _hand_on(turn, after, department)


def watch(turn: Turn, change: Change) -> None:
    """Give every step that waits its ladder and take it from those that do not; in the unit that saves the change.

    A ladder that is being climbed is left alone. One that was sent back, or taken back from there, waits for somebody
    else, and its ladder begins anew. Those of the others stand still while the request goes back.
    """
    known = turn.uow.escalations.of_change(change.no)
    for step in change.steps:
        escalation = known.get(step.department)
        if _is_owed(change, step) and (escalation is None or escalation.round != step.round):
            _start(turn, change, step)
        elif not waits(change, step):
            if escalation is not None and escalation.next_at is not None:
                turn.uow.escalations.stop(escalation)
                turn.uow.timers.stop(ESCALATION, subject(change.no, step.department))
        elif escalation and step.waits_since and escalation.opened_at < step.waits_since:
            _begin_anew(turn, change, escalation, step.waits_since)


def waits(change: Change, step: Step) -> bool:
    """Check whether the step waits for its approvers, or was sent back for its proposer: then for nobody else."""
    return _is_owed(change, step) and (step.state is StepState.CHANGES_REQUESTED or not change.goes_back)


def _is_owed(change: Change, step: Step) -> bool:
    return change.state.is_deciding and step.state.is_undecided and not step.optional


def subject(no: str, department: str) -> str:
    """Name of a step's timer."""
    return f"{no}/{department}"


def put_off(turn: Turn, change: Change, escalation: Escalation, until: datetime | None) -> None:
    due = until or next_at(escalation, ends_at(turn, change), turn.environment.zone)
    turn.uow.escalations.advance(escalation, replace(escalation, next_at=due))
    set_timer(turn, escalation, due)


def ends_at(turn: Turn, change: Change) -> datetime:
    return change.expires_at or turn.now


def set_timer(turn: Turn, escalation: Escalation, due: datetime | None) -> None:
    name = subject(escalation.change, escalation.department)
    if due is None:
        turn.uow.timers.stop(ESCALATION, name)
    else:
        turn.uow.timers.start(Timer(ESCALATION, name, due))


def _start(turn: Turn, change: Change, step: Step) -> None:
    opened, zone = step.opened_at or turn.now, turn.environment.zone
    policy = turn.environment.escalation.of(change.klass, turn.environment.calendar_of(step.department))
    policy = policy.before(ends_at(turn, change), opened, zone)
    escalation = Escalation(change.no, step.department, step.round, policy, opened)
    due = next_at(escalation, ends_at(turn, change), zone) if waits(change, step) else None
    turn.uow.escalations.start(replace(escalation, next_at=due))
    set_timer(turn, escalation, due)
    show_deputies(turn, change, step, turn.deputies())


def _begin_anew(turn: Turn, change: Change, escalation: Escalation, since: datetime) -> None:
    anew = replace(escalation, opened_at=since, rung=0, reminded_at=None)
    anew = replace(anew, next_at=next_at(anew, ends_at(turn, change), turn.environment.zone))
    turn.uow.escalations.advance(escalation, anew)
    set_timer(turn, anew, anew.next_at)


def _resume(turn: Turn, held: Change, after: Change) -> None:
    """Let the ladders that a lockdown stopped go on where they stood."""
    if held.held_at is None or not after.state.is_deciding:
        return
    _without(turn, after, (step for step in after.steps if waits(after, step)), held.held_at, turn.now)


def _go_on(turn: Turn, before: Change, after: Change) -> None:
    """Let the ladders of the others go on where they stood when the request was sent back, as far as it no longer goes
    back; an approver may decide after all. Where it still does for somebody who wanted it later, until then."""
    since, until = before.sent_back_at, after.sent_back_at or turn.now
    if since is None or since >= until or not after.state.is_deciding:
        return
    _without(turn, after, (step for step in after.required if step.state is StepState.OPEN), since, until)


def _without(turn: Turn, change: Change, steps: Iterable[Step], since: datetime, until: datetime) -> None:
    """The ladders of these steps as if the time in between had not been. Steps that were opened again have ladders of
    their own (`watch`)."""
    known = turn.uow.escalations.of_change(change.no)
    for step in steps:
        escalation = known.get(step.department)
        if escalation is None or escalation.round != step.round:
            continue
        going_on = resumed(escalation, since, until, turn.environment.zone)
        due = next_at(going_on, ends_at(turn, change), turn.environment.zone) if waits(change, step) else None
        going_on = replace(going_on, next_at=due)
        turn.uow.escalations.advance(escalation, going_on)
        set_timer(turn, going_on, due)


def _hand_on(turn: Turn, change: Change, department: str) -> None:
    """A step was handed to somebody, who has to hear of it again even if its ladder had been climbed to the end. Who
    hands a step on gains no time."""
    step, escalation = change.step_of(department), turn.uow.escalations.get(change.no, department)
    if step is None or escalation is None or escalation.round != step.round or step.state is not StepState.OPEN:
        return
    going_on = handed_on(escalation, turn.now, ends_at(turn, change), turn.environment.zone)
    due = next_at(going_on, ends_at(turn, change), turn.environment.zone) if waits(change, step) else None
    going_on = replace(going_on, next_at=due)
    turn.uow.escalations.advance(escalation, going_on)
    set_timer(turn, going_on, due)
