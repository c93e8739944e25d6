"""What the orders of a plan were given of one product, each in its turn: kept as columns, and read as lines.

A large plan has hundreds of thousands of lines, of which somebody looks at a few.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from planning.plan.item import Item
from planning.readiness.line import Allocated, Colour, Line, Source
from planning.readiness.mornings import Mornings
from planning.readiness.requirement import Requirement


@dataclass(slots=True)
class Demand:
    """An order among the others that need a product."""

    code: str
    item: Item
    """As it was planned."""
    start: date
    mornings: Mornings
    """Of its calendar."""
    waits: bool
    """It has not begun."""
    turn: str
    """Its place among others, the earliest planned start first."""


class Allotment:
    """Of one product; `is_counted`: somebody counts its stock."""

    __slots__ = ("colours", "ends", "etas", "given", "is_counted", "orders", "required", "starts", "there",
                 "units_differ")  # fmt: skip

    def __init__(self, *, is_counted: bool, units_differ: bool) -> None:
        self.is_counted, self.units_differ = is_counted, units_differ
        self.orders: list[str] = []
        self.starts: list[date] = []
        self.required: list[Requirement] = []
        self.there: list[Decimal] = []
        self.colours: dict[str, Colour] = {}
        """By order."""
        self.etas: list[date | None] = []
        self.given: list[Source | Decimal | str | date | None] = []
        """Source, amount, supply and day of all that was given, one after the other."""
        self.ends: list[int] = []
        """How far that goes for each order."""

    def line(self, order: str) -> Line:
        return self._line(self.orders.index(order))

    def lines(self) -> Iterator[Line]:
        """In turn."""
        return map(self._line, range(len(self.orders)))

    def _line(self, turn: int) -> Line:
        order, given = self.orders[turn], self.given[self.ends[turn - 1] if turn else 0 : self.ends[turn]]
        allocated = tuple(map(Allocated, given[::4], given[1::4], given[2::4], given[3::4]))  # type: ignore[arg-type]
        return Line(
            order, self.starts[turn], self.required[turn], self.there[turn], self.colours[order], self.etas[turn],
            allocated, self.is_counted, self.units_differ,
        )  # fmt: skip
