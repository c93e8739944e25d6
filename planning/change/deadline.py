"""The deadline of a change request: how long it waits for its decisions, and more time for them."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from planning.change.change import Change
from planning.change.guards import require_deciding
from planning.control.rules import Class
from planning.plan.calendar import WorkCalendar
from planning.plan.hours import Window, WorkingHours, around_the_clock
from planning.plan.impact import Impact

END_OF_DAY = time(18, 0)
AT_LEAST = timedelta(hours=4)
"""An effect that begins tomorrow still leaves people so many working hours: nobody decides in their sleep."""
OFFICE_HOURS = Window.of("09:00-18:00")


def deadline_of(change: Change, impact: Impact, now: datetime, hours: WorkingHours, working_days: int) -> datetime:
    """The deadline of a request with this effect: as its rule says, else `working_days` as in `deadline`. UTC.

    An emergency's hours are the clock's, all others' are working hours: nobody decides in their sleep.
    """
    policy = change.policy
    if policy.ratify_hours is not None:
        return now + timedelta(hours=policy.ratify_hours)
    if policy.deadline_hours is None:
        return deadline(impact, now, hours.zone, hours.calendar, working_days, hours.window)
    return counted(change, hours).after(now, timedelta(hours=policy.deadline_hours))


def counted(change: Change, hours: WorkingHours) -> WorkingHours:
    """The hours a request's time is counted in: the company's, of an emergency the clock's."""
    return around_the_clock(hours.zone) if change.klass == Class.EMERGENCY.value else hours


def deadline(
    impact: Impact, now: datetime, zone: tzinfo, calendar: WorkCalendar, working_days: int,
    hours: Window = OFFICE_HOURS,
) -> datetime:
    """18:00 local of the earlier of so many working days from now and the working day before the first affected
    start; never before `soonest`. UTC."""
    today = now.astimezone(zone).date()
    last = calendar.add(calendar.on_or_after(today), working_days)
    closing = datetime.combine(last, END_OF_DAY, zone).astimezone(UTC)
    before = latest(impact, zone, calendar)
    return max(min(closing, before or closing), soonest(now, WorkingHours(hours, calendar, zone)))


def latest(impact: Impact, zone: tzinfo, calendar: WorkCalendar) -> datetime | None:
    """The last instant with something to decide: 18:00 local of the working day before the first affected start. UTC;
    None: nothing starts."""
    first = first_start(impact)
    if first is None:
        return None
    return datetime.combine(calendar.on_or_before(first - timedelta(days=1)), END_OF_DAY, zone).astimezone(UTC)


def first_start(impact: Impact) -> date | None:
    """The earliest of all starts that are given up or taken."""
    lines = [line for line in impact.lines if line.field == "start"]
    return min((date.fromisoformat(day) for line in lines for day in (line.before, line.after) if day), default=None)


def soonest(now: datetime, hours: WorkingHours) -> datetime:
    """The instant until which anything asked for now can be answered at the least. UTC."""
    return hours.after(now, AT_LEAST)


def extend(change: Change, until: datetime) -> Change:
    """Move the deadline of a request and of every step that waits. Raises Refused unless people are deciding."""
    require_deciding(change)
    steps = (replace(step, due_at=until) if step.state.is_undecided else step for step in change.steps)
    return replace(change, expires_at=until, steps=tuple(steps))
