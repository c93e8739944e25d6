"""Counts of stock: rows are added, and never changed or taken away."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Row, func, insert, select

from planning.readiness.shelf import Count
from storage.repository import Repository, in_parts
from storage.tables.facts import stock_snapshots


@dataclass(frozen=True, slots=True)
class Counted:
    """A count as it was brought: by whom, when, and how it differs from what was expected; None: nothing was."""

    count: Count
    by: str
    at: datetime
    difference: Decimal | None = None


class Counts(Repository):
    def add(self, counted: Iterable[Counted]) -> None:
        """The plan is locked, so no two rows get the same number."""
        first = self.last() + 1
        rows = [{"plan_id": self._plan_id, "number": number, **_row(one)} for number, one in enumerate(counted, first)]
        if rows:
            self._write(insert(stock_snapshots), rows)

    def last(self) -> int:
        """The number of the newest row; 0 without one."""
        return self._once("last", self._last)

    def _last(self) -> int:
        row = self._last_row(stock_snapshots)
        return row.number if row else 0

    def newest(self, products: Collection[str] | None = None) -> Mapping[str, Count]:
        """What counts of each product, or of each of these; none is of a time to come."""
        table = stock_snapshots
        if products is None:
            return self._newest(self._of_plan(table))
        found: dict[str, Count] = {}
        for part in in_parts(products):
            found |= self._newest(self._of_plan(table) & table.c.product.in_(part))
        return found

    def _newest(self, which: ColumnElement[bool]) -> Mapping[str, Count]:
        table = stock_snapshots
        of_each = select(table.c.product, func.max(table.c.as_of).label("as_of"))
        latest = of_each.where(which).group_by(table.c.product).subquery()
        same = (table.c.product == latest.c.product) & (table.c.as_of == latest.c.as_of)
        query = select(table).join(latest, same).where(which).order_by(table.c.number)
        return {row.product: _count(row) for row in self._connection.execute(query)}

    def surpluses(self) -> list[Counted]:
        """The newest count of each product that found more than was expected."""
        newest = self.newest()
        table = stock_snapshots
        more = select(table).where(self._of_plan(table) & (table.c.difference > 0)).order_by(table.c.number)
        rows = self._connection.execute(more)
        found = {row.product: Counted(_count(row), row.by, row.at, row.difference) for row in rows}
        return [one for product, one in found.items() if newest.get(product) == one.count]

    def since(self, number: int) -> list[Count]:
        """Those after this row, in the order they came."""
        newer = select(stock_snapshots).where(self._of_plan(stock_snapshots), stock_snapshots.c.number > number)
        return [_count(row) for row in self._connection.execute(newer.order_by(stock_snapshots.c.number))]

    def known_of(self, counts: Collection[Count]) -> Mapping[tuple[str, datetime], Count]:
        """What is kept already of the products and instants of these counts; of two rows of one instant the later."""
        table, found = stock_snapshots, dict[tuple[str, datetime], Count]()
        instants = sorted({count.as_of for count in counts})
        for part in in_parts({count.product for count in counts}):
            then = table.c.as_of.between(instants[0], instants[-1]) & table.c.product.in_(part)
            rows = self._connection.execute(select(table).where(self._of_plan(table), then).order_by(table.c.number))
            found |= {(row.product, row.as_of): _count(row) for row in rows}
        return found

    def of_product(self, product: str) -> list[Counted]:
        """In the order they came."""
        query = select(stock_snapshots).where(self._of_plan(stock_snapshots, product=product))
        rows = self._connection.execute(query.order_by(stock_snapshots.c.number))
        return [Counted(_count(row), row.by, row.at, row.difference) for row in rows]


def _row(one: Counted) -> dict[str, Any]:
    count = one.count
    return {
        "product": count.product, "as_of": count.as_of, "on_hand": count.on_hand, "safety": count.safety,
        "source": count.source, "by": one.by, "at": one.at, "difference": one.difference,
    }  # fmt: skip


def _count(row: Row[Any]) -> Count:
    return Count(row.product, row.on_hand, row.as_of, row.safety, row.source)
