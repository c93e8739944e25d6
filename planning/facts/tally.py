"""What the reports of an item come to, added up one by one: the next report costs itself, however many there are."""

from bisect import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from planning.facts.report import BEGINS, NONE, Report, ReportKind, effective, in_order, place


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

    def _with_words(self, words: Sequence[Report]) -> "Tally":
        return Tally(tuple(words), self.good, self.scrap, self.begins, self.first_day, self.ended, self.measured,
                     self.arrived, self.first_arrival)  # fmt: skip

    def _counting(self, word: Report, words: tuple[Report, ...]) -> "Tally":
        begins, arrives = word.kind in BEGINS, word.kind is ReportKind.ARRIVAL and word.day is not None
        ends = word.kind is ReportKind.FINISH and word.day is not None
        measures = word.kind is ReportKind.PERCENT or word.good is not None
        return Tally(
            words, self.good + (word.good or NONE), self.scrap + (word.scrap or NONE), self.begins or begins,
            _earlier(self.first_day, word.day) if begins else self.first_day,
            _later(self.ended, word) if ends else self.ended,
            _later(self.measured, word) if measures else self.measured,
            self.arrived + (word.good or NONE) if arrives else self.arrived,
            _earlier(self.first_arrival, word.day) if arrives else self.first_arrival,
        )  # fmt: skip


NOTHING = Tally()


class Ledger:
    """The reports of one item in the order they came, and what they come to; what is added is looked at alone, unless
    it corrects something."""

    def __init__(self, rows: Iterable[Report] = ()) -> None:
        self.rows = list(rows)
        self._corrected = {one.corrects for one in self.rows if one.corrects}
        self._tally: Tally | None = None

    @property
    def tally(self) -> Tally:
        if self._tally is None:
            self._tally = Tally.of(effective(self.rows))
        return self._tally

    @property
    def words(self) -> Sequence[Report]:
        """What counts, in its order; see `effective`."""
        return self.tally.words

    def add(self, report: Report) -> None:
        self.rows.append(report)
        if report.corrects:
            self._corrected.add(report.corrects)
        if report.corrects or report.no in self._corrected:
            self._tally = None
        elif self._tally is not None:
            self._tally = self._tally.plus(report)


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
