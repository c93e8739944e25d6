"""An amount as people read it, and as everything that is kept of it is written."""

from decimal import Decimal


def plain(number: Decimal) -> str:
    """`3000` and `1.5`, never `3E+3`, `1.50` or `-0`."""
    return format((number + 0).normalize(), "f")
