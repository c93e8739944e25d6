"""`calendars`: working days of a department, a supplier or a workshop, as exceptions from a calendar everybody has."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import BeforeValidator, model_validator
from pydantic_core import PydanticCustomError

from bot.settings.kinds import Identifier, Section
from planning.plan.calendar import WorkCalendar, calendar_named, with_exceptions
from planning.plan.limits import FIRST_DAY, LAST_DAY

LONGEST = 400
"""Days of one range: more is another week, not an exception."""
_DAYS = re.compile(r"(\d{4}-\d\d-\d\d)(?:\s*[~～]\s*(\d{4}-\d\d-\d\d))?", re.ASCII)


def _days(value: object) -> frozenset[date]:
    found = _DAYS.fullmatch(str(value).strip())
    try:
        first = date.fromisoformat(found[1]) if found else date.max
        last = date.fromisoformat(found[2]) if found and found[2] else first
    except ValueError:
        first = last = date.max
    if not FIRST_DAY <= first <= last <= LAST_DAY or (last - first).days >= LONGEST:
        raise PydanticCustomError("days", "days")
    return frozenset(first + timedelta(n) for n in range((last - first).days + 1))


DateOrRange = Annotated[frozenset[date], BeforeValidator(_days)]
"""`2026-12-24`, or `2026-12-24~2027-01-03`, both inclusive."""


class CalendarSettings(Section):
    name: Identifier
    base: Literal["china", "weekdays", "every-day"] = "china"
    closed: tuple[DateOrRange, ...] = ()
    working: tuple[DateOrRange, ...] = ()

    @model_validator(mode="after")
    def _one_or_the_other(self) -> "CalendarSettings":
        both = frozenset().union(*self.closed) & frozenset().union(*self.working)
        if both:
            raise PydanticCustomError("calendar_both", "calendar_both", {"day": str(min(both))})
        return self

    def calendar(self) -> WorkCalendar:
        exceptions = dict.fromkeys(frozenset().union(*self.closed), False)
        exceptions |= dict.fromkeys(frozenset().union(*self.working), True)
        return with_exceptions(self.name, calendar_named(self.base), exceptions)


def by_name(sections: tuple[CalendarSettings, ...]) -> Mapping[str, WorkCalendar]:
    return {section.name: section.calendar() for section in sections}
