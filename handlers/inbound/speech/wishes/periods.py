"""Days that a sentence speaks of, as commands take them."""

from datetime import date, timedelta

from handlers.inbound.speech.heard import Heard
from handlers.language import Span
from handlers.language.speech.days import period_in


def span_of(heard: Heard) -> Span | None:
    period = period_in(heard.spoken, heard.days, heard.today)
    if period is None:
        return None
    today = heard.today
    if period == (today, today):
        return Span.TODAY
    weeks = (period[1] - today + timedelta(days=today.weekday())).days // 7
    return {0: Span.THIS_WEEK, 1: Span.NEXT_WEEK}.get(weeks)


def period_of(heard: Heard) -> tuple[date, date] | None:
    """The days said; a length alone begins today, beside one day on that day."""
    period = period_in(heard.spoken, heard.days, heard.today)
    if not heard.lengths:
        return period
    if period and period[0] != period[1]:
        return period
    first = period[0] if period else heard.today
    length = heard.lengths[0]
    last = first + timedelta(days=length.days - 1)
    return first, last
