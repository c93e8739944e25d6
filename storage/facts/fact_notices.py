"""Notices of facts that wait until they are told together, a conversation each."""

from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select

from storage.repository import Repository
from storage.tables.facts import fact_notices


@dataclass(frozen=True, slots=True)
class FactNotice:
    conversation: str
    kind: str
    about: str
    """The item whose owner is told."""
    of: str
    """The item that the fact is of."""
    owner: str
    """Empty: nobody owns it, and its department is told."""
    by: str
    """Who reported the fact."""
    before: str = ""
    """The colour of an order before it."""


class FactNotices(Repository):
    def add(self, notices: Iterable[FactNotice], at: datetime) -> list[FactNotice]:
        """Have them wait; what waits already stays as it is. Gives those that are new."""
        given = dict[tuple[str, ...], FactNotice]()
        for one in notices:
            given.setdefault((one.conversation, one.kind, one.about, one.of), one)
        if not given:
            return []
        c = fact_notices.c
        theirs = self._of_plan(fact_notices) & c.conversation.in_({one.conversation for one in given.values()})
        waiting = self._connection.execute(select(c.conversation, c.kind, c.about, c.of).where(theirs))
        known = {tuple(row) for row in waiting}
        new = [one for key, one in given.items() if key not in known]
        if new:
            rows = [{"plan_id": self._plan_id, "at": at, **asdict(one)} for one in new]
            self._connection.execute(insert(fact_notices), rows)
        return new

    def waiting(self, conversation: str) -> list[FactNotice]:
        """All that wait there, in the order they came."""
        c = fact_notices.c
        theirs = select(fact_notices).where(self._of_plan(fact_notices, conversation=conversation))
        rows = self._connection.execute(theirs.order_by(c.at, c.of, c.kind, c.about))
        return [FactNotice(r.conversation, r.kind, r.about, r.of, r.owner, r.by, r.before) for r in rows]

    def take(self, conversation: str) -> list[FactNotice]:
        """Those; none of them waits any more."""
        found = self.waiting(conversation)
        self._connection.execute(delete(fact_notices).where(self._of_plan(fact_notices, conversation=conversation)))
        return found

    def drop(self, conversation: str, kind: str, about: Collection[str]) -> None:
        """Those about these items wait there no more."""
        if about:
            theirs = self._of_plan(fact_notices, conversation=conversation, kind=kind)
            self._connection.execute(delete(fact_notices).where(theirs & fact_notices.c.about.in_(about)))
