"""What is news of an order's readiness: told when it changes, and not again."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from planning.readiness.line import Colour, Line, Order

GROWN = Decimal("1.05")
"""A shortage that has grown by so much is news."""
Between = Callable[[date, date], int]
"""Working days of the order's calendar from one day to another."""


class Missing(NamedTuple):
    short: Decimal
    eta: date | None


@dataclass(frozen=True, slots=True)
class Told:
    """An order that was told of as red: what of it was missing, and since when."""

    order: str
    lines: Mapping[str, Missing]
    since: date


def fingerprint(order: Order, since: date) -> Told:
    red = {one.name: Missing(one.short if isinstance(one, Line) else Decimal(0), one.eta) for one in order.red}
    return Told(order.item.code, red, since)


def is_news(before: Told | None, order: Order, between: Between) -> bool:
    """Check whether a red order has to be told of: it has become red, lacks more, or its day has moved."""
    if order.colour is not Colour.RED:
        return False
    if before is None:
        return True
    now = fingerprint(order, before.since).lines
    return any(name not in before.lines or _differs(before.lines[name], one, between) for name, one in now.items())


def _differs(before: Missing, now: Missing, between: Between) -> bool:
    if now.short > before.short and now.short >= before.short * GROWN:
        return True
    if before.eta is None or now.eta is None:
        return before.eta != now.eta
    return between(before.eta, now.eta) != 0
