"""Median and nearest rank of sorted values."""

from collections.abc import Sequence
from fractions import Fraction


def median(values: Sequence[Fraction]) -> Fraction:
    """The middle one; of an even number the mean of the middle two. `values` sorted, at least one."""
    middle, odd = divmod(len(values), 2)
    return values[middle] if odd else (values[middle - 1] + values[middle]) / 2


def nearest_rank(values: Sequence[Fraction], percent: int) -> Fraction:
    """The smallest that so many percent do not exceed: 90 of ten is the ninth. `values` sorted, at least one."""
    rank = -(-percent * len(values) // 100)
    return values[max(rank, 1) - 1]
