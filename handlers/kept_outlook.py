"""The forecast of each plan as it was worked out last, of all its items."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from handlers.kept import Kept, Known, Seen
from planning.facts.forecast import Outlook
from planning.facts.planned import Planned
from planning.facts.progress import Progress
from planning.plan.plan import Plan


@dataclass(frozen=True, slots=True)
class KnownOutlook(Known):
    today: date
    outlook: Outlook
    progress: Mapping[str, Progress]
    """Of the items that were reported on."""
    planned: Mapping[str, Planned]

    def serves(self, plan: Plan, seen: Seen) -> bool:
        """Check whether it is of the same items, links and calendars, and no older: what has come since can be brought
        into it."""
        has_same_links = self.plan.links is plan.links and len(self.plan.items) == len(plan.items)
        has_same_calendars = self.plan.calendars == plan.calendars and self.plan.calendar == plan.calendar
        return has_same_links and has_same_calendars and not self.is_newer_than(seen, plan)


class KeptOutlook(Kept[KnownOutlook]):
    """What was worked out before the plan was locked is not worked out again."""
