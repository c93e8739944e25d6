"""Shares as people read them."""

from fractions import Fraction


def share(part: Fraction, of: int = 100) -> str:
    """The part in per cent (or as it is), to one decimal where there is any: `22.5`."""
    tenths = round(part * of * 10)
    return str(tenths // 10) if tenths % 10 == 0 else f"{tenths / 10:.1f}"
