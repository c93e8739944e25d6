"""Differences between two states of one item, field by field."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from planning.plan.amount import plain
from planning.plan.calendar import WorkCalendar
from planning.plan.impact import Line
from planning.plan.item import Item


class Difference(NamedTuple):
    field: str
    before: str
    after: str
    days: int | None = None
    """Signed working days, for dates and durations."""

    def line(self, item: Item, path: tuple[str, ...], slack: tuple[int | None, int | None] = (None, None)) -> Line:
        return Line(
            item.code, item.title, item.department, self.field, self.before, self.after, self.days, path, *slack
        )


def differences(before: Item | None, after: Item, calendar: WorkCalendar) -> Iterator[Difference]:
    """The fields people see that changed, in the order they read them; of a new item those that say something."""
    if before is None:
        yield from _of_new(after)
        return
    for name, was, now in (("start", before.start, after.start), ("finish", before.finish, after.finish)):
        if was != now:
            yield Difference(name, was.isoformat(), now.isoformat(), calendar.between(was, now))
    if before.duration != after.duration:
        days = after.duration - before.duration
        yield Difference("duration", str(before.duration), str(after.duration), days)
    if before.quantity != after.quantity:
        yield Difference("quantity", amount(before.quantity), amount(after.quantity))
    if before.status is not after.status:
        yield Difference("status", before.status.value, after.status.value)
    if before.mode is not after.mode:
        yield Difference("mode", before.mode.value, after.mode.value)
    if before.department != after.department:
        yield Difference("department", before.department, after.department)


def _of_new(item: Item) -> Iterator[Difference]:
    yield Difference("start", "", item.start.isoformat())
    yield Difference("finish", "", item.finish.isoformat())
    if item.quantity is not None:
        yield Difference("quantity", "", amount(item.quantity))
    yield Difference("status", "", item.status.value)


def of_gone(item: Item) -> Iterator[Difference]:
    """The differences of an item the plan no longer has."""
    for new in _of_new(item):
        yield Difference(new.field, new.after, "")


def value_of(item: Item | None, field: str) -> str:
    """A field of an item as lines tell it; empty: no such item."""
    value = getattr(item, field) if item else None
    if value is None or isinstance(value, Decimal):
        return amount(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def amount(number: Decimal | None) -> str:
    """The number without exponent and trailing zeros; empty for none."""
    return "" if number is None else plain(number)
