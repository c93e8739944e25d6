"""Lines on a request held by a freeze: windows, moment, time left."""

from datetime import timedelta, tzinfo

from cards.words import Words
from cards.words.dates import moment
from planning.change.change import Change, ChangeState
from planning.change.lockdown import remaining

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def held_line(change: Change, words: Words, zone: tzinfo) -> str:
    """Line of a card; empty: nothing holds it."""
    if change.state is not ChangeState.ON_HOLD or change.held_at is None:
        return ""
    since = moment(change.held_at, zone, change.held_at.astimezone(zone).date())
    return words("held.line", at=since, **facts_of(change, words))


def held_row(change: Change, words: Words) -> str:
    """Entry of a list; empty: nothing holds it."""
    return words("held.row", **facts_of(change, words)) if change.state is ChangeState.ON_HOLD else ""


def facts_of(change: Change, words: Words) -> dict[str, str]:
    return {"windows": ", ".join(change.held_by), "left": left_of(remaining(change), words)}


def left_of(left: timedelta, words: Words) -> str:
    """Time left, rounded down: 2 天 3 小时, 5 小时, 40 分钟."""
    if left >= DAY:
        return words("held.left.days", days=left // DAY, hours=left % DAY // HOUR)
    if left >= HOUR:
        return words("held.left.hours", hours=left // HOUR)
    return words("held.left.minutes", minutes=left // timedelta(minutes=1))
