"""Base of all repositories: one connection, one plan."""

from collections.abc import Callable, Collection, Hashable, Iterator, Sequence
from typing import Any, TypeVar, cast

from sqlalchemy import ColumnElement, Connection, Table, and_, func, select

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
        self.is_snapshot = False
        """Whether it reads from one moment and writes nothing: what was read once is so until the end."""
        self._read_before: dict[Hashable, Any] = {}

    def _once(self, what: Hashable, read: Callable[[], Found]) -> Found:
        """Read it, in a snapshot once."""
        if not self.is_snapshot:
            return read()
        if what not in self._read_before:
            self._read_before[what] = read()
        return cast(Found, self._read_before[what])

    def _of_plan(self, table: Table, **equal: Any) -> ColumnElement[bool]:
        """The rows of this plan whose columns equal the given values."""
        return and_(table.c.plan_id == self._plan_id, *(table.c[name] == value for name, value in equal.items()))

    def _held_by(self, table: Table, gone: Collection[str] | None) -> ColumnElement[bool]:
        """The rows under a lease of some processes; None: of every one but ours."""
        owner: ColumnElement[str] = table.c.owner
        return owner.in_(gone) if gone is not None else and_(owner.is_not(None), owner != self.owner)

    def _by_state(self, table: Table) -> dict[str, int]:
        """Count of this plan's rows in each state."""
        query = select(table.c.state, func.count()).where(self._of_plan(table)).group_by(table.c.state)
        return {state: count for state, count in self._connection.execute(query)}
