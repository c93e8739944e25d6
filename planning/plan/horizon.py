"""How far a plan's dates can be relied on: up to where the list of holidays they were counted with reaches."""

from datetime import date

from planning.plan.plan import Plan
from planning.plan.timetable import Timetable


class Horizon:
    """Of one plan. Later dates are counted on plain weeks until a newer list arrives: they are provisional."""

    def __init__(self, plan: Plan) -> None:
        self._items = plan.items
        self._timetable = Timetable(plan)

    def is_provisional(self, code: str, department: str, day: date) -> bool:
        """Of the item of this code; one that is not in the plan (yet) counts as its department does."""
        item = self._items.get(code)
        calendar = self._timetable.of(item) if item else self._timetable.for_columns("", department)
        return calendar.is_provisional(day)
