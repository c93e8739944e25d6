"""The forecast of each plan as it was worked out last, of all its items."""

from dataclasses import dataclass
from datetime import date

from handlers.kept import Kept, Known, Seen
from planning.facts.forecast import Outlook
from planning.plan.plan import Plan


@dataclass(frozen=True, slots=True)
class KnownOutlook(Known):
    today: date
    outlook: Outlook

    def serves(self, plan: Plan, today: date, seen: Seen) -> bool:
        """Check whether nothing has come since: it is the same day of the same revision, with the same reports."""
        is_same_plan = self.plan.revision == plan.revision and self.plan.calendars == plan.calendars
        has_same_items = self.plan.items is plan.items or self.plan.items == plan.items
        return is_same_plan and has_same_items and self.today == today and self.seen.reports == seen.reports


class KeptOutlook(Kept[KnownOutlook]):
    """What was worked out before the plan was locked is not worked out again."""
