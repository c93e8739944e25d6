"""How long something lasts, in words."""

from datetime import timedelta

from cards.words import Words
from planning.plan.hours import ALL_DAY, WorkingHours

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def lasting(time: timedelta, hours: WorkingHours, words: Words) -> str:
    """A time counted in these hours, rounded down: 11 个工时, 40 分钟; of the clock's 2 天 3 小时, 5 小时."""
    if time < HOUR:
        return words("value.lasting.minutes", minutes=time // timedelta(minutes=1))
    if hours.window != ALL_DAY:
        return words("value.lasting.working", hours=time // HOUR)
    if time < DAY:
        return words("value.lasting.hours", hours=time // HOUR)
    return words("value.lasting.days", days=time // DAY, hours=time % DAY // HOUR)
