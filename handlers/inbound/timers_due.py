"""A timer is due: carry out its effect and, where it repeats, set the next one, in the same transaction."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, time, timedelta

from handlers.actions.control.act_by_rule import act_by_rule
from handlers.actions.people import directory_by_itself
from handlers.actions.people.leave import begin_or_end
from handlers.govern.readiness import in_turn, readiness_of, starting_soon
from handlers.inbound.ask_reports import ask
from handlers.lifecycle import issues, records, settings_waiting
from handlers.lifecycle.after_change import look_again
from handlers.lifecycle.escalate import climb
from handlers.lifecycle.expire import in_time
from handlers.lifecycle.left_groups import leave_groups
from handlers.lifecycle.lockdown import window_over
from handlers.lifecycle.scan import PART, full_scan, scan_part
from handlers.lifecycle.scan import look_ahead as look_ahead_of_scan
from handlers.lifecycle.weekly_baseline import freeze_week
from handlers.notify.audit import record
from handlers.notify.facts.exception_news import go_round
from handlers.notify.facts.fact_notices import orders_told_of, tell
from handlers.notify.facts.readiness_news import tell_news, tell_tomorrow
from handlers.notify.rhythm.digest import morning
from handlers.timers import (
    ASK_REPORTS,
    ASK_STARTS,
    BASELINE,
    DIGEST,
    DIRECTORY,
    ESCALATION,
    EXPIRY,
    FACT_NOTICES,
    ISSUE,
    LEAVE,
    READINESS,
    REBASE,
    RECORD,
    RULE,
    SCAN,
    SETTING,
    WINDOW,
)
from handlers.turn import Turn
from planning.people.organisation import Department
from planning.plan.calendar import WorkCalendar
from planning.plan.hours import end_of, next_at
from planning.trail.audit import Kind
from storage.timers import Timer

MOMENT = timedelta(microseconds=1)
READY_AT: Mapping[str, Callable[[Turn], None]] = {"07:30": tell_news, "18:00": tell_tomorrow}
"""When orders are looked at, local time."""
MORNING_SCAN, MORNING_ROUND, MIDDAY_SCAN = "07:30", "08:30", "13:30"
"""When the plan is looked at for exceptions, local time; warnings are told with the digests and at midday."""
SCANS = (MORNING_SCAN, MORNING_ROUND, MIDDAY_SCAN)
LOOKED_AHEAD = (READINESS, DIGEST, FACT_NOTICES, SCAN)
"""Timers that tell of the readiness of orders, or scan for exceptions."""


def ring(turn: Turn, timer: Timer) -> None:
    """Does nothing when another process took this ring, or the timer was moved."""
    turn.uow.plans.lock()
    if turn.uow.timers.take(timer):
        record(turn, Kind.TIMER_RANG, "", timer.subject, {"timer": timer.kind, "due": timer.due_at.isoformat()})
        _RINGERS[timer.kind](turn, timer)


def look_ahead(turn: Turn, timer: Timer) -> bool:
    """Work out on a snapshot what a timer will tell of, so that it finds it when it has the plan to itself: on a large
    plan whoever clicks would wait for it. True: even to write it takes so long that it is written in parts."""
    if not turn.uow.plans.exists():
        return False
    if timer.kind == SCAN:
        return _is_scanned(turn, timer) and look_ahead_of_scan(turn, timer.due_at) > PART
    plan = turn.plan()
    of_facts = timer.kind == FACT_NOTICES
    codes = orders_told_of(turn, plan, timer.subject) if of_facts else starting_soon(turn, plan)
    in_turn(readiness_of(turn, plan, codes), codes)
    return False


def write_part(turn: Turn, timer: Timer, first: int) -> int | None:
    """Write some of what a timer will do, from row `first`: the row that comes next, `first` itself where nothing is
    left; None: what was worked out ahead stands no more."""
    turn.uow.plans.lock()
    is_due = turn.uow.timers.get(timer.kind, timer.subject) == timer and _is_scanned(turn, timer)
    return scan_part(turn, timer.due_at, first) if is_due else first


def set_digests(turn: Turn) -> None:
    """Give every conversation its next morning; one that is already set to a moment of its schedule keeps it.

    Called at start: a morning missed while nothing ran is still due, and rings once.
    """
    homes = list(_homes(turn))
    leave_groups(turn)  # the timers there are tell what the settings named before
    turn.uow.timers.keep_only(DIGEST, {department.conversation for department in homes})
    for department in homes:
        kept = turn.uow.timers.get(DIGEST, department.conversation)
        if kept is None or not _on_schedule(turn, department, kept.due_at):
            turn.uow.timers.start(Timer(DIGEST, department.conversation, next_morning(turn, department, turn.now)))


def set_readiness(turn: Turn) -> None:
    """Have orders looked at in the morning, and what starts next in the evening, on the plan's working days."""
    for at in READY_AT:
        if turn.uow.timers.get(READINESS, at) is None:
            turn.uow.timers.start(Timer(READINESS, at, _next_look(turn, at)))


def _next_look(turn: Turn, at: str) -> datetime:
    return next_at(turn.now, time.fromisoformat(at), turn.calendar, turn.environment.zone)


