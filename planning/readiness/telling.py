"""What is news of an order's readiness: told when it changes, and not again."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from planning.readiness.line import Colour, Line, Order, Prerequisite, Source

GROWN = Decimal("1.05")
"""A shortage that has grown by so much is news."""
Between = Callable[[date, date], int]
"""Working days of the order's calendar from one day to another."""
IsSaid = Callable[[str], bool]


class Missing(NamedTuple):
    short: Decimal
    eta: date | None
    is_said: bool = True
    """False: nobody has said when it comes, and its day is always the next one."""


@dataclass(frozen=True, slots=True)
class Told:
    """An order that was told of as red: what of it was missing, and since when."""

    order: str
    lines: Mapping[str, Missing]
    since: date


def fingerprint(order: Order, since: date, is_said: IsSaid = lambda _: True) -> Told:
    """`is_said`: whether the day of a supply, or of what is to be done before, is more than the next one."""
    red = {one.name: _missing(one, is_said) for one in order.red}
    return Told(order.item.code, red, since)


def _missing(one: Line | Prerequisite, is_said: IsSaid) -> Missing:
    if isinstance(one, Prerequisite):
        return Missing(Decimal(0), one.eta, is_said(one.name))
    last = [part.supply for part in one.allocated if part.source is Source.LATER and part.day == one.eta]
    return Missing(one.short, one.eta, all(map(is_said, last)))


def is_news(before: Told | None, order: Order, between: Between, is_said: IsSaid = lambda _: True) -> bool:
    """Check whether a red order has to be told of: it has become red, lacks more, or its day has moved."""
    if order.colour is not Colour.RED:
        return False
    if before is None:
        return True
    now = fingerprint(order, before.since, is_said).lines
    return any(name not in before.lines or _differs(before.lines[name], one, between) for name, one in now.items())


def _differs(before: Missing, now: Missing, between: Between) -> bool:
    if now.short > before.short and now.short >= before.short * GROWN:
        return True
    if before.eta is None or now.eta is None:
        return before.eta != now.eta
    if not (before.is_said or now.is_said):
        return False  # it goes on with today
    return between(before.eta, now.eta) != 0
