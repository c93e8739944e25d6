"""Detail openings: who has looked into a request, beyond what its card says at a glance."""

from datetime import datetime

from sqlalchemy import insert, select

from storage.repository import Repository
from storage.tables.change import detail_openings


class DetailOpenings(Repository):
    def note(self, no: str, person: str, at: datetime) -> None:
        """Record that a person has opened them; only the first time counts."""
        if not self.has(no, person):
            row = {"plan_id": self._plan_id, "change_no": no, "person": person, "at": at}
            self._connection.execute(insert(detail_openings).values(row))

    def has(self, no: str, person: str) -> bool:
        known = select(detail_openings.c.at).where(self._of_plan(detail_openings, change_no=no, person=person))
        return self._connection.scalar(known) is not None

    def of(self, no: str) -> dict[str, datetime]:
        """By person, when first."""
        rows = self._connection.execute(select(detail_openings).where(self._of_plan(detail_openings, change_no=no)))
        return {row.person: row.at for row in rows}
