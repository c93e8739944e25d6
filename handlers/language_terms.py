"""Terms on which a language model is asked: which one, how often in a month, and what it costs."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class LanguageTerms:
    model: str
    monthly_calls: int
    price_in: Decimal | None = None
    """Of a million tokens that are sent; None: not told."""
    price_out: Decimal | None = None
    """The same of tokens that come back."""
