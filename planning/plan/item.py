"""A plan item: one piece of work, order or payment with its dates, owner and quantity."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Mode(StrEnum):
    """The way an item finds its place: as soon as its predecessors allow, as late as its successors allow, or fixed."""

    ASAP = "asap"
    ALAP = "alap"
    PINNED = "pinned"


class Constraint(StrEnum):
    START_NO_EARLIER_THAN = "start_no_earlier_than"
    FINISH_NO_LATER_THAN = "finish_no_later_than"


class Status(StrEnum):
    """The ladder of an item's work. Frozen is derived from fences, never stored here."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    RELEASED = "released"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    CLOSED = "closed"
    ON_HOLD = "on_hold"
    CANCELLED = "cancelled"

    @property
    def has_started(self) -> bool:
        """True for an item whose start lies in the past and never moves again (docs/rules.md, I6)."""
        return self in (Status.IN_PROGRESS, Status.DONE, Status.CLOSED)

    @property
    def is_over(self) -> bool:
        """True for an item of which nothing moves any more."""
        return self in (Status.DONE, Status.CLOSED, Status.CANCELLED)


@dataclass(frozen=True, slots=True)
class Item:
    """A plan item: `start` and `finish` are inclusive working dates, `duration` is in working days, 0 for a milestone.

    A milestone is the moment before the working day it shows as both start and finish.
    """

    code: str
    title: str
    start: date
    finish: date
    duration: int = 1
    type: str = "task"
    department: str = ""
    """A department id; empty: nobody's, the coordinator answers for it."""
    also_informs: tuple[str, ...] = ()
    """Departments that are told, not asked."""
    owner: str = ""
    quantity: Decimal | None = None
    unit: str = ""
    mode: Mode = Mode.ASAP
    constraint: Constraint | None = None
    constraint_date: date | None = None
    status: Status = Status.CONFIRMED
    product: str = ""
    lot_minimum: Decimal | None = None
    lot_multiple: Decimal | None = None
    calendar: str = ""
    """Name of its own calendar; empty: its department's, else the plan's."""
    attributes: Mapping[str, str] = field(default_factory=dict)
    """Columns the product does not know, kept as they came."""

    @property
    def is_milestone(self) -> bool:
        return self.duration == 0
