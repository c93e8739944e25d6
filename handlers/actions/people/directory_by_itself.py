"""Directories that are read without anybody asking: once a week, and when a platform tells that something changed."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from handlers.actions.people.directory import begin
from handlers.events import DirectoryChanged
from handlers.timers import DIRECTORY
from handlers.turn import Turn
from planning.people.directory_difference import MOST_LEFT
from planning.people.directory_run import DirectoryRun, RunState
from storage.timers import Timer

MONDAY, AT = 0, time(6, 0)
"""When a directory is read, in the plan's zone: before anybody is at work."""
TOGETHER = timedelta(minutes=1)
"""Time in which events are gathered: whoever moves a department moves many people."""
SELDOM = timedelta(hours=20)
"""Between two readings of the whole that events ask for: each costs two calls a department."""


def set_weeks(turn: Turn) -> None:
    """Have the directories read each week of which departments are the plan's."""
    wanted = {*_in_use(turn)}
    turn.uow.timers.keep_only(DIRECTORY, wanted)
    for platform in wanted:
        if turn.uow.timers.get(DIRECTORY, platform) is None:
            turn.uow.timers.start(Timer(DIRECTORY, platform, _next_week(turn)))


def week(turn: Turn, timer: Timer) -> None:
    if timer.subject in _in_use(turn):
        begin(turn, timer.subject, "", "")
        turn.uow.timers.start(Timer(DIRECTORY, timer.subject, _next_week(turn)))


def hear(turn: Turn, event: DirectoryChanged) -> None:
    """An event carries ids alone: they are looked up together with those that follow. Told twice it is heard once."""
    settings = turn.environment.settings
    if settings is None or event.platform not in _in_use(turn):
        return
    directories = turn.uow.directories_of(settings.home)
    waiting = directories.in_state(RunState.READING, event.platform)
    if any(one.is_whole and one.tries == 0 and one.due_at > turn.now + TOGETHER for one in waiting):
        return  # the whole is going to be read
    users = {*event.users}
    gathered = next((one for one in waiting if one.users is not None and not directories.pages(one.number)), None)
    if gathered:
        users |= {*(gathered.users or ())}
    if event.units or len(users) > MOST_LEFT:
        if gathered:
            directories.keep(replace(gathered, state=RunState.OVER))
        last = directories.newest(event.platform)
        due = max(turn.now + TOGETHER * 2, last.begun_at + SELDOM) if last else turn.now + TOGETHER * 2
        directories.begin(DirectoryRun(event.platform, (), "", "", due, due))
    elif gathered:
        directories.keep(replace(gathered, users=tuple(sorted(users))))
    elif users:
        due = turn.now + TOGETHER
        found = tuple(sorted(users))
        directories.begin(DirectoryRun(event.platform, (), "", "", turn.now, due, users=found))


def _in_use(turn: Turn) -> list[str]:
    """Platforms of whose directory a department is one of the plan's."""
    if turn.environment.settings is None or turn.environment.settings.home != turn.uow.plan_id:
        return []
    units = [unit for one in turn.organisation.departments.values() for unit in one.directory]
    used = {unit.partition(":")[0] for unit in units}
    return [platform for platform in turn.environment.directories if platform in used]


def _next_week(turn: Turn) -> datetime:
    zone = turn.environment.zone
    today = turn.now.astimezone(zone).date()
    days = (MONDAY - today.weekday()) % 7
    at = datetime.combine(today + timedelta(days=days), AT, zone)
    return (at if at > turn.now else at + timedelta(days=7)).astimezone(UTC)
