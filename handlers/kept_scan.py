"""What a scan of the whole plan found on a snapshot, for the moment at which it has the plan to itself."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from handlers.kept import Kept, Known
from planning.exceptions.conditions import Found
from planning.trail.chain import End

FRESH = timedelta(minutes=1)
"""Some conditions come with time alone: hours without an answer, the age of a source."""


@dataclass(frozen=True, slots=True)
class KnownScan(Known):
    end: End
    """The trail's: whatever changes a plan, its requests or what people said of them is written there."""
    at: datetime
    found: Found

    def serves(self, revision: int, end: End, now: datetime) -> bool:
        """Check whether nothing has happened since."""
        return (self.plan.revision, self.end) == (revision, end) and self.at <= now < self.at + FRESH


class KeptScan(Kept[KnownScan]):
    """What was found before the plan was locked is not looked for again, unless something has happened meanwhile."""
