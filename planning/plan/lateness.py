"""Lateness of items: against what was promised, and against today."""

from dataclasses import dataclass
from datetime import date

from planning.plan.calendar import ONE_DAY, WorkCalendar
from planning.plan.item import Constraint, Item, Status
from planning.plan.plan import Plan
from planning.plan.timetable import Timetable


@dataclass(frozen=True, slots=True)
class Lateness:
    """Working days of its own calendar: past its promise, and past today while it is not finished."""

    item: Item
    past_promise: int
    overdue: int
    expected: date | None = None
    """The finish that is forecast, where that breaks what was `promised`; None: by the plan alone."""
    promised: date | None = None

    @property
    def days(self) -> int:
        return max(self.past_promise, self.overdue)


def lateness(item: Item, calendar: WorkCalendar, today: date) -> Lateness:
    """Lateness of an item that is not over; 0 days: it is in time."""
    promised = item.constraint_date if item.constraint is Constraint.FINISH_NO_LATER_THAN else None
    past = calendar.between(promised + ONE_DAY, item.finish + ONE_DAY) if promised else 0
    overdue = calendar.between(item.finish, today) if item.finish < today else 0
    return Lateness(item, max(past, 0), overdue)


def late_items(plan: Plan, today: date) -> list[Lateness]:
    """Items that are late or will be, the worst first."""
    calendar_of = Timetable(plan).of
    may_be = (item for item in plan.items.values() if not item.status.is_over and _may_be_late(item, today))
    found = (lateness(item, calendar_of(item), today) for item in may_be)
    return sorted((one for one in found if one.days > 0), key=lambda one: (-one.days, one.item.code))


def _may_be_late(item: Item, today: date) -> bool:
    """Told by the days alone: of most items no calendar has to be asked."""
    promised = item.constraint_date if item.constraint is Constraint.FINISH_NO_LATER_THAN else None
    return item.finish < today or (promised is not None and item.finish > promised)


def not_begun(plan: Plan, today: date) -> list[Item]:
    """Items that should have begun and have not, the longest first; what is on hold waits for somebody's word."""
    idle = (item for item in plan.items.values() if not (item.status.has_started or item.status.is_over))
    begun = (item for item in idle if item.start < today and item.status is not Status.ON_HOLD)
    return sorted(begun, key=lambda item: (item.start, item.code))
