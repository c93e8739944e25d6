"""Lockdown: a freeze window holds the requests it catches, and their time with them.

Each function takes a request as it is and gives it as it becomes; one that is held already, or not at all, stays so.
"""

from dataclasses import replace
from datetime import datetime, timedelta, tzinfo

from planning.change.change import Change, ChangeState, Step
from planning.change.deadline import counted
from planning.change.escalation import Escalation
from planning.plan.hours import WorkingHours


def can_be_held(change: Change) -> bool:
    """True for a request in approval; an emergency in effect is not held: the plan carries it already."""
    return change.state in (ChangeState.IN_APPROVAL, ChangeState.ON_HOLD)


def hold(change: Change, window: str, now: datetime) -> Change:
    """Hold it from `now` on; `window` is one more that has to go before it is decided again."""
    if not can_be_held(change) or window in change.held_by:
        return change
    return replace(
        change, state=ChangeState.ON_HOLD, held_at=change.held_at or now, held_by=(*change.held_by, window)
    )


def release(change: Change, window: str, now: datetime, hours: WorkingHours) -> Change:
    """Take one window away; without the last of them it goes on with the time it had left, counted in `hours`: a night
    or a weekend that passed meanwhile takes none of it, and one that follows gives none."""
    if change.state is not ChangeState.ON_HOLD or window not in change.held_by or change.held_at is None:
        return change
    left = tuple(one for one in change.held_by if one != window)
    if left:
        return replace(change, held_by=left)
    held_at, mine = change.held_at, counted(change, hours)
    return replace(
        change,
        state=ChangeState.IN_APPROVAL,
        held_at=None,
        held_by=(),
        expires_at=change.expires_at and _as_far_from(now, held_at, change.expires_at, mine),
        steps=tuple(_later(step, held_at, now, mine) for step in change.steps),
    )


def remaining(change: Change, hours: WorkingHours) -> timedelta:
    """The time a held request will have once it is released."""
    if change.held_at is None or change.expires_at is None:
        return timedelta(0)
    return counted(change, hours).between(change.held_at, change.expires_at)


def resumed(escalation: Escalation, held_at: datetime, now: datetime, zone: tzinfo) -> Escalation:
    """The ladder as if the time from `held_at` to `now` had not been: as many working hours waited as before."""
    hours = escalation.policy.working(zone)
    waited = hours.between(escalation.opened_at, held_at)
    return replace(escalation, opened_at=hours.before(now, waited))


def _later(step: Step, held_at: datetime, now: datetime, hours: WorkingHours) -> Step:
    if not step.state.is_undecided or step.due_at is None:
        return step
    return replace(step, due_at=_as_far_from(now, held_at, step.due_at, hours))


def _as_far_from(now: datetime, held_at: datetime, deadline: datetime, hours: WorkingHours) -> datetime:
    return hours.after(now, hours.between(held_at, deadline))
