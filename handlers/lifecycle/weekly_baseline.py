"""The plan of each week, frozen as the week begins: what progress, the chart and the week's figures are measured by."""

from datetime import datetime, time, timedelta

from handlers.notify.audit import record
from handlers.timers import BASELINE
from handlers.turn import Turn
from planning.plan.hours import next_at
from planning.plan.revision import Baseline, BaselineKind
from planning.trail.audit import Kind
from storage.timers import Timer

EACH_WEEK = "weekly"
AT = time(0, 5)
"""On the first working day of the week, local time: before anybody changes anything."""
A_WEEK = timedelta(days=7)


def set_weekly_baseline(turn: Turn) -> None:
    """Have the next week's plan frozen; one that is set already stays as it is."""
    if turn.uow.timers.get(BASELINE, EACH_WEEK) is None:
        turn.uow.timers.start(Timer(BASELINE, EACH_WEEK, _next(turn)))


def freeze_week(turn: Turn, timer: Timer) -> None:
    """Name the revision with which this week began, whenever this is rung. Weeks that went by while nothing ran are not
    made up for: nothing is measured by them any more."""
    begun = _begin(turn, turn.now - A_WEEK, turn.now)
    revision = turn.uow.revisions.number_at(begun) if begun else 0
    if begun and revision:
        year, week, _ = begun.astimezone(turn.environment.zone).isocalendar()
        name = turn.words("value.baseline.weekly-name", year=year, week=f"{week:02}")
        if turn.uow.baselines.named(name) is None:
            turn.uow.baselines.freeze(Baseline(name, revision, BaselineKind.WEEKLY, begun, ""))
            facts = {"revision": revision, "baseline": BaselineKind.WEEKLY.value}
            record(turn, Kind.BASELINED, "", name, facts)
    turn.uow.timers.start(Timer(BASELINE, EACH_WEEK, _next(turn)))


def _next(turn: Turn) -> datetime:
    """The beginning of the next week that has a working day. UTC."""
    after = turn.now
    while (found := next_at(after, AT, turn.calendar, turn.environment.zone)) and not _is_first(turn, found):
        after = found
    return found


def _begin(turn: Turn, after: datetime, until: datetime) -> datetime | None:
    """The newest beginning of a week in a time; None: a week without a working day began in it."""
    begun = None
    while (after := next_at(after, AT, turn.calendar, turn.environment.zone)) <= until:
        begun = after if _is_first(turn, after) else begun
    return begun


def _is_first(turn: Turn, moment: datetime) -> bool:
    """Whether no working day of the same week is before it."""
    day = moment.astimezone(turn.environment.zone).date()
    monday = day - timedelta(days=day.weekday())
    return turn.calendar.on_or_after(monday) == day
