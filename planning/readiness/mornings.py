"""First working days after an evening: when goods that came can be used."""

from datetime import date

from planning.facts.relation import after
from planning.plan.calendar import WorkCalendar


class Mornings(dict[date, date]):
    """By the evening; of one calendar."""

    def __init__(self, calendar: WorkCalendar) -> None:
        super().__init__()
        self.calendar = calendar

    def __missing__(self, evening: date) -> date:
        day = self[evening] = after(self.calendar, evening)
        return day
