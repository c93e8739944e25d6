"""Dead letters: messages of the outbox that were given up, until somebody has them tried again or drops them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from storage.repository import Repository
from storage.tables.delivery import outbox


@dataclass(frozen=True, slots=True)
class DeadLetter:
    dedupe: str
    """Its key, by which people name it."""
    conversation: str
    card_id: str | None
    body: str | None
    """Its markdown; None of a card, which is drawn when it is sent."""
    attempts: int
    created_at: datetime
    reason: str


class DeadLetters(Repository):
    def all(self) -> list[DeadLetter]:
        """Oldest first."""
        columns = (outbox.c.dedupe, outbox.c.conversation, outbox.c.card_id, outbox.c.body, outbox.c.attempts)
        query = select(*columns, outbox.c.created_at, outbox.c.trouble.label("reason"))
        dead = query.where(self._of_plan(outbox, state="dead")).order_by(outbox.c.created_at, outbox.c.dedupe)
        return [DeadLetter(**row._mapping) for row in self._connection.execute(dead)]

    def replay(self, dedupe: str, now: datetime) -> bool:
        """Have it tried as if for the first time, however late it is; False when there is none of this key."""
        return self._set(dedupe, state="new", next_at=now, attempts=0, token=None, best_before=None)

    def drop(self, dedupe: str) -> bool:
        """Never try it again; False when there is none of this key. The row stays, so that nobody says it anew."""
        return self._set(dedupe, state="dropped")

    def _set(self, dedupe: str, **values: Any) -> bool:
        """Only of one that is dead: two people at once act on it once."""
        dead = self._of_plan(outbox, dedupe=dedupe, state="dead")
        return self._connection.execute(update(outbox).where(dead).values(values)).rowcount == 1
