"""Conflicts between two change requests, and the wishes of pending ones."""

from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, Row, bindparam, insert, or_, select, update

from planning.change.change import ChangeState
from planning.change.conflict import Conflict
from planning.change.contested_fields import Contested
from planning.plan.operation import Operation
from storage.change.changes import PENDING, operations_of
from storage.repository import Repository
from storage.tables.change import changes, conflicts

_PENDING_BESIDES = (
    select(changes.c.no, changes.c.proposer, changes.c.state)
    .where(changes.c.plan_id == bindparam("plan"))
    .where(changes.c.state.in_(PENDING), changes.c.no != bindparam("no"))
    .order_by(changes.c.submitted_at, changes.c.no)
)
_FIELDS = TypeAdapter(tuple[Contested, ...])


@dataclass(frozen=True, slots=True)
class Wish:
    """Operations of a pending request, without its effect."""

    no: str
    proposer: str
    state: ChangeState
    operations: tuple[Operation, ...]


class Conflicts(Repository):
    def add(self, conflict: Conflict) -> None:
        key = {"older": conflict.older, "newer": conflict.newer, "opened_at": conflict.opened_at}
        fields = _FIELDS.dump_python(conflict.fields, mode="json")
        values = {"plan_id": self._plan_id, **key, "fields": fields, **_said(conflict)}
        self._connection.execute(insert(conflicts).values(values))

    def save(self, conflict: Conflict) -> None:
        """Save stances and outcome of a conflict."""
        which = self._of_plan(conflicts, older=conflict.older, newer=conflict.newer)
        self._connection.execute(update(conflicts).where(which).values(_said(conflict)))

    def get(self, older: str, newer: str) -> Conflict | None:
        which = self._of_plan(conflicts, older=older, newer=newer)
        row = self._connection.execute(select(conflicts).where(which)).one_or_none()
        return _conflict(row) if row else None

    def open_ones(self) -> list[Conflict]:
        """Open conflicts, oldest first."""
        return self._found(self._of_plan(conflicts, settled=""))

    def of_change(self, no: str) -> list[Conflict]:
        """Conflicts of a change, or merged into it, oldest first."""
        concerned = (conflicts.c.older == no, conflicts.c.newer == no, conflicts.c.settled == no)
        return self._found(self._of_plan(conflicts) & or_(*concerned))

    def wishes(self, besides: str = "") -> list[Wish]:
        """Wishes of every pending request but this one, in the order they were submitted."""
        rows = self._connection.execute(_PENDING_BESIDES, {"plan": self._plan_id, "no": besides}).all()
        if not rows:
            return []
        pending = self._of_plan(changes) & changes.c.state.in_(PENDING) & (changes.c.no != besides)
        wanted = operations_of(self._connection, self._plan_id, select(changes.c.no).where(pending))
        return [Wish(row.no, row.proposer, ChangeState(row.state), wanted[row.no]) for row in rows if row.no in wanted]

    def _found(self, which: ColumnElement[bool]) -> list[Conflict]:
        query = select(conflicts).where(which).order_by(conflicts.c.opened_at, conflicts.c.older, conflicts.c.newer)
        return [_conflict(row) for row in self._connection.execute(query)]


def _said(conflict: Conflict) -> dict[str, Any]:
    return {
        "stances": dict(conflict.stances),
        "settled": conflict.settled,
        "settled_by": conflict.settled_by,
        "settled_at": conflict.settled_at,
    }


def _conflict(row: Row[Any]) -> Conflict:
    return Conflict(
        older=row.older,
        newer=row.newer,
        fields=_FIELDS.validate_python(row.fields),
        opened_at=row.opened_at,
        stances=row.stances,
        settled=row.settled,
        settled_by=row.settled_by,
        settled_at=row.settled_at,
    )

