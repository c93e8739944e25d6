"""Delivery on time and in full (K5), against what was promised first or agreed last."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from planning.figures.tally import Span, Tally


class CancelledBy(StrEnum):
    CUSTOMER = "customer"
    OTHERS = "others"


@dataclass(frozen=True, slots=True)
class Order:
    """An order or delivery: `promised` and `quantity` of the oldest promise baseline that has it, or of what the
    customer agreed to last. A re-plan of our own never moves them: measured against it nothing is ever late."""

    code: str
    promised: date
    quantity: Decimal | None = None
    done_on: date | None = None
    delivered: Decimal = Decimal(0)
    cancelled_by: CancelledBy | None = None
    cancelled_on: date | None = None


def delivered_on_time(orders: Iterable[Order], span: Span, tolerance: Decimal = Decimal(0)) -> Tally:
    """K5: of the orders promised for these days, those done by then with all of the quantity less the tolerance."""
    due = [order for order in orders if span.has_day(order.promised) and not _called_off(order)]
    return Tally.share(sum(_kept(order, tolerance) for order in due), len(due))


def _called_off(order: Order) -> bool:
    """Whether its customer cancelled it before the day; cancelled otherwise it is missed."""
    gone = order.cancelled_by is CancelledBy.CUSTOMER and order.cancelled_on is not None
    return gone and order.cancelled_on is not None and order.cancelled_on < order.promised


def _kept(order: Order, tolerance: Decimal) -> bool:
    if order.cancelled_by or order.done_on is None or order.done_on > order.promised:
        return False
    return order.quantity is None or order.delivered >= order.quantity - tolerance
