"""Lockdown at work: a freeze window that comes into force holds the requests it catches, one that goes lets them go
on (rule P7). Nothing is kept in memory: what holds what is in the requests, when it ends in a timer."""

from datetime import UTC, datetime, time

from handlers.lifecycle.after_change import plan_moved, save
from handlers.lifecycle.rebase import anew
from handlers.lifecycle.stand_ins import look_after
from handlers.notify.change.freeze_notices import Became, tell_over
from handlers.timers import WINDOW
from handlers.turn import Turn
from planning.change.change import Change, ChangeState
from planning.change.deadline import counted, extend, soonest
from planning.change.lockdown import can_be_held, hold, release
from planning.control.fences import Fence, breaches
from planning.control.shadow import Touched
from planning.control.window import Window, WindowState, number_of
from planning.plan.calendar import ONE_DAY
from planning.plan.plan import Plan
from storage.timers import Timer


def caught_by(turn: Turn, plan: Plan, fence: Fence) -> list[Change]:
    """Requests that a window would hold, because their effect on the plan as it stands touches it; oldest first."""
    pending = (change for change in turn.uow.changes.open_ones() if can_be_held(change))
    return [change for change in pending if _touches(turn, plan, change, fence)]


def hold_caught(turn: Turn, plan: Plan, window: Window) -> list[Change]:
    """The window has come into force. What it holds now."""
    held = []
    for change in caught_by(turn, plan, window.fence):
        held.append(save(turn, change, hold(change, window.fence.id, turn.now)))
    end = _end_of(turn, window)
    if end is not None:
        turn.uow.timers.start(Timer(WINDOW, window.fence.id, end))
    return held


def held_by(turn: Turn, window: Window) -> list[Change]:
    pending = turn.uow.changes.open_ones()
    return [c for c in pending if c.state is ChangeState.ON_HOLD and window.fence.id in c.held_by]


def release_held(turn: Turn, window: Window) -> list[Became]:
    """The window is no longer in force. What it held, and what has become of that."""
    turn.uow.timers.stop(WINDOW, window.fence.id)
    held = held_by(turn, window)
    for change in held:
        _release(turn, change, window.fence.id)
    plan_moved(turn)  # special approvals that it asked for lapse
    return [(change, turn.change(change.no)) for change in held]


def window_over(turn: Turn, timer: Timer) -> None:
    """The day after a window's last has begun: what it holds goes on, though nobody lifted it. That is said when people
    are at work."""
    window = turn.uow.fences.get(number_of(timer.subject))
    if window is None or window.state is not WindowState.ENFORCED:
        return
    end = _end_of(turn, window)
    if end is not None and end > turn.now:  # the company has moved to another time zone
        turn.uow.timers.start(Timer(WINDOW, timer.subject, end))
        return
    tell_over(turn, window, release_held(turn, window), at=turn.hours.opening(turn.now))


def _touches(turn: Turn, plan: Plan, change: Change, fence: Fence) -> bool:
    """Check whether something of the request lies inside the fence and is not in shadow."""
    impact = turn.assess(plan, change.operations)
    shaded = Touched(change.policy.shade.shadow, plan, impact)
    return any(not shaded.holds(breach.item) for breach in breaches(impact, plan, [fence], turn.today))


def _release(turn: Turn, held: Change, window: str) -> Change:
    """Release the request with the time it had left, on the plan as it stands now, inside the fences of now."""
    freed = release(held, window, turn.now, turn.hours)
    if freed.state is not ChangeState.ON_HOLD:
        plan = turn.plan()
        freed = _awake(turn, anew(turn, plan, freed, turn.assess(plan, freed.operations)))
    after = save(turn, held, freed)
    return look_after(turn, after, turn.deputies()) if after.state.is_deciding else after


def _awake(turn: Turn, freed: Change) -> Change:
    """Windows end at midnight: what little was left of its time would be over before anybody could see it."""
    least = soonest(turn.now, counted(freed, turn.hours))
    if not freed.state.is_deciding or freed.expires_at is None or freed.expires_at >= least:
        return freed
    return extend(freed, least)


def _end_of(turn: Turn, window: Window) -> datetime | None:
    """The beginning of the day after its last, in the company's time zone; None: it has no end. UTC."""
    last = window.fence.last
    if last >= last.max - ONE_DAY:
        return None
    return datetime.combine(last + ONE_DAY, time.min, turn.environment.zone).astimezone(UTC)
