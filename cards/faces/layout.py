"""Rows as parts of a card."""

from collections.abc import Sequence

from cards.card import Fact
from cards.faces.view import ChangeView
from cards.rows import Row

SHOWN = 5
"""Business lines on a card; the rest is counted (domain part 7, card rules)."""


def shown_rows(view: ChangeView, rows: Sequence[Row]) -> tuple[list[Row], str]:
    """The first rows, and how many more there are in words (empty: none)."""
    hidden = len(rows) - SHOWN
    return list(rows[:SHOWN]), view.words("card.more", n=hidden) if hidden > 0 else ""


def facts_of(view: ChangeView, rows: Sequence[Row]) -> tuple[Fact, ...]:
    """Facts of the same rows, a few characters each."""
    first, more = shown_rows(view, rows)
    facts = [Fact(row.label, f"{row.item} {row.short}") for row in first]
    return (*facts, Fact("…", more)) if more else tuple(facts)
