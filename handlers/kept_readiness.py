"""The readiness of each plan as it was worked out last."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from handlers.kept import Kept, Known, Seen
from planning.facts.planned import Planned
from planning.facts.progress import Progress
from planning.plan.plan import Plan
from planning.readiness.readiness import Readiness


@dataclass(frozen=True, slots=True)
class KnownReadiness(Known):
    today: date
    readiness: Readiness
    progress: Mapping[str, Progress]
    """Of the items that were reported on, as far as they were asked for."""
    planned: Mapping[str, Planned]
    read: frozenset[str]
    """The items whose reports were read."""
    asked: frozenset[str]
    """The orders for which everything was read that they hang on."""

    def serves(self, plan: Plan, today: date, seen: Seen) -> bool:
        """Check whether what is asked is the same day of the same items and links, and no older."""
        has_same_links = self.plan.links is plan.links and len(self.plan.items) == len(plan.items)
        has_same_calendars = self.plan.calendars == plan.calendars and self.plan.calendar == plan.calendar
        is_same_day = self.today == today
        return is_same_day and has_same_links and has_same_calendars and not self.is_newer_than(seen, plan)

    def replaces(self, before: "KnownReadiness") -> bool:
        """Check whether it is no older, and knows no less of the same: with another day's or other calendars' nobody
        can begin any more."""
        if before.today > self.today or before.is_newer_than(self.seen, self.plan):
            return False
        is_of_same = self.seen == before.seen and before.serves(self.plan, self.today, self.seen)
        is_of_same = is_of_same and self.plan.revision == before.plan.revision
        return not is_of_same or len(self.asked) >= len(before.asked)


class KeptReadiness(Kept[KnownReadiness]):
    """The next question costs what has changed since."""
