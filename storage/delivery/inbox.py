"""The inbox: every event from outside, written down before it is acknowledged, handled once."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select, update

from storage.repository import Repository
from storage.tables.delivery import inbox
from storage.trace import current

LEASE = timedelta(seconds=30)
MAX_ATTEMPTS = 3
"""Attempts at an event, by its receiver and then by sweepers, before one that fails is given up."""
MAX_FALLS = 10
"""Attempts at an event under which a process may have died each time, before it is held to be the cause."""


FORGOTTEN = "forgotten"
"""The kind of an event of which nothing is known any more but that it came."""


@dataclass(frozen=True, slots=True)
class EventKey:
    """Identity of an event (rule I12)."""

    platform: str
    bot: str
    event_id: str


@dataclass(frozen=True, slots=True)
class InboxEvent:
    key: EventKey
    kind: str
    payload: dict[str, Any]
    received_at: datetime
    attempts: int
    """Attempts so far, this one included. Beyond MAX_FALLS the event is handed out to be given up: those who had it
    before never said a word."""
    trace: str = ""


class Inbox(Repository):
    def receive(
        self, key: EventKey, kind: str, payload: dict[str, Any], now: datetime, delivery_id: str | None = None
    ) -> bool:
        """Write an event down; False when it (or this delivery of it) is already there.

        The unique key closes the race of two deliveries at once. The receiver handles it itself; only when it has not
        within the lease does `claim_due` give it to somebody else.
        """
        row = {
            "plan_id": self._plan_id,
            "platform": key.platform,
            "bot": key.bot,
            "event_id": key.event_id,
            "delivery_id": delivery_id,
            "kind": kind,
            "payload": payload,
            "received_at": now,
            "state": "new",
            "next_at": now + LEASE,
            "attempts": 1,
            "owner": self.owner,
            "trace": current(),
        }
        return self._add_new(inbox, row)

    def claim_due(self, now: datetime, limit: int = 20) -> list[InboxEvent]:
        """Events whose handler never finished, oldest first; each is ours for one lease."""
        due = (
            select(inbox)
            .where(self._of_plan(inbox, state="new"), inbox.c.next_at <= now)
            .order_by(inbox.c.received_at)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        events = [
            InboxEvent(
                EventKey(r.platform, r.bot, r.event_id), r.kind, r.payload, r.received_at, r.attempts + 1, r.trace
            )
            for r in self._connection.execute(due)
        ]
        for event in events:
            self._set(event.key, next_at=now + LEASE, attempts=event.attempts, owner=self.owner)
        return events

    def waiting(self) -> int:
        """How many events are not handled yet."""
        new = select(func.count()).where(self._of_plan(inbox, state="new"))
        return self._connection.scalar(new) or 0

    def take_over(self, now: datetime, gone: Collection[str] | None = None) -> int:
        """Free what processes that are gone had in hand; None: all but ours. Returns how many events that is."""
        held = self._of_plan(inbox, state="new") & self._held_by(inbox, gone)
        return self._connection.execute(update(inbox).where(held).values(next_at=now, owner=None)).rowcount

    def take(self, key: EventKey) -> bool:
        """Tell whether the event is still to be handled. Somebody else's hold on it is waited for: the lease of one who
        only waited long may be over before the work is."""
        return [row.state for row in self._locked_rows(inbox, **asdict(key))] == ["new"]

    def done(self, key: EventKey, now: datetime) -> None:
        """Mark an event done in the transaction of its effect, so that both happen or neither."""
        self._set(key, state="done", done_at=now)

    def refuse(self, key: EventKey, now: datetime) -> None:
        """Mark an event as one of too many: it is counted, and never handled."""
        self._set(key, state="refused", done_at=now)

    def failed(self, key: EventKey, now: datetime, trouble: str) -> bool:
        """Put an event off after an error; True when it has been tried often enough and is given up.

        False also when somebody else has done it meanwhile.
        """
        if not self.take(key):
            return False
        attempts = self._connection.scalar(select(inbox.c.attempts).where(self._at(key))) or 0
        given_up = attempts >= MAX_ATTEMPTS
        self._set(key, state="failed" if given_up else "new", next_at=now + LEASE, trouble=trouble, owner=None)
        return given_up

    def forget(self, before: datetime) -> int:
        """Forget what events held that were handled before a moment; their rows stay, so that none is taken twice."""
        old = self._of_plan(inbox, state="done") & (inbox.c.done_at < before)
        kept = old & (inbox.c.kind != FORGOTTEN)
        return self._connection.execute(update(inbox).where(kept).values(payload={}, kind=FORGOTTEN)).rowcount

    def counts(self) -> dict[str, int]:
        """Events by state, for metrics."""
        return self._by_state(inbox)

    def _at(self, key: EventKey) -> Any:
        return self._of_plan(inbox, platform=key.platform, bot=key.bot, event_id=key.event_id)

    def _set(self, key: EventKey, **values: Any) -> None:
        self._alter(inbox, asdict(key), **values)
