"""When something was said, by the platform's own time stamp."""

from datetime import UTC, datetime, timedelta

AHEAD = timedelta(minutes=1)
"""How far a platform's clock may run before ours."""
OLDEST = timedelta(days=30)
"""No platform delivers later than this: an older stamp is none, or in another unit."""


def moment(stamp: object, now: datetime, *, a_second: int = 1) -> datetime:
    """Moment of a Unix time stamp, in UTC; `now`, our clock's, where there is none that can be right. `a_second`: the
    stamp's units in a second."""
    try:
        at = datetime.fromtimestamp(int(str(stamp)) / a_second, UTC)
    except (ValueError, OverflowError, OSError):
        return now
    return at if now - OLDEST <= at <= now + AHEAD else now