def _look(turn: Turn, timer: Timer) -> None:
    """One that was missed by a day is not said: the next one says what is so then."""
    due = timer.due_at.astimezone(turn.environment.zone).date()
    if turn.uow.plans.exists() and due == turn.today:
        READY_AT[timer.subject](turn)
    turn.uow.timers.start(Timer(READINESS, timer.subject, _next_look(turn, timer.subject)))


def set_scans(turn: Turn) -> None:
    """Have the plan looked at for exceptions on its working days, where that is switched on."""
    wanted = SCANS if turn.environment.exceptions.enabled else ()
    turn.uow.timers.keep_only(SCAN, {*wanted})
    for at in wanted:
        if turn.uow.timers.get(SCAN, at) is None:
            turn.uow.timers.start(Timer(SCAN, at, _next_look(turn, at)))


def _scan(turn: Turn, timer: Timer) -> None:
    """One that was missed is not made up for once the next is due: that finds what is so then, and two at once would
    not be two in a row."""
    if turn.uow.plans.exists() and not _is_overtaken(turn, timer):
        if timer.subject == MORNING_ROUND:
            go_round(turn)
        else:
            full_scan(turn, timer.due_at, is_round=timer.subject == MIDDAY_SCAN)
    turn.uow.timers.start(Timer(SCAN, timer.subject, _next_look(turn, timer.subject)))


def _is_scanned(turn: Turn, timer: Timer) -> bool:
    """Check whether the plan is looked at then."""
    return turn.uow.plans.exists() and timer.subject != MORNING_ROUND and not _is_overtaken(turn, timer)


def _is_overtaken(turn: Turn, timer: Timer) -> bool:
    now, due = (moment.astimezone(turn.environment.zone) for moment in (turn.now, timer.due_at))
    is_past_midday = now.time() >= time.fromisoformat(MIDDAY_SCAN)
    return due.date() != turn.today or (timer.subject != MIDDAY_SCAN and is_past_midday)


def next_morning(turn: Turn, department: Department, after: datetime) -> datetime:
    """The first moment after `after` at the department's digest time on one of its working days. UTC."""
    at = time.fromisoformat(department.digest_at or turn.environment.digest_at)
    return next_at(after, at, _calendar(turn, department), turn.environment.zone)


def first_morning(turn: Turn) -> datetime:
    """The moment by which every conversation has had its next digest of one working day. UTC."""
    mornings = [next_morning(turn, department, turn.now) for department in _homes(turn)]
    first = min(mornings).astimezone(turn.environment.zone).date()
    return max(morning for morning in mornings if morning.astimezone(turn.environment.zone).date() == first)


def _digest(turn: Turn, timer: Timer) -> None:
    department = next((d for d in _homes(turn) if d.conversation == timer.subject), None)
    if department is None:
        return
    look_again(turn)  # a fence of the settings may have ended in the night
    if turn.uow.plans.exists() and _is_said_by_now(turn, department):
        morning(turn, department)
    turn.uow.timers.start(Timer(DIGEST, timer.subject, next_morning(turn, department, turn.now)))


def _is_said_by_now(turn: Turn, department: Department) -> bool:
    """Whether today's digest is due, whichever day's was missed: after a standstill none is said in the night."""
    begins = end_of(turn.today - timedelta(days=1), turn.environment.zone)
    due = next_morning(turn, department, begins - MOMENT)
    return due <= turn.now and due.astimezone(turn.environment.zone).date() == turn.today


def _expiry(turn: Turn, timer: Timer) -> None:
    change = turn.uow.changes.get(timer.subject)
    after = in_time(turn, change) if change else None
    if after and after.state.is_deciding and after.expires_at:  # its deadline is a later one
        turn.uow.timers.start(Timer(EXPIRY, after.no, after.expires_at))


def _go_on(turn: Turn, timer: Timer) -> None:
    """Go on with the requests that were left for later when the plan moved."""
    look_again(turn)


_RINGERS: dict[str, Callable[[Turn, Timer], None]] = {
    DIGEST: _digest,
    EXPIRY: _expiry,
    ESCALATION: climb,
    LEAVE: begin_or_end,
    SETTING: settings_waiting.due,
    ISSUE: issues.due,
    RECORD: records.due,
    DIRECTORY: directory_by_itself.week,
    WINDOW: window_over,
    REBASE: _go_on,
    RULE: act_by_rule,
    READINESS: _look,
    FACT_NOTICES: tell,
    SCAN: _scan,
    BASELINE: freeze_week,
    ASK_STARTS: ask,
    ASK_REPORTS: ask,
}


def _homes(turn: Turn) -> Iterator[Department]:
    """Departments with a conversation; of several that share one, the first."""
    seen: set[str] = set()
    for department in turn.organisation.departments.values():
        if department.conversation and department.conversation not in seen:
            seen.add(department.conversation)
            yield department


def _calendar(turn: Turn, department: Department) -> WorkCalendar:
    return turn.environment.calendar_of(department.id)


def _on_schedule(turn: Turn, department: Department, due_at: datetime) -> bool:
    return next_morning(turn, department, due_at - MOMENT) == due_at
