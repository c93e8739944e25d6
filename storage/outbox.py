"""The outbox: what is to be said and shown, in the transaction that caused it. Delivery is at least once.

The lease is folded into `next_at`: whoever claims a row moves it, so a row that nobody finished comes back by itself.
A conversation is in one pair of hands at a time and waits as a whole, so that nothing overtakes anything in it.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from storage.cards import CardRow
from storage.repository import Repository
from storage.tables import outbox

LEASE = timedelta(seconds=60)
NO_DELAY = timedelta(0)
CLAIMING = 0x6F757462
"""The first number of PostgreSQL's advisory lock for claiming; the second is the plan's."""


@dataclass(frozen=True, slots=True)
class OutboxMessage:
    """One thing to deliver: a wanted version of a card, or a message (then `body` is its markdown)."""

    dedupe: str
    conversation: str
    card_id: str | None
    version: int | None
    body: str | None
    attempts: int
    """Attempts to send it, this one included."""
    token: str
    created_at: datetime
    leased_until: datetime


class Outbox(Repository):
    added = 0
    """Count of messages this unit of work left."""

    def show(
        self, card: CardRow, now: datetime, version: int | None = None, delay: timedelta = NO_DELAY
    ) -> None:
        """Have a card drawn and sent, not before `delay` is over; `version` None: as it was added."""
        wanted = version or card.wanted_version
        self._add(f"{card.card_id}:v{wanted}", card.conversation, now, delay, card_id=card.card_id, version=wanted)

    def say(
        self, conversation: str, markdown: str, now: datetime, dedupe: str | None = None, at: datetime | None = None
    ) -> bool:
        """Have a message sent, not before `at`; False when one with this `dedupe` already is."""
        delay = max(at - now, NO_DELAY) if at else NO_DELAY
        return self._add(dedupe or secrets.token_hex(12), conversation, now, delay, body=markdown)

    def claim(self, now: datetime, limit: int) -> list[OutboxMessage]:
        """Claim due messages, oldest first, each for one lease.

        Nothing is taken from a conversation in which a message is being sent, here or in another process, or was put
        off: what is newer waits for it.
        """
        self._take_turns()
        busy = outbox.alias("busy")
        waiting = select(busy.c.conversation).where(
            busy.c.plan_id == self._plan_id, busy.c.state == "new", busy.c.attempts > 0, busy.c.next_at > now
        )
        due = (
            select(outbox)
            .where(self._of_plan(outbox, state="new"), outbox.c.next_at <= now)
            .where(outbox.c.conversation.not_in(waiting))
            .order_by(outbox.c.created_at, outbox.c.dedupe)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        rows = list(self._connection.execute(due))
        token, until = secrets.token_hex(8), now + LEASE
        for row in rows:
            self._set(row.dedupe, next_at=until, attempts=row.attempts + 1, token=token)
        return [_letter(row, token, until) for row in rows]

    def holds(self, message: OutboxMessage) -> bool:
        """Tell whether the message is still to be sent, and by us."""
        return self._connection.scalar(select(outbox.c.token).where(self._ours(message))) is not None

    def renew(self, messages: Iterable[OutboxMessage], now: datetime) -> datetime:
        """Renew the lease of the messages still ours; returns its end."""
        for message in messages:
            self._set_ours(message, next_at=now + LEASE)
        return now + LEASE

    def sent(self, message: OutboxMessage, now: datetime) -> None:
        """Mark a message sent, also for a process whose lease has run out: the platform has it, that is what counts."""
        self._set(message.dedupe, state="sent", sent_at=now, trouble="")

    def put_off(self, message: OutboxMessage, until: datetime, trouble: str) -> None:
        """Try again at `until`; ignored when the lease was lost to someone else."""
        self._set_ours(message, next_at=until, trouble=trouble)

    def release(self, messages: Iterable[OutboxMessage], now: datetime) -> None:
        """Give back a claimed message untried, as if it had never been handed out."""
        for message in messages:
            self._set_ours(message, next_at=now, attempts=message.attempts - 1)

    def give_up(self, message: OutboxMessage, trouble: str) -> bool:
        """Give a message up; False when the lease was lost to someone else."""
        return self._set_ours(message, state="dead", trouble=trouble)

    def drop_older(self, card_id: str, version: int, now: datetime) -> None:
        """Drop the versions up to this one, which need no sending any more."""
        older = self._of_plan(outbox, card_id=card_id, state="new") & (outbox.c.version <= version)
        self._connection.execute(update(outbox).where(older).values(state="sent", sent_at=now))

    def drop_waiting(self, card_id: str, version: int, now: datetime) -> None:
        """Drop the versions up to this one whose delay is not over yet."""
        waiting = (outbox.c.version <= version) & (outbox.c.next_at > now) & (outbox.c.attempts == 0)
        older = self._of_plan(outbox, card_id=card_id, state="new") & waiting
        self._connection.execute(update(outbox).where(older).values(state="sent", sent_at=now))

    def counts(self) -> dict[str, int]:
        """Messages by state, for metrics."""
        return self._by_state(outbox)

    def _take_turns(self) -> None:
        """Serialise claims on PostgreSQL: two at once would each see the other's messages as free."""
        if self._connection.dialect.name == "postgresql":
            self._connection.execute(select(func.pg_advisory_xact_lock(CLAIMING, func.hashtext(self._plan_id))))

    def _add(self, dedupe: str, conversation: str, now: datetime, delay: timedelta, **content: Any) -> bool:
        row = {
            "plan_id": self._plan_id,
            "dedupe": dedupe,
            "conversation": conversation,
            # A microsecond apart: messages of one moment keep the order they were written in.
            "created_at": now + timedelta(microseconds=self.added),
            "state": "new",
            "next_at": now + delay,
            "attempts": 0,
            **content,
        }
        try:
            with self._connection.begin_nested():
                self._connection.execute(insert(outbox).values(row))
        except IntegrityError:
            return False
        self.added += 1
        return True

    def _ours(self, message: OutboxMessage) -> Any:
        return self._of_plan(outbox, dedupe=message.dedupe, token=message.token, state="new")

    def _set(self, dedupe: str, **values: Any) -> None:
        self._connection.execute(update(outbox).where(self._of_plan(outbox, dedupe=dedupe)).values(values))

    def _set_ours(self, message: OutboxMessage, **values: Any) -> bool:
        return self._connection.execute(update(outbox).where(self._ours(message)).values(values)).rowcount == 1


def _letter(row: Row[Any], token: str, until: datetime) -> OutboxMessage:
    return OutboxMessage(
        dedupe=row.dedupe,
        conversation=row.conversation,
        card_id=row.card_id,
        version=row.version,
        body=row.body,
        attempts=row.attempts + 1,
        token=token,
        created_at=row.created_at,
        leased_until=until,
    )
