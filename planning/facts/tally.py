"""What the reports of an item come to, added up one by one: the next report costs itself, however many there are."""

from bisect import bisect, bisect_left
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from planning.facts.report import BEGINS, NONE, Report, ReportKind, in_order, place


@dataclass(frozen=True, slots=True)
class Tally:
    words: tuple[Report, ...] = ()
    """What counts, in its order; of several items together one after the other."""
    good: Decimal = NONE
    scrap: Decimal = NONE
    begins: bool = False
    """Some word begins it."""
    first_day: date | None = None
    """The earliest day of those words."""
    ended: Report | None = None
    """The last completion that has a day."""
    measured: Report | None = None
    """The last word that counts pieces or tells a percent."""
    arrived: Decimal = NONE
    first_arrival: date | None = None

    @classmethod
    def of(cls, words: Iterable[Report]) -> "Tally":
        """`words`: those that count, in any order."""
        tally = NOTHING
        ordered = in_order(words)
        for word in ordered:
            tally = tally._counting(word, ())
        return tally._with_words(ordered)

    def plus(self, word: Report) -> "Tally":
        """With one word more, in its place."""
        at = bisect(self.words, place(word), key=place)
        return self._counting(word, (*self.words[:at], word, *self.words[at:]))

    def minus(self, word: Report) -> "Tally":
        """Without one of its words."""
        at = bisect_left(self.words, place(word), key=place)
        words = (*self.words[:at], *self.words[at + 1 :])
        arrived = word.good or NONE if word.kind is ReportKind.ARRIVAL and word.day else NONE
        return Tally(
            words, self.good - (word.good or NONE), self.scrap - (word.scrap or NONE),
            any(one.kind in BEGINS for one in words) if word.kind in BEGINS else self.begins,
            _first_day(words, BEGINS) if word.day == self.first_day else self.first_day,
            _last(words, _ends) if word == self.ended else self.ended,
            _last(words, _measures) if word == self.measured else self.measured,
            self.arrived - arrived,
            _first_day(words, (ReportKind.ARRIVAL,)) if word.day == self.first_arrival else self.first_arrival,
        )  # fmt: skip

    def _with_words(self, words: Sequence[Report]) -> "Tally":
        return Tally(tuple(words), self.good, self.scrap, self.begins, self.first_day, self.ended, self.measured,
                     self.arrived, self.first_arrival)  # fmt: skip

    def _counting(self, word: Report, words: tuple[Report, ...]) -> "Tally":
        begins, arrives = word.kind in BEGINS, word.kind is ReportKind.ARRIVAL and word.day is not None
        return Tally(
            words, self.good + (word.good or NONE), self.scrap + (word.scrap or NONE), self.begins or begins,
            _earlier(self.first_day, word.day) if begins else self.first_day,
            _later(self.ended, word) if _ends(word) else self.ended,
            _later(self.measured, word) if _measures(word) else self.measured,
            self.arrived + (word.good or NONE) if arrives else self.arrived,
            _earlier(self.first_arrival, word.day) if arrives else self.first_arrival,
        )  # fmt: skip


NOTHING = Tally()


def together(tallies: Sequence[Tally]) -> Tally:
    """Those of several items as one."""
    if len(tallies) <= 1:
        return tallies[0] if tallies else NOTHING
    one, *others = tallies
    for other in others:
        one = Tally(
            (*one.words, *other.words), one.good + other.good, one.scrap + other.scrap, one.begins or other.begins,
            _earlier(one.first_day, other.first_day), _later(one.ended, other.ended),
            _later(one.measured, other.measured), one.arrived + other.arrived,
            _earlier(one.first_arrival, other.first_arrival),
        )  # fmt: skip
    return one


def _earlier(one: date | None, other: date | None) -> date | None:
    return min(one, other) if one and other else one or other


def _later(one: Report | None, other: Report | None) -> Report | None:
    if one and other:
        return other if place(other) >= place(one) else one
    return one or other


def _ends(word: Report) -> bool:
    return word.kind is ReportKind.FINISH and word.day is not None


def _measures(word: Report) -> bool:
    return word.kind is ReportKind.PERCENT or word.good is not None


def _first_day(words: Iterable[Report], kinds: Collection[ReportKind]) -> date | None:
    return min((one.day for one in words if one.day and one.kind in kinds), default=None)


def _last(words: Sequence[Report], which: Callable[[Report], bool]) -> Report | None:
    return next(filter(which, reversed(words)), None)
