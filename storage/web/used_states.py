"""States that browsers came back with from a platform's log-in: each once."""

from datetime import datetime

from sqlalchemy import delete, select

from storage.repository import Repository
from storage.tables.web import used_states


class UsedStates(Repository):
    def has(self, digest: str) -> bool:
        query = select(used_states.c.digest).where(self._of_plan(used_states, digest=digest))
        return self._connection.execute(query).one_or_none() is not None

    def use(self, digest: str, now: datetime) -> bool:
        """Use one up; False: somebody did."""
        return self._add_new(used_states, {"plan_id": self._plan_id, "digest": digest, "used_at": now})

    def forget(self, before: datetime) -> None:
        old = self._of_plan(used_states) & (used_states.c.used_at < before)
        self._connection.execute(delete(used_states).where(old))
