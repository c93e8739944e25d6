"""One-time links to the pages. Of a link's secret the hash alone is kept."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, insert, select, update

from planning.people.web_access import OneTimeLink
from storage.repository import Repository
from storage.tables.web import one_time_links


class OneTimeLinks(Repository):
    def make(self, link: OneTimeLink) -> None:
        """Keep a link that is still to be sent, in the place of the person's others."""
        self._connection.execute(delete(one_time_links).where(self._of_plan(one_time_links, person=link.person)))
        self._connection.execute(insert(one_time_links).values(plan_id=self._plan_id, **asdict(link)))

    def seal(self, id: str, conversation: str, digest: str, until: datetime) -> bool:
        """Give a link that is shown in this conversation its secret, by its hash: an earlier one opens nothing any
        more. False: there is none to be sent there."""
        unused = self._of_plan(one_time_links, id=id, conversation=conversation, used_at=None)
        sealed = update(one_time_links).where(unused).values(digest=digest, until=until)
        return self._connection.execute(sealed).rowcount == 1

    def of(self, digest: str) -> OneTimeLink | None:
        query = select(one_time_links).where(self._of_plan(one_time_links, digest=digest))
        row = self._connection.execute(query).one_or_none()
        return _link(row) if row else None

    def use(self, id: str, now: datetime) -> bool:
        """Use a link up; False: somebody did."""
        unused = self._of_plan(one_time_links, id=id, used_at=None)
        return self._connection.execute(update(one_time_links).where(unused).values(used_at=now)).rowcount == 1

    def forget(self, before: datetime) -> None:
        old = self._of_plan(one_time_links) & (one_time_links.c.made_at < before)
        self._connection.execute(delete(one_time_links).where(old))


def _link(row: Row[Any]) -> OneTimeLink:
    return OneTimeLink(row.id, row.person, row.conversation, row.path, row.made_at, row.until, row.used_at)
