"""The sign of a date beyond the published holidays, and the footnote that explains it."""

from collections.abc import Iterable
from datetime import date

from cards.words import Words
from cards.words.dates import day
from planning.plan.calendar import WorkCalendar
from planning.plan.item import Item

SIGN = "＊"
"""Full-width, because Markdown takes a plain one for its own."""


def item_dates(item: Item, today: date, calendar: WorkCalendar) -> str:
    """12-03~12-06, or one date for a day's work or a milestone; 2027-01-13＊ where its calendar is not known yet."""
    ends = (marked(day(end, today), calendar.is_provisional(end)) for end in (item.start, item.finish))
    return "~".join(dict.fromkeys(ends))


def marked(told: str, provisional: bool) -> str:
    return f"{told}{SIGN}" if provisional else told


def footnote(words: Words, texts: Iterable[str]) -> str:
    """Footnote to the sign, if one of these texts has it; else empty."""
    return words("card.provisional-note") if any(SIGN in text for text in texts) else ""
