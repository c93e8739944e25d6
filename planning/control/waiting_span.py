"""How long a change of the settings waits for somebody's word: when they are reminded, and when it lapses."""

from dataclasses import dataclass
from datetime import datetime

from planning.plan.hours import WorkingHours


@dataclass(frozen=True, slots=True)
class WaitingSpan:
    """Instants are UTC."""

    reminded_at: datetime
    expires_at: datetime

    @classmethod
    def of(cls, since: datetime, days: int, hours: WorkingHours) -> "WaitingSpan":
        """So many working days from `since`, with the reminder when half of them are over."""
        whole = hours.a_day * days
        return cls(hours.after(since, whole / 2), hours.after(since, whole))
