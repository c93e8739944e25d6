"""What lies on the shelf now: the newest count of each product, and what came, was made and was used since."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction

from planning.facts.report import NONE, Report, good_of, scrap_of
from planning.plan.plan import Stock
from planning.readiness.goods import bring, take
from planning.readiness.requirement import taken_by
from planning.schedule.network import Network

FINEST = Decimal("1E-9")
"""Where what was used has no end in decimals: rounded down, so that nobody counts on more than there is."""
WordsOf = Callable[[str], Sequence[Report]]
"""What counts of the reports of an item."""


@dataclass(frozen=True, slots=True)
class Count:
    """Somebody's count of a product's stock."""

    product: str
    on_hand: Decimal
    as_of: datetime
    safety: Decimal = NONE
    source: str = ""
    """`import:<file>` or `api:<token>`."""


def newest(counts: Iterable[Count]) -> Mapping[str, Count]:
    """The newest count of each product; of two at one instant the later row."""
    found: dict[str, Count] = {}
    for count in counts:
        known = found.get(count.product)
        if known is None or known.as_of <= count.as_of:
            found[count.product] = count
    return found


@dataclass(frozen=True, slots=True)
class Shelves:
    """Where counts become what is there now. `backflushed`: a production report lowers these products; others only a
    count does."""

    network: Network
    words_of: WordsOf
    zone: tzinfo
    backflushed: frozenset[str] = frozenset()

    def now(self, count: Count) -> Stock:
        """What lies there, and how much of each supply of it has come."""
        came, received = Fraction(count.on_hand), dict[str, Decimal]()
        for item in bring(self.network, count.product):
            words = self.words_of(item.code)
            theirs = [word for receipt in self.network.receipts.get(item.code, ()) for word in self.words_of(receipt)]
            if words or theirs:
                received[item.code] = max(good_of(words), good_of(theirs))
                came += Fraction(self._since(count, words, theirs))
        if count.product in self.backflushed:
            came -= self._used(count)
        exact = Decimal(came.numerator) / Decimal(came.denominator)
        on_hand = exact if Fraction(exact) == came else exact.quantize(FINEST, ROUND_FLOOR)
        return Stock(count.product, on_hand, count.safety, count.as_of, received)

    def expected(self, before: Count, count: Count) -> Decimal:
        """What a newer count should have found: 盘差 is what it found, less this."""
        since = self.now(count).on_hand - count.on_hand
        return self.now(before).on_hand - since

    def _since(self, count: Count, words: Sequence[Report], on_receipts: Sequence[Report]) -> Decimal:
        """Goods said on the purchase and on its receipts once: the larger sum, less what of it lay in the count."""
        both = words, on_receipts
        counted = [good_of(word for word in said if not self._is_after(count, word)) for said in both]
        return max(map(good_of, both)) - max(counted)

    def _used(self, count: Count) -> Fraction:
        used = Fraction(0)
        for item, link in take(self.network, count.product):
            made = [word for word in self.words_of(item.code) if self._is_after(count, word)]
            if made:
                used += Fraction(good_of(made) + scrap_of(made)) * taken_by(link)
        return used

    def _is_after(self, count: Count, word: Report) -> bool:
        """Check whether it was not in the count: its day lies after the count's, or it is that day and was said
        later."""
        counted = count.as_of.astimezone(self.zone)
        return word.day is not None and (word.day, word.at) > (counted.date(), counted)
