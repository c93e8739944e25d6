"""Groups that were taken out of the settings: nothing goes there but the answer to who speaks there."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, insert, select

from storage.repository import Repository
from storage.tables.delivery import digest_runs, left_groups, timers


class LeftGroups(Repository):
    def all(self) -> set[str]:
        return {row.conversation for row in self._rows(left_groups)}

    def has(self, conversation: str) -> bool:
        return conversation in self._once("all", self.all)

    def known(self, digest: str) -> set[str]:
        """Groups that the settings have named: each had a digest, or a timer of this kind for its first."""
        due = select(timers.c.subject).where(self._of_plan(timers, kind=digest))
        had = select(digest_runs.c.conversation).where(self._of_plan(digest_runs)).distinct()
        return {*self._connection.scalars(due), *self._connection.scalars(had)}

    def leave(self, conversation: str, at: datetime) -> None:
        row = {"plan_id": self._plan_id, "conversation": conversation, "left_at": at}
        self._write(insert(left_groups).values(row))

    def come_back(self, conversations: Iterable[str]) -> None:
        back = self._of_plan(left_groups) & left_groups.c.conversation.in_(list(conversations))
        self._write(delete(left_groups).where(back))
