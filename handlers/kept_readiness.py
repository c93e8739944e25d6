"""The readiness of each plan as it was worked out last: the next question costs what has changed since."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from threading import Lock

from planning.facts.planned import Planned
from planning.facts.progress import Progress
from planning.plan.plan import Plan
from planning.readiness.readiness import Readiness

Seen = tuple[int, int]
"""Numbers of the last count and of the last report."""


@dataclass(frozen=True, slots=True)
class Known:
    seen: Seen
    plan: Plan
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
        is_older = self.seen[0] > seen[0] or self.seen[1] > seen[1] or self.plan.revision > plan.revision
        has_same_links = self.plan.links is plan.links and len(self.plan.items) == len(plan.items)
        has_same_calendars = self.plan.calendars == plan.calendars and self.plan.calendar == plan.calendar
        return self.today == today and has_same_links and has_same_calendars and not is_older


@dataclass
class KeptReadiness:
    """Shared by threads. Only what is committed is kept."""

    _known: dict[str, Known] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def of(self, plan_id: str) -> Known | None:
        return self._known.get(plan_id)

    def keep(self, known: Known) -> None:
        """Unless somebody has kept a newer one meanwhile, or one that knows more."""
        with self._lock:
            before = self._known.get(known.plan.id)
            if before is None or (before.today, before.seen, len(before.asked)) <= (
                known.today, known.seen, len(known.asked)
            ):  # fmt: skip
                self._known[known.plan.id] = known
