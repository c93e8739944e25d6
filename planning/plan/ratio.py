"""A ratio of two quantities: an exact number, or a fraction such as 1/3 where no decimals would end."""

import re
from decimal import Decimal
from fractions import Fraction

Ratio = Decimal | Fraction
WRITTEN = re.compile(r"(\d{1,18}(?:\.\d{1,9})?)\s*/\s*(\d{1,18}(?:\.\d{1,9})?)")
"""Numbers of which either is a sane one; what they make may still be none."""


def fraction_of(text: str) -> Ratio | None:
    """The ratio written as `1/3`; None for other text, and for nothing or by nothing."""
    match = WRITTEN.fullmatch(text)
    if match is None:
        return None
    over, under = (Fraction(part) for part in match.groups())
    return plain(over / under) if over and under else None


def plain(fraction: Fraction) -> Ratio:
    """The same number as a decimal, where it has one: there is one way to keep a ratio."""
    places = decimals(fraction)
    if places is None or places > 9:
        return fraction
    return Decimal(int(fraction * 10**places)).scaleb(-places)


def decimals(number: Fraction) -> int | None:
    """The decimals it takes to write a number; None when they never end."""
    rest, places = number.denominator, {2: 0, 5: 0}
    for factor in places:
        while rest % factor == 0:
            rest //= factor
            places[factor] += 1
    return max(places.values()) if rest == 1 else None


def written(ratio: Ratio | None) -> str:
    """As `fraction_of` and a number read it; empty for none."""
    if isinstance(ratio, Decimal):
        return format(ratio.normalize(), "f")
    return str(ratio) if ratio else ""
