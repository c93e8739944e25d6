"""The one catalogue of what the product says to people."""

from cards.words.catalogue import LOCALES, Words

__all__ = ["LOCALES", "Words"]
