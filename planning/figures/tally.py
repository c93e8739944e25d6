"""A tally: what a figure counted in a span of days, as two numbers that add up."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from fractions import Fraction
from typing import Self

VERSION = 1
"""Of the definitions in this room: one that counts otherwise is a new version, and old days keep theirs."""
NONE = Fraction(0)


@dataclass(frozen=True, slots=True)
class Tally:
    """`numerator` of `denominator`, counted from `n`; `values`: each one, sorted, where a median is asked."""

    numerator: Fraction = NONE
    denominator: Fraction = NONE
    n: int = 0
    values: tuple[Fraction, ...] = ()

    @classmethod
    def share(cls, kept: int, of: int) -> Self:
        """So many of so many, which are what is counted."""
        return cls(Fraction(kept), Fraction(of), of)

    @classmethod
    def measured(cls, values: Iterable[Fraction]) -> Self:
        """Lengths: their sum and their number, and each of them."""
        found = tuple(sorted(values))
        return cls(sum(found, NONE), Fraction(len(found)), len(found), found)

    @property
    def ratio(self) -> Fraction | None:
        """None where there was nothing to count."""
        return self.numerator / self.denominator if self.denominator else None

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.numerator + other.numerator,
            self.denominator + other.denominator,
            self.n + other.n,
            tuple(sorted((*self.values, *other.values))),
        )


def total(days: Iterable[Tally]) -> Tally:
    """The tally of a period from those of its days: never an average of averages."""
    return sum(days, Tally())


@dataclass(frozen=True, slots=True)
class Span:
    """Local days from `first` to `last`, both counted. What is counted belongs to the day on which it ended."""

    first: date
    last: date
    zone: tzinfo

    def has(self, moment: datetime | None) -> bool:
        return moment is not None and self.has_day(self.day_of(moment))

    def has_day(self, day: date) -> bool:
        return self.first <= day <= self.last

    def day_of(self, moment: datetime) -> date:
        return moment.astimezone(self.zone).date()
