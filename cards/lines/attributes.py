"""Attributes of an item: columns of the import the product has no rule for."""

from collections.abc import Mapping

from cards.words import Words
from planning.people.masks import HIDDEN

SHOWN, LONGEST = 12, 80


def attribute_lines(words: Words, attributes: Mapping[str, str]) -> list[str]:
    """客户：星河；成本：＊＊＊（无权查看）. The first twelve, each cut to a line; values come masked."""
    lines = [_line(words, name, value) for name, value in list(attributes.items())[:SHOWN] if value]
    hidden = len(attributes) - SHOWN
    return [*lines, words("card.more", n=hidden)] if hidden > 0 else lines


def _line(words: Words, name: str, value: str) -> str:
    if value == HIDDEN:
        return words("authority.attribute-hidden", name=name, value=HIDDEN)
    return words("authority.attribute", name=name, value=value if len(value) <= LONGEST else f"{value[:LONGEST]}…")
