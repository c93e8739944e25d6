"""The calendar of an item: its own, else its department's, else the plan's; and the end of its known holidays."""

from datetime import date

from planning.plan.calendar import BUILT_IN, WorkCalendar, calendar_named
from planning.plan.item import Item
from planning.plan.plan import Plan
from planning.refusal import Refused


class Timetable:
    """The calendars of one plan, looked up once each."""

    def __init__(self, plan: Plan) -> None:
        self._own = plan.calendars
        self._departments = {name: self.named(calendar) for name, calendar in plan.department_calendars.items()}
        self.default = self.named(plan.calendar)

    def named(self, name: str) -> WorkCalendar:
        """The plan's own calendar of this name or a built-in one; Refused("unknown-calendar") otherwise."""
        if name not in self._own and name not in BUILT_IN:
            raise Refused("unknown-calendar", calendar=name, known=", ".join((*BUILT_IN, *self._own)))
        return self._own.get(name) or calendar_named(name)

    def of(self, item: Item) -> WorkCalendar:
        return self.for_columns(item.calendar, item.department)

    def for_columns(self, own: str, department: str) -> WorkCalendar:
        """The calendar of an item with this own calendar's name (empty: none) and this department."""
        return self.named(own) if own else self._departments.get(department, self.default)


class Horizon:
    """The horizon of a plan, where its list of holidays ends. Later dates are counted on plain weeks and the
    statutory days off until a newer list arrives: they are provisional."""

    def __init__(self, plan: Plan) -> None:
        self._items = plan.items
        self._timetable = Timetable(plan)

    def is_provisional(self, code: str, department: str, day: date) -> bool:
        """True for a day beyond the horizon of this item; one not in the plan (yet) counts as its department does."""
        item = self._items.get(code)
        calendar = self._timetable.of(item) if item else self._timetable.for_columns("", department)
        return calendar.is_provisional(day)
