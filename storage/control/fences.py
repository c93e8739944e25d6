"""Freeze windows set in chat, per plan."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Row, func, insert, select, update

from planning.control.fences import Fence
from planning.control.window import Window, WindowState
from storage.repository import Repository
from storage.tables.control import fences

_FENCE = TypeAdapter(Fence)


class Fences(Repository):
    def next_number(self) -> int:
        """Next number of a window; the caller has locked the plan, so that no two get the same."""
        newest = self._connection.scalar(select(func.max(fences.c.number)).where(self._of_plan(fences)))
        return (newest or 0) + 1

    def add(self, window: Window) -> None:
        self._write(insert(fences).values(plan_id=self._plan_id, **_row(window)))

    def get(self, number: int) -> Window | None:
        row = self._connection.execute(select(fences).where(self._of_plan(fences, number=number))).one_or_none()
        return _window(row) if row else None

    def all(self) -> list[Window]:
        """Windows in any state, oldest first."""
        rows = self._connection.execute(select(fences).where(self._of_plan(fences)).order_by(fences.c.number))
        return [_window(row) for row in rows]

    def enforced(self) -> list[Window]:
        return self._once("enforced", self._enforced)

    def _enforced(self) -> list[Window]:
        return [_window(row) for row in self._rows(fences, "number", state=WindowState.ENFORCED.value)]

    def become(self, window: Window, state: WindowState, by: str, at: datetime) -> Window:
        which = self._of_plan(fences, number=window.number)
        changed = replace(window, state=state, changed_by=by, changed_at=at)
        self._write(update(fences).where(which).values(_row(changed)))
        return changed


def _row(window: Window) -> dict[str, Any]:
    values = {name: getattr(window, name) for name in Window.__slots__}
    return values | {"fence": _FENCE.dump_python(window.fence, mode="json"), "state": window.state.value}


def _window(row: Row[Any]) -> Window:
    values = {name: getattr(row, name) for name in Window.__slots__}
    return Window(**values | {"fence": _FENCE.validate_python(row.fence), "state": WindowState(row.state)})
