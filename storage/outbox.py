"""The outbox: what is to be said and shown, in the transaction that caused it. Delivery is at least once.

The lease is folded into `next_at`: whoever claims a row moves it, so a row that nobody finished comes back by itself.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, insert, select, update
from sqlalchemy.exc import IntegrityError

from storage.cards import CardRow
from storage.repository import Repository
from storage.tables import outbox

LEASE = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Letter:
    """One thing to deliver: a wanted version of a card, or a message (then `body` is its markdown)."""

    dedupe: str
    conversation: str
    card_id: str | None
    version: int | None
    body: str | None
    attempts: int
    token: str
    created_at: datetime


class Outbox(Repository):
    added = False
    """Whether this unit of work left a letter."""

    def show(self, card: CardRow, now: datetime, version: int | None = None) -> None:
        """Have a card drawn and sent; `version` None: as it was added."""
        wanted = version or card.wanted_version
        self._add(f"{card.card_id}:v{wanted}", card.conversation, now, card_id=card.card_id, version=wanted)

    def say(self, conversation: str, markdown: str, now: datetime, dedupe: str | None = None) -> bool:
        """Have a message sent; False when one with this `dedupe` already is."""
        return self._add(dedupe or secrets.token_hex(12), conversation, now, body=markdown)

    def claim(self, now: datetime, limit: int) -> list[Letter]:
        """Due letters, each ours for one lease. On PostgreSQL other processes skip what we hold."""
        due = (
            select(outbox)
            .where(self._of_plan(outbox, state="new"), outbox.c.next_at <= now)
            .order_by(outbox.c.next_at, outbox.c.created_at)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        rows = list(self._connection.execute(due))
        token = secrets.token_hex(8)
        for row in rows:
            self._set(row.dedupe, next_at=now + LEASE, attempts=row.attempts + 1, token=token)
        return [_letter(row, token) for row in rows]

    def sent(self, letter: Letter, now: datetime) -> None:
        """Also accepted from a process whose lease has run out: the platform has it, that is what counts."""
        self._set(letter.dedupe, state="sent", sent_at=now, trouble="")

    def put_off(self, letter: Letter, until: datetime, trouble: str) -> None:
        """Try again at `until`; ignored when the lease was lost to someone else."""
        self._set_ours(letter, next_at=until, trouble=trouble)

    def give_up(self, letter: Letter, trouble: str) -> None:
        self._set_ours(letter, state="dead", trouble=trouble)

    def drop_older(self, card_id: str, version: int, now: datetime) -> None:
        """Versions up to this one need no sending any more."""
        older = self._of_plan(outbox, card_id=card_id, state="new") & (outbox.c.version <= version)
        self._connection.execute(update(outbox).where(older).values(state="sent", sent_at=now))

    def counts(self) -> dict[str, int]:
        """Letters by state, for metrics."""
        return self._by_state(outbox)

    def _add(self, dedupe: str, conversation: str, now: datetime, **content: Any) -> bool:
        row = {
            "plan_id": self._plan_id,
            "dedupe": dedupe,
            "conversation": conversation,
            "created_at": now,
            "state": "new",
            "next_at": now,
            "attempts": 0,
            **content,
        }
        try:
            with self._connection.begin_nested():
                self._connection.execute(insert(outbox).values(row))
            self.added = True
        except IntegrityError:
            return False
        return True

    def _set(self, dedupe: str, **values: Any) -> None:
        self._connection.execute(update(outbox).where(self._of_plan(outbox, dedupe=dedupe)).values(values))

    def _set_ours(self, letter: Letter, **values: Any) -> None:
        ours = self._of_plan(outbox, dedupe=letter.dedupe, token=letter.token, state="new")
        self._connection.execute(update(outbox).where(ours).values(values))


def _letter(row: Row[Any], token: str) -> Letter:
    return Letter(
        row.dedupe, row.conversation, row.card_id, row.version, row.body, row.attempts + 1, token, row.created_at
    )
