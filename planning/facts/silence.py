"""Silence: working days in which nobody has said anything of what runs."""

from datetime import date

from planning.facts.progress import RATELESS, Progress
from planning.plan.calendar import ONE_DAY, WorkCalendar
from planning.plan.item import Status


def last_word(progress: Progress) -> date:
    """The day it speaks of; its start where nobody has said anything."""
    return max((one.day for one in progress.words if one.day), default=progress.item.start)


def silence(progress: Progress, calendar: WorkCalendar, today: date) -> int:
    """Full working days between the last word and today; none of what does not run, or comes when it is said to."""
    if progress.item.status is not Status.IN_PROGRESS or progress.item.type in RATELESS:
        return 0
    return max(calendar.between(last_word(progress) + ONE_DAY, today), 0)
