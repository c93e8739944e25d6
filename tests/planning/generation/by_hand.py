"""An explosion by the rules as they are written, with fractions, day by day: it shares nothing with the product."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import ceil

DAY = timedelta(1)


@dataclass(frozen=True)
class Step:
    days: int
    product: str
    per_order: Fraction | None
    lot: int | None


@dataclass(frozen=True)
class Way:
    """`per_piece` of `before` go into one piece of `after`; the rest of the lag is `lag` days."""

    before: str
    after: str
    lag: int
    is_calendar: bool
    per_piece: Fraction | None
    lost: Fraction


@dataclass
class Goods:
    """Pieces that are free, from a day on; None: in stock."""

    on: date | None
    left: int


@dataclass(frozen=True)
class Found:
    start: date
    finish: date
    quantity: int | None


class ByHand:
    def __init__(
        self, steps: Mapping[str, Step], ways: list[Way], quantity: int, promised: date,
        goods: dict[str, list[Goods]], closed: frozenset[date], delivery: str,
    ) -> None:  # fmt: skip
        self.steps, self.ways, self.ordered = steps, ways, quantity
        self.closed, self.delivery, self.goods = closed, delivery, goods
        self.found: dict[str, Found | None] = {}
        self._backward(promised)
        self._forward()

    def works(self, day: date) -> bool:
        return day.weekday() < 5 and day not in self.closed

    def before(self, day: date, days: int) -> date:
        """The last of `days` working days strictly before a day, counting back."""
        while days:
            day -= DAY
            days -= self.works(day)
        return day

    def _span(self, last: date, days: int) -> tuple[date, date]:
        """First and last day of work that is done in the evening of `last` at the latest; of none, the morning
        after."""
        if days == 0:
            morning = last + DAY
            while not self.works(morning):
                morning += DAY
            return morning, morning
        while not self.works(last):
            last -= DAY
        first = last if days == 1 else self.before(last, days - 1)
        return first, last

    def _backward(self, promised: date) -> None:
        step = self.steps[self.delivery]
        while not self.works(promised):
            promised -= DAY
        first = promised if step.days <= 1 else self.before(promised, step.days - 1)
        self.found[self.delivery] = Found(first, promised, self._of_order(step))
        while ready := [
            key for key in self.steps
            if key not in self.found and self._leads(key) and all(w.after in self.found for w in self._from(key))
        ]:  # fmt: skip
            self._settle(ready[0])

    def _leads(self, key: str) -> bool:
        return key == self.delivery or any(self._leads(way.after) for way in self._from(key))

    def _from(self, key: str) -> list[Way]:
        return [way for way in self.ways if way.before == key and self._leads(way.after)]

    def _settle(self, key: str) -> None:
        step = self.steps[key]
        ways = [(way, there) for way in self._from(key) if (there := self.found[way.after])]
        if not ways:
            self.found[key] = None
            return
        evenings = []
        for way, there in ways:
            assert not way.is_calendar, "backwards only working days are counted here"
            evenings.append(self.before(there.start, way.lag + 1))
        first, last = self._span(min(evenings), step.days)
        needs = [
            ceil(there.quantity * way.per_piece / (1 - way.lost))
            for way, there in ways
            if way.per_piece is not None and there.quantity is not None
        ]
        gross = sum(needs) if needs else self._of_order(step)
        quantity = None if gross is None else self._to_have(step, gross, last)
        self.found[key] = None if quantity == 0 else Found(first, last, quantity)

    def _to_have(self, step: Step, gross: int, last: date) -> int:
        left = gross
        for there in self.goods.get(step.product, []):
            if there.on is None or there.on <= last:
                taken = min(left, there.left)
                there.left -= taken
                left -= taken
        while step.lot and left % step.lot:
            left += 1
        return left

    def _of_order(self, step: Step) -> int | None:
        return None if step.per_order is None else ceil(self.ordered * step.per_order)

    def _forward(self) -> None:
        while ready := [
            key for key in self.steps
            if key not in self.found and all(w.before in self.found for w in self.ways if w.after == key)
        ]:  # fmt: skip
            key, step = ready[0], self.steps[ready[0]]
            mornings = []
            for way in self.ways:
                there = self.found[way.before] if way.after == key else None
                if there:
                    # A milestone is over in the morning of the day it stands on, work in the evening of its last.
                    over = there.finish + DAY * (self.steps[way.before].days > 0)
                    morning = over + DAY * (way.lag if way.is_calendar else 0)
                    to_pass = 0 if way.is_calendar else way.lag
                    while not self.works(morning) or to_pass:
                        to_pass -= self.works(morning)
                        morning += DAY
                    mornings.append(morning)
            if not mornings:
                self.found[key] = None
                continue
            last, to_do = max(mornings), step.days - 1
            while to_do > 0:
                last += DAY
                to_do -= self.works(last)
            self.found[key] = Found(max(mornings), last, self._of_order(step))
