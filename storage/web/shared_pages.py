"""Pages that were shared. Of what stands in their address the hash alone is kept."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, insert, select, update

from planning.people.sharing import Audience, SharedPage
from storage.repository import Repository
from storage.tables.web import shared_pages


class SharedPages(Repository):
    def add(self, digest: str, page: SharedPage) -> None:
        row = {
            "plan_id": self._plan_id, "id": page.id, "digest": digest, "path": page.path, "made_by": page.made_by,
            "audience": str(page.audience), "made_at": page.made_at, "until": page.until, "opens": page.opens,
        }  # fmt: skip
        self._connection.execute(insert(shared_pages).values(row))

    def of(self, digest: str) -> SharedPage | None:
        found = select(shared_pages).where(self._of_plan(shared_pages, digest=digest))
        row = self._connection.execute(found).one_or_none()
        return _page(row) if row else None

    def get(self, id: str) -> SharedPage | None:
        found = select(shared_pages).where(self._of_plan(shared_pages, id=id))
        row = self._connection.execute(found).one_or_none()
        return _page(row) if row else None

    def open_ones(self, now: datetime, made_by: str | None = None) -> list[SharedPage]:
        """Those that are good still, the newest first. `made_by`: by one person; None: by anybody."""
        theirs = {} if made_by is None else {"made_by": made_by}
        good = self._of_plan(shared_pages, revoked_at=None, **theirs) & (shared_pages.c.until > now)
        query = select(shared_pages).where(good).order_by(shared_pages.c.made_at.desc(), shared_pages.c.id)
        return [_page(row) for row in self._connection.execute(query)]

    def count_open(self, id: str) -> None:
        """Note that somebody was led to it."""
        one_more = update(shared_pages).values(opens=shared_pages.c.opens + 1)
        self._connection.execute(one_more.where(self._of_plan(shared_pages, id=id)))

    def revoke(self, id: str, now: datetime) -> None:
        good = self._of_plan(shared_pages, id=id, revoked_at=None)
        self._connection.execute(update(shared_pages).where(good).values(revoked_at=now))

    def forget(self, before: datetime) -> None:
        """Drop those that were over before a moment."""
        old = self._of_plan(shared_pages) & (shared_pages.c.until < before)
        self._connection.execute(delete(shared_pages).where(old))


def _page(row: Row[Any]) -> SharedPage:
    audience = Audience.parse(row.audience)
    return SharedPage(row.id, row.path, row.made_by, audience, row.made_at, row.until, row.revoked_at, row.opens)
