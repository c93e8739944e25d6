"""What a scan of the whole plan found on a snapshot, for the moments at which it has the plan to itself."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from handlers.kept import Kept, Known
from planning.exceptions.conditions import Found
from planning.exceptions.finding import Key
from planning.trail.audit import Kind
from planning.trail.chain import End

FRESH = timedelta(minutes=1)
"""Some conditions come with time alone: hours without an answer, the age of a source."""
BEARS_ON_NOTHING = (
    Kind.EXCEPTION_OPENED, Kind.EXCEPTION_CLOSED, Kind.EXCEPTION_TAKEN, Kind.DRAFTED, Kind.DISCARDED,
    Kind.MESSAGE_REFUSED, Kind.MESSAGE_STRANGER, Kind.PASSED_ON, Kind.CLICK_REFUSED, Kind.CLICK_LATE,
    Kind.CLICK_FOREIGN, Kind.CLICK_REPEATED, Kind.TIMER_RANG, Kind.REMINDED, Kind.ESCALATED, Kind.SUPPLY_REMINDED,
    Kind.LINK_MADE, Kind.LINK_USED, Kind.LOGGED_IN, Kind.LINK_REVOKED, Kind.PAGE_SHARED, Kind.PAGE_UNSHARED,
    Kind.API_REFUSED, Kind.API_STRANGER, Kind.REPORTED, Kind.CORRECTED, Kind.REPORT_APPLIED,
    Kind.ISSUE_RAISED, Kind.ISSUE_TAKEN, Kind.ISSUE_HANDED_ON, Kind.ISSUE_ANSWERED, Kind.ISSUE_RESOLVED,
    Kind.ISSUE_CLOSED, Kind.ISSUE_REOPENED, Kind.ISSUE_LAPSED, Kind.ISSUE_CLIMBED,
)  # fmt: skip
"""Events of the trail after which what was found stands; of reports what they touch is looked at again."""


class Stand(NamedTuple):
    """Where an open row stands, and what it tells."""

    root: str
    facts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class KnownScan(Known):
    due_at: datetime
    """Which scan it is."""
    end: End
    """The trail's: whatever changes a plan, its requests or what people said of them is written there."""
    at: datetime
    found: Found
    rows: Sequence[Key]
    """Those of which it makes something else than they are, by their cards, the worst first."""
    stands: Mapping[Key, Stand]
    over: Collection[str]
    """Items of these rows that are over, cancelled or gone."""

    def serves(self, due_at: datetime, now: datetime) -> bool:
        """Check whether it is of that scan, and of a moment ago."""
        return self.due_at == due_at and self.at <= now < self.at + FRESH


class KeptScan(Kept[KnownScan]):
    """What was found before the plan was locked is not looked for again, unless something has happened meanwhile."""
