"""Lines of an order: goods of one product, or a thing to be done before; and the order as its lines leave it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple, Protocol

from planning.facts.report import NONE
from planning.plan.item import Item
from planning.readiness.requirement import Requirement


class Colour(StrEnum):
    """Of an order or a line, the better first."""

    NONE = "none"
    """An order without any line: 无料单."""
    GREEN = "green"
    GREY = "grey"
    """Never counted, and nothing will come: nobody knows. An order with it is yellow."""
    YELLOW = "yellow"
    RED = "red"


WORSE = {colour: rank for rank, colour in enumerate(Colour)}


class Source(StrEnum):
    """Where pieces of a line come from, in the order in which they are looked for."""

    STOCK = "stock"
    CAME = "came"
    """Of what nobody counts: what its own supplies have brought already."""
    OWN = "own"
    OTHER = "other"
    SAFETY = "safety"
    LATER = "later"
    """Not by the start: what the day of the missing pieces counts on."""


class Allocated(NamedTuple):
    source: Source
    amount: Decimal
    supply: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """Goods of one product."""

    order: str
    start: date
    requirement: Requirement
    there: Decimal
    colour: Colour
    eta: date | None = None
    allocated: tuple[Allocated, ...] = ()
    is_counted: bool = True
    """Somebody counts the product's stock."""
    units_differ: bool = False

    @property
    def name(self) -> str:
        return self.requirement.product

    @property
    def need(self) -> Decimal:
        return self.requirement.amount

    @property
    def short(self) -> Decimal:
        return self.requirement.amount - self.there

    @property
    def free(self) -> Decimal:
        """What was allocated to it of free stock."""
        return sum((one.amount for one in self.allocated if one.source is Source.STOCK), NONE)


@dataclass(frozen=True, slots=True)
class Prerequisite:
    """What is to be done before: a drawing, a mould, an approval."""

    name: str
    colour: Colour
    eta: date
    """The day from which it lets the order start."""


class Lines(Protocol):
    """Of one product, by order."""

    def line(self, order: str) -> Line: ...


class Order:
    def __init__(
        self, item: Item, start: date, colour: Colour, goods: tuple[Lines, ...], prerequisites: tuple[Prerequisite, ...]
    ) -> None:
        """`start`: the planned one; one that has passed counts from today. Its lines are read when somebody looks."""
        self.item, self.start, self.colour = item, start, colour
        self.prerequisites = prerequisites
        self._goods = goods
        self.place = f"{start}{item.code}"
        """Among others, the earliest start first. Texts compare several times as fast as dates."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Order) and self._told() == other._told()

    def __hash__(self) -> int:
        return hash(self.place)

    def _told(self) -> tuple[object, ...]:
        return self.item, self.start, self.colour, self.lines, self.prerequisites

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        return tuple(goods.line(self.item.code) for goods in self._goods)

    @property
    def all(self) -> list[Line | Prerequisite]:
        return [*self.lines, *self.prerequisites]

    @property
    def red(self) -> list[Line | Prerequisite]:
        return [one for one in self.all if one.colour is Colour.RED]

    @property
    def eta(self) -> date | None:
        """The latest red line's day; None where one of them has no source."""
        days = [one.eta for one in self.red]
        return None if None in days else max((day for day in days if day), default=None)

    @property
    def can_begin(self) -> Decimal:
        """可先做: the pieces that a red order may begin with, by what is there of each line and by its lots."""
        if self.colour is not Colour.RED or any(one.colour is Colour.RED for one in self.prerequisites):
            return NONE
        parts = [Fraction(one.there) / one.requirement.per_piece for one in self.lines if one.colour is not Colour.GREY]
        lot = Fraction(self.item.lot_multiple or 1)
        pieces = min([Fraction(self.item.quantity or 0), *parts]) // lot * lot
        return NONE if pieces < (self.item.lot_minimum or 0) else _decimal(pieces)


def _decimal(pieces: Fraction) -> Decimal:
    return Decimal(pieces.numerator) / Decimal(pieces.denominator)


def worst(colours: Collection[Colour]) -> Colour:
    if Colour.RED in colours:
        return Colour.RED
    if Colour.YELLOW in colours or Colour.GREY in colours:
        return Colour.YELLOW
    return Colour.GREEN if colours else Colour.NONE
