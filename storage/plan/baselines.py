"""Baselines by name, per plan."""

from typing import Any

from sqlalchemy import Row, insert, select

from planning.plan.revision import Baseline, BaselineKind
from storage.repository import Repository
from storage.tables.plan import baselines


class Baselines(Repository):
    def freeze(self, baseline: Baseline) -> None:
        """Names are given once: the caller has locked the plan and looked with `named`."""
        row = {name: getattr(baseline, name) for name in Baseline.__slots__} | {"kind": baseline.kind.value}
        self._connection.execute(insert(baselines).values(plan_id=self._plan_id, **row))

    def newest_first(self) -> list[Baseline]:
        query = select(baselines).where(self._of_plan(baselines))
        rows = self._connection.execute(query.order_by(baselines.c.frozen_at.desc(), baselines.c.name))
        return [_baseline(row) for row in rows]

    def named(self, name: str) -> Baseline | None:
        """Baseline of a name, in any case of letters."""
        return next((known for known in self.newest_first() if known.name.casefold() == name.casefold()), None)

    def promise(self) -> Baseline | None:
        """The newest one that was promised."""
        return next((known for known in self.newest_first() if known.kind is BaselineKind.PROMISE), None)


def _baseline(row: Row[Any]) -> Baseline:
    values = {name: getattr(row, name) for name in Baseline.__slots__}
    return Baseline(**values | {"kind": BaselineKind(row.kind)})
