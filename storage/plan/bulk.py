"""Whole tables of items and links at once: values as the driver gives them, each distinct one read a single time."""

import gc
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, Table, select, type_coerce
from sqlalchemy.types import NullType

from planning.plan.item import Constraint, Item, Mode, Status
from planning.plan.link import Drives, LagKind, Link, LinkKind
from storage.tables.plan import items, links

T = TypeVar("T")
ITEM = (
    "code", "title", "start", "finish", "duration", "type", "department", "also_informs", "owner", "quantity", "unit",
    "mode", "constraint", "constraint_date", "status", "product", "lot_minimum", "lot_multiple", "calendar",
    "attributes",
)  # fmt: skip
LINK = (
    "predecessor", "successor", "kind", "lag", "lag_kind", "drives", "ratio", "ratio_per", "scrap", "hard", "calendar",
)  # fmt: skip
AT_ONCE = 5_000


class Known(dict[Any, Any], Generic[T]):
    """What each value of a column means, found once; None means nothing."""

    def __init__(self, meaning: Callable[[Any], T]) -> None:
        super().__init__({None: None})
        self._meaning = meaning

    def __missing__(self, value: Any) -> T:
        found = self[value] = self._meaning(value)
        return found


def items_of(connection: Connection, plan_id: str) -> Iterator[Item]:
    """In the plan's order; as `plan_rows.item_of` gives them one by one, and several times as fast."""
    day, number = Known(_day), Known(Decimal)
    modes, constraints, statuses = Known(Mode), Known(Constraint), Known(Status)
    informed = Known(_words)
    for row in _rows(connection, items, ITEM, plan_id):
        (
            code, title, start, finish, duration, kind, department, informs, owner, quantity, unit,
            mode, constraint, constraint_date, status, product, least, multiple, calendar, others,
        ) = row  # fmt: skip
        yield Item(
            code, title, day[start], day[finish], duration, kind, department,
            informed[informs] if isinstance(informs, str) else tuple(informs), owner, number[quantity], unit,
            modes[mode], constraints[constraint], day[constraint_date], statuses[status], product,
            number[least], number[multiple], calendar, _attributes(others),
        )  # fmt: skip


def links_of(connection: Connection, plan_id: str) -> Iterator[Link]:
    kinds, lag_kinds, drives, number = Known(LinkKind), Known(LagKind), Known(Drives), Known(Decimal)
    for row in _rows(connection, links, LINK, plan_id):
        predecessor, successor, kind, lag, lag_kind, end, ratio, per, scrap, hard, calendar = row
        exact = number[ratio] if per is None else Fraction(int(ratio), int(per))
        yield Link(
            predecessor, successor, kinds[kind], lag, lag_kinds[lag_kind], drives[end], exact, number[scrap],
            bool(hard), calendar,
        )  # fmt: skip


@contextmanager
def without_collecting() -> Iterator[None]:
    """No look for garbage while many objects are made that all stay: it takes half of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _rows(connection: Connection, table: Table, names: tuple[str, ...], plan_id: str) -> Iterator[Any]:
    raw = (type_coerce(table.c[name], NullType()) for name in names)
    query = select(*raw).where(table.c.plan_id == plan_id).order_by(table.c.position)
    result = connection.execute(query)
    while rows := result.fetchmany(AT_ONCE):
        yield from rows


def _attributes(value: Any) -> Mapping[str, str]:
    """From a database that knows JSON, or from its text. Most items have none."""
    if value == "{}":
        return {}
    found: Mapping[str, str] = json.loads(value) if isinstance(value, str) else value
    return found


def _day(value: Any) -> date:
    day: date = date.fromisoformat(value) if isinstance(value, str) else value
    return day


def _words(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))
