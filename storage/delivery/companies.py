"""Companies: which one is ours on a platform whose settings do not name it."""

from datetime import datetime

from sqlalchemy import insert, select

from storage.repository import Repository
from storage.tables.delivery import companies


class Companies(Repository):
    def of(self, platform: str) -> str:
        """Empty: none is pinned."""
        query = select(companies.c.company).where(self._of_plan(companies, platform=platform))
        return self._connection.scalar(query) or ""

    def all(self) -> dict[str, str]:
        """The company by platform."""
        rows = self._connection.execute(select(companies).where(self._of_plan(companies)))
        return {row.platform: row.company for row in rows}

    def pin(self, platform: str, company: str, at: datetime) -> None:
        row = {"platform": platform, "company": company, "pinned_at": at}
        self._connection.execute(insert(companies).values(plan_id=self._plan_id, **row))
