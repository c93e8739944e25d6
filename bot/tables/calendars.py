"""The calendar a row names: one everybody has, in the words for it, or one of the company's own, by its name."""

from collections.abc import Collection

from bot.tables.row import Row
from bot.tables.vocabulary import CALENDARS, folded


def calendar_in(row: Row, own: Collection[str]) -> str:
    """The name of the calendar in a row's cell; empty: none, or none there is, and that is noted."""
    word = row.text("calendar")
    if not word:
        return ""
    found = CALENDARS.meanings.get(folded(word)) or next((name for name in own if folded(name) == folded(word)), "")
    if not found:
        row.fail("calendar", "calendar_unknown", known="、".join((CALENDARS.listed(row.problems.locale), *own)))
    return found
