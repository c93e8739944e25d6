"""Anchors of the trail that were told to people, append-only."""

from datetime import datetime

from sqlalchemy import insert, select

from planning.trail.anchor import Anchor
from storage.repository import Repository
from storage.tables.trail import audit_anchors


class Anchors(Repository):
    def add(self, anchor: Anchor, at: datetime) -> None:
        """Keep an anchor, unless the trail has not gone on since the last."""
        kept = select(audit_anchors.c.number).where(self._of_plan(audit_anchors, number=anchor.number))
        if self._connection.scalar(kept) is None:
            row = {"plan_id": self._plan_id, "number": anchor.number, "at": at, "anchor": str(anchor)}
            self._connection.execute(insert(audit_anchors).values(row))

    def all(self) -> list[str]:
        """As they were told, oldest first."""
        query = select(audit_anchors.c.anchor).where(self._of_plan(audit_anchors)).order_by(audit_anchors.c.number)
        return list(self._connection.scalars(query))
