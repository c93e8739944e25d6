"""Orders that were told of as red, and what of them was missing: so that nothing is told twice, and its end is."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from sqlalchemy import delete, insert, select

from planning.readiness.telling import Missing, Told
from storage.repository import Repository
from storage.tables.facts import readiness_told

UNSAID = "unsaid"


class ToldReadiness(Repository):
    def all(self) -> Mapping[str, Told]:
        rows = self._connection.execute(select(readiness_told).where(self._of_plan(readiness_told)))
        return {row.order: Told(row.order, _lines(row.lines), row.since) for row in rows}

    def keep(self, told: Iterable[Told]) -> None:
        """These, and no others."""
        self._connection.execute(delete(readiness_told).where(self._of_plan(readiness_told)))
        rows = [
            {"plan_id": self._plan_id, "order": one.order, "since": one.since, "lines": _json(one.lines)}
            for one in told
        ]
        if rows:
            self._connection.execute(insert(readiness_told), rows)

    def forget(self, orders: Iterable[str]) -> None:
        """Their end was told."""
        if codes := list(orders):
            told = self._of_plan(readiness_told) & readiness_told.c.order.in_(codes)
            self._connection.execute(delete(readiness_told).where(told))


def _json(lines: Mapping[str, Missing]) -> dict[str, list[str]]:
    return {name: [str(one.short), one.eta.isoformat() if one.eta else "", "" if one.is_said else UNSAID]
            for name, one in lines.items()}  # fmt: skip


def _lines(kept: Mapping[str, list[str]]) -> dict[str, Missing]:
    return {name: Missing(Decimal(short), date.fromisoformat(eta) if eta else None, UNSAID not in unsaid)
            for name, (short, eta, *unsaid) in kept.items()}  # fmt: skip
