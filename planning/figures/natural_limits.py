"""Natural limits: within them a figure moves by chance, and its moving is no news."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from fractions import Fraction
from itertools import pairwise

WEEKS = 8
"""So many weeks of a department's own make its limits."""
REACH = Fraction(266, 100)
"""Mean moving ranges that the limits lie from the mean: of a chart of single values."""


class News(IntEnum):
    """The arrow beside a figure."""

    LOWER = -1
    NONE = 0
    HIGHER = 1


@dataclass(frozen=True, slots=True)
class Limits:
    mean: Fraction
    low: Fraction
    high: Fraction

    def news(self, value: Fraction) -> News:
        if value < self.low:
            return News.LOWER
        return News.HIGHER if value > self.high else News.NONE


def limits(weeks: Sequence[Fraction]) -> Limits | None:
    """The limits of the last eight weeks, oldest first; None of fewer weeks: nothing is known of their chance yet."""
    if len(weeks) < WEEKS:
        return None
    last = weeks[-WEEKS:]
    mean = sum(last, Fraction(0)) / WEEKS
    reach = REACH * sum((abs(b - a) for a, b in pairwise(last)), Fraction(0)) / (WEEKS - 1)
    return Limits(mean, mean - reach, mean + reach)
