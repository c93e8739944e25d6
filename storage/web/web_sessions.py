"""Sessions of browsers on the pages, by the hash of what the browser holds; every process sees them.

A session shows one plan. It ends in whichever it is: a browser has one, and a person is the same in all plans."""

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import delete, insert, select, update

from planning.people.web_access import WebSession
from storage.repository import Repository
from storage.tables.web import web_sessions


class WebSessions(Repository):
    def begin(self, digest: str, session: WebSession) -> None:
        self._connection.execute(insert(web_sessions).values(plan_id=self._plan_id, digest=digest, **asdict(session)))

    def of(self, digest: str) -> WebSession | None:
        query = select(web_sessions).where(self._of_plan(web_sessions, digest=digest))
        row = self._connection.execute(query).one_or_none()
        return WebSession(row.person, row.standing, row.begun_at, row.seen_at) if row else None

    def note(self, digest: str, now: datetime) -> None:
        """Note that it was used."""
        theirs = self._of_plan(web_sessions, digest=digest)
        self._connection.execute(update(web_sessions).where(theirs).values(seen_at=now))

    def end(self, digest: str) -> None:
        self._connection.execute(delete(web_sessions).where(web_sessions.c.digest == digest))

    def end_all_of(self, person: str) -> int:
        """End a person's sessions in every browser, whichever plan they show; how many there were."""
        return self._connection.execute(delete(web_sessions).where(web_sessions.c.person == person)).rowcount

    def forget(self, before: datetime) -> None:
        """Drop those that were not used since."""
        old = self._of_plan(web_sessions) & (web_sessions.c.seen_at < before)
        self._connection.execute(delete(web_sessions).where(old))
