"""Base of all repositories: one connection, one plan."""

from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, and_, func, select


class Repository:
    """Reads and writes one aggregate of one plan inside the caller's transaction. It never commits."""

    def __init__(self, connection: Connection, plan_id: str) -> None:
        self._connection = connection
        self._plan_id = plan_id

    def _of_plan(self, table: Table, **equal: Any) -> ColumnElement[bool]:
        """The rows of this plan whose columns equal the given values."""
        return and_(table.c.plan_id == self._plan_id, *(table.c[name] == value for name, value in equal.items()))

    def _by_state(self, table: Table) -> dict[str, int]:
        """Count of this plan's rows in each state."""
        query = select(table.c.state, func.count()).where(self._of_plan(table)).group_by(table.c.state)
        return {state: count for state, count in self._connection.execute(query)}
