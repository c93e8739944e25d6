"""Amounts and shares as people read them."""

from decimal import Decimal
from fractions import Fraction


def plain(number: Decimal) -> str:
    """`3000` and `1.5`, never `3E+3`."""
    return format(number.normalize() + 0, "f")


def share(part: Fraction, of: int = 100) -> str:
    """The part in per cent (or as it is), to one decimal where there is any: `22.5`."""
    tenths = round(part * of * 10)
    return str(tenths // 10) if tenths % 10 == 0 else f"{tenths / 10:.1f}"
