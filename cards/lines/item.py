"""Dates of an item, with a sign beyond the published holidays, and attributes, which the product has no rule for."""

from collections.abc import Iterable, Mapping
from datetime import date

from cards.words import Words
from cards.words.dates import day
from planning.people.masks import HIDDEN
from planning.plan.calendar import WorkCalendar
from planning.plan.item import Item

SIGN = "＊"
"""Full-width, because Markdown takes a plain one for its own."""
SHOWN, LONGEST = 12, 80


def item_dates(item: Item, today: date, calendar: WorkCalendar) -> str:
    """12-03~12-06, or one date for a day's work or a milestone; 2027-01-13＊ where its calendar is not known yet."""
    ends = (marked(day(end, today), calendar.is_provisional(end)) for end in (item.start, item.finish))
    return "~".join(dict.fromkeys(ends))


def marked(told: str, provisional: bool) -> str:
    return f"{told}{SIGN}" if provisional else told


def footnote(words: Words, texts: Iterable[str]) -> str:
    """Footnote to the sign, if one of these texts has it; else empty."""
    return words("card.provisional-note") if any(SIGN in text for text in texts) else ""


def attribute_lines(words: Words, attributes: Mapping[str, str]) -> list[str]:
    """客户：星河；成本：＊＊＊（无权查看）. The first twelve, each cut to a line; values come masked."""
    lines = [_line(words, name, value) for name, value in list(attributes.items())[:SHOWN] if value]
    hidden = len(attributes) - SHOWN
    return [*lines, words("card.more", n=hidden)] if hidden > 0 else lines


def _line(words: Words, name: str, value: str) -> str:
    if value == HIDDEN:
        return words("authority.attribute-hidden", name=name, value=HIDDEN)
    return words("authority.attribute", name=name, value=value if len(value) <= LONGEST else f"{value[:LONGEST]}…")
