"""The week's plan kept (K12) and how far forecasts were off (K13)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from planning.figures.tally import Span, Tally
from planning.plan.calendar import WorkCalendar

AHEAD = 5
"""Working days before the finish at which a forecast is held against it."""


def attained(planned: Mapping[str, date], finished: Mapping[str, date], span: Span) -> Tally:
    """K12: of the items due in these days by the weekly baseline, those finished by then. Both: code to finish."""
    due = {code: day for code, day in planned.items() if span.has_day(day)}
    return Tally.share(sum(code in finished and finished[code] <= day for code, day in due.items()), len(due))


@dataclass(frozen=True, slots=True)
class Foretold:
    """An item that finished, and the finish that was forecast `AHEAD` working days before."""

    item: str
    finish: date
    forecast: date


def forecast_error(items: Iterable[Foretold], calendar: WorkCalendar, span: Span) -> Tally:
    """K13: working days between forecast and finish, early or late."""
    return Tally.measured(
        Fraction(abs(calendar.between(item.forecast, item.finish))) for item in items if span.has_day(item.finish)
    )
