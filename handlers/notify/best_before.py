"""Until when something is worth saying: a digest is of its day, a reminder too."""

from datetime import datetime, timedelta

from handlers.turn import Turn
from planning.plan.hours import end_of

AT_LEAST = timedelta(hours=1)
"""What is said shortly before midnight has this long."""


def today_only(turn: Turn) -> datetime:
    return max(end_of(turn.today, turn.environment.zone), turn.now + AT_LEAST)
