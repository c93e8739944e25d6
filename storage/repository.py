"""Base of all repositories: one connection, one plan."""

from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, TypeVar, cast

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    CursorResult,
    Row,
    Select,
    Table,
    Update,
    UpdateBase,
    and_,
    bindparam,
    func,
    literal_column,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

Found = TypeVar("Found")
MOST = 500
"""Names in one statement; databases have limits."""


def in_parts(names: Collection[str]) -> Iterator[Sequence[str]]:
    """So many of them as one statement may name."""
    listed = list(names)
    return (listed[at : at + MOST] for at in range(0, len(listed), MOST))


class Repository:
    """Reads and writes one aggregate of one plan inside the caller's transaction. It never commits."""

    def __init__(self, connection: Connection, plan_id: str) -> None:
        self._connection = connection
        self._plan_id = plan_id
        self.owner = ""
        """The process that works here: its leases name it."""
        self.read_before: dict[tuple[type, Hashable], Any] = {}
        """What was read in this transaction, which all its repositories share."""

    def undone(self) -> None:
        """Nothing that was read or written here is so any more: it was undone."""
        self.read_before.clear()

    def _once(self, what: Hashable, read: Callable[[], Found]) -> Found:
        """Read it once, until something is written here, or the plan is locked and others may have written."""
        key = type(self), what
        if key not in self.read_before:
            self.read_before[key] = read()
        return cast(Found, self.read_before[key])

    def _remember(self, what: Hashable, known: Any) -> None:
        """Keep what is so now, instead of reading it again."""
        self.read_before[type(self), what] = known

    def _write(
        self, statement: UpdateBase, rows: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None
    ) -> CursorResult[Any]:
        """Execute what changes something that is read once: it is read again then."""
        for key in [key for key in self.read_before if key[0] is type(self)]:
            del self.read_before[key]
        return self._connection.execute(statement, rows)

    def _add_new(self, table: Table, row: Mapping[str, Any]) -> bool:
        """Insert a row; False when one with a key of it is there already, which another transaction may decide."""
        return self._write(_insert_if_new(table, self._connection.dialect.name), row).rowcount == 1

    def _put(self, table: Table, row: Mapping[str, Any]) -> None:
        """Insert a row, or write it over the one that has its primary key."""
        self._write(_insert_or_update(table, self._connection.dialect.name, frozenset(row)), row)

    def _of_plan(self, table: Table, **equal: Any) -> ColumnElement[bool]:
        """The rows of this plan whose columns equal the given values."""
        return and_(table.c.plan_id == self._plan_id, *(table.c[name] == value for name, value in equal.items()))

    def _rows(self, table: Table, *order: str, **equal: Any) -> Sequence[Row[Any]]:
        """The rows of this plan whose columns equal the given values, by a statement that is built once."""
        query = _rows_of(table, order, frozenset(equal))
        return self._connection.execute(query, {"plan_id": self._plan_id, **equal}).all()

    def _locked_rows(self, table: Table, **equal: Any) -> Sequence[Row[Any]]:
        """The same, locked until the transaction ends."""
        query = _rows_of(table, (), frozenset(equal), lock=True)
        return self._connection.execute(query, {"plan_id": self._plan_id, **equal}).all()

    def _row(self, table: Table, **key: Any) -> Row[Any] | None:
        """The row of this plan with this key."""
        rows = self._rows(table, **key)
        return rows[0] if rows else None

    def _last_row(self, table: Table) -> Row[Any] | None:
        """The row of this plan with the highest number."""
        return self._connection.execute(_last_of(table), {"plan_id": self._plan_id}).one_or_none()

    def _alter(self, table: Table, key: Mapping[str, Any], **values: Any) -> int:
        """Write new values into the rows of this plan with this key; how many those are. The statement is built once,
        so values are values and no expressions."""
        at = {f"at_{name}": value for name, value in (("plan_id", self._plan_id), *key.items())}
        alter = _update_of(table, frozenset(key), frozenset(values))
        return self._write(alter, {**at, **values}).rowcount

    def _begins(self, column: Column[str], prefix: str) -> ColumnElement[bool]:
        """The rows in which it begins so, found by an index: compared byte by byte, on PostgreSQL one of its pattern
        operators."""
        behind = prefix[:-1] + chr(ord(prefix[-1]) + 1)
        if self._connection.dialect.name == "sqlite":
            return and_(column >= prefix, column < behind)
        return and_(column.bool_op("~>=~")(prefix), column.bool_op("~<~")(behind))

    def _held_by(self, table: Table, gone: Collection[str] | None) -> ColumnElement[bool]:
        """The rows under a lease of some processes; None: of every one but ours."""
        owner: ColumnElement[str] = table.c.owner
        return owner.in_(gone) if gone is not None else and_(owner.is_not(None), owner != self.owner)

    def _by_state(self, table: Table) -> dict[str, int]:
        """Count of this plan's rows in each state."""
        query = select(table.c.state, func.count()).where(self._of_plan(table)).group_by(table.c.state)
        return {state: count for state, count in self._connection.execute(query)}


@cache
def _rows_of(table: Table, order: tuple[str, ...], equal: frozenset[str], lock: bool = False) -> Select[Any]:
    which = [table.c[name] == bindparam(name) for name in sorted({"plan_id", *equal})]
    query = select(table).where(*which).order_by(*(table.c[name] for name in order))
    return query.with_for_update() if lock else query


@cache
def _last_of(table: Table) -> Select[Any]:
    this_plans = table.c.plan_id == bindparam("plan_id")
    return select(table).where(this_plans).order_by(table.c.number.desc()).limit(literal_column("1"))


@cache
def _update_of(table: Table, key: frozenset[str], values: frozenset[str]) -> Update:
    which = [table.c[name] == bindparam(f"at_{name}") for name in sorted({"plan_id", *key})]
    return update(table).where(*which).values({name: bindparam(name) for name in sorted(values)})


Upsert = sqlite.Insert | postgresql.Insert


def _insert(table: Table, dialect: str) -> Upsert:
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)


@cache
def _insert_if_new(table: Table, dialect: str) -> Upsert:
    return _insert(table, dialect).on_conflict_do_nothing().execution_options(preserve_rowcount=True)


@cache
def _insert_or_update(table: Table, dialect: str, columns: frozenset[str]) -> Upsert:
    insert = _insert(table, dialect)
    keys = {column.name for column in table.primary_key}
    given = {name: insert.excluded[name] for name in sorted(columns - keys)}
    return insert.on_conflict_do_update(index_elements=sorted(keys), set_=given)
