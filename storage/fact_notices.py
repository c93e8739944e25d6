"""Notices of facts that wait until they are told together, a conversation each."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select

from storage.repository import Repository
from storage.tables import fact_notices

KEY = ("conversation", "kind", "about", "of")


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
        new = []
        for one in dict.fromkeys(notices):
            known = self._of_plan(fact_notices, **{name: getattr(one, name) for name in KEY})
            if self._connection.execute(select(fact_notices.c.of).where(known)).first() is None:
                self._connection.execute(insert(fact_notices).values(plan_id=self._plan_id, at=at, **asdict(one)))
                new.append(one)
        return new

    def take(self, conversation: str) -> list[FactNotice]:
        """All that wait there, in the order they came; none of them waits any more."""
        theirs = self._of_plan(fact_notices, conversation=conversation)
        c = fact_notices.c
        rows = self._connection.execute(select(fact_notices).where(theirs).order_by(c.at, c.of, c.kind, c.about)).all()
        self._connection.execute(delete(fact_notices).where(theirs))
        return [FactNotice(r.conversation, r.kind, r.about, r.of, r.owner, r.by, r.before) for r in rows]
