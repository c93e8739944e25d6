"""Taking, putting off and muting what is going wrong."""

from dataclasses import replace
from datetime import datetime

from planning.exceptions.episode import Episode, State
from planning.exceptions.finding import Severity
from planning.refusal import Refused

TAKEN_FOR = 1
"""Working days for which somebody's word counts."""
SNOOZED_FOR = {Severity.INFO: 3, Severity.WARN: 3, Severity.HIGH: 1}
"""Working days by which it can be put off at most; what is critical cannot."""
MUTED_FOR = 10


def require_open(one: Episode) -> None:
    """Raises Refused("exception-over")."""
    if one.state is not State.OPEN:
        raise Refused("exception-over", n=str(one.number))


def taken(one: Episode, person: str, until: datetime) -> Episode:
    require_open(one)
    return replace(one, taken_by=person, taken_until=until)


def days_of_snooze(one: Episode, days: int | None) -> int:
    """Raises Refused: "snooze-critical", "snooze-too-long"."""
    require_open(one)
    limit = SNOOZED_FOR.get(one.severity)
    if limit is None:
        raise Refused("snooze-critical", n=str(one.number))
    if days is not None and not 0 < days <= limit:
        raise Refused("snooze-too-long", n=str(one.number), limit=str(limit), days=str(days))
    return days or limit


def days_of_mute(days: int | None) -> int:
    """Raises Refused("mute-too-long")."""
    if days is not None and not 0 < days <= MUTED_FOR:
        raise Refused("mute-too-long", limit=str(MUTED_FOR), days=str(days))
    return days or MUTED_FOR


def snoozed(one: Episode, until: datetime) -> Episode:
    """Put off as bad as it is now: once it is worse than that it is news, though it was as bad before."""
    told = None if one.told is None else min(one.told, one.severity)
    return replace(one, snoozed_until=until, snoozed_at=one.severity, worst=one.severity, told=told)


def muted(one: Episode, until: datetime) -> Episode:
    return replace(one, muted_until=until)
