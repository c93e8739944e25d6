"""Filters that people saved: an address of a page under a name, each person's own."""

from datetime import datetime

from sqlalchemy import delete, insert, select

from storage.repository import Repository
from storage.tables.web import saved_filters


class SavedFilters(Repository):
    def of(self, person: str) -> dict[str, str]:
        """Addresses by their names, in the order in which they were saved."""
        query = select(saved_filters.c.name, saved_filters.c.path).where(self._of_plan(saved_filters, person=person))
        rows = self._connection.execute(query.order_by(saved_filters.c.saved_at, saved_filters.c.name))
        return {row.name: row.path for row in rows}

    def keep(self, person: str, name: str, path: str, now: datetime) -> None:
        """Under a name that is there already it takes the other's place."""
        self.drop(person, name)
        row = {"person": person, "name": name, "path": path, "saved_at": now}
        self._connection.execute(insert(saved_filters).values(plan_id=self._plan_id, **row))

    def drop(self, person: str, name: str) -> None:
        self._connection.execute(delete(saved_filters).where(self._of_plan(saved_filters, person=person, name=name)))
