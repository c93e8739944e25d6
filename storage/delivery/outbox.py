"""The outbox: what is to be said and shown, in the transaction that caused it. Delivery is at least once.

The lease is folded into `next_at`: whoever claims a row moves it, so a row that nobody finished comes back by itself.
A conversation is in one pair of hands at a time, and what has the same priority keeps its order in it.
"""

import secrets
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    and_,
    bindparam,
    case,
    func,
    literal_column,
    not_,
    or_,
    select,
    update,
)

from storage.delivery.cards import CardRow, Purpose
from storage.repository import Repository, in_parts
from storage.tables.delivery import cards, outbox
from storage.trace import current

LEASE = timedelta(seconds=60)
NO_DELAY = timedelta(0)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
TURN = 5
"""Messages of one conversation claimed at a time: what has priority waits for so many at most."""
CLAIMING = 0x6F757462
"""The first number of PostgreSQL's advisory lock for claiming; the second is the plan's."""


class Priority(IntEnum):
    """Order in which messages leave, first to last."""

    DECISION = 0
    """Cards on which somebody decides, and a sentence that says why nothing else comes."""
    NOTICE = 1
    """What people have to know: notices, reminders, digests, previews."""
    CHATTER = 2
    """Answers to what was typed."""


CARDS = {
    Purpose.CONFLICT: Priority.DECISION, Purpose.DELEGATION: Priority.DECISION, Purpose.SETTING: Priority.DECISION,
    Purpose.QUESTION: Priority.CHATTER,
}  # fmt: skip
"""Cards of another priority than a notice, beside those that ask."""
KEPT_FREE = {Priority.DECISION: 0.0, Priority.NOTICE: 1 / 6, Priority.CHATTER: 1 / 3}
"""Of what a conversation takes in a minute or an hour, this part is left for what has priority."""
_DUE = and_(
    outbox.c.plan_id == bindparam("plan"),
    outbox.c.state == literal_column("'new'"),
    outbox.c.next_at <= bindparam("now"),
)
"""What is looked for after everything that is written: such a statement is built once."""
_ANYTHING_DUE: Select[Any] = select(literal_column("1")).where(_DUE).limit(1)
_STALE = select(outbox.c.dedupe).where(_DUE, outbox.c.best_before <= bindparam("now")).with_for_update(skip_locked=True)
_WITH_SOMETHING_DUE = select(outbox.c.conversation).where(_DUE).distinct()
LimitsOf = Callable[[str], Mapping[timedelta, int]]
"""Messages that a conversation takes in a MINUTE and in an HOUR; 0: any number."""
Taken = Counter[tuple[str, timedelta]]
"""Messages that a conversation got in the last minute and hour."""


def unlimited(conversation: str) -> Mapping[timedelta, int]:
    return {}


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
    priority: Priority = Priority.NOTICE
    trace: str = ""
    """Of what it follows from; empty: written by an earlier version."""
    picture: str = ""
    """What is to be drawn in the place of `body`, in words of its own; empty: nothing."""


class Outbox(Repository):
    added = 0
    """Count of messages this unit of work left."""
    is_left: Callable[[str], bool] = staticmethod(lambda conversation: False)
    """Tells whether a group was taken out of the settings: it gets answers only."""

    def show(
        self, card: CardRow, now: datetime, version: int | None = None, delay: timedelta = NO_DELAY
    ) -> None:
        """Have a card drawn and sent, not before `delay` is over; `version` None: as it was added."""
        wanted = version or card.wanted_version
        priority = Priority.DECISION if card.purpose.asks else CARDS.get(card.purpose, Priority.NOTICE)
        content = {"card_id": card.card_id, "version": wanted, "priority": priority}
        self._add(f"{card.card_id}:v{wanted}", card.conversation, now, delay, **content)

    def say(
        self,
        conversation: str,
        markdown: str,
        now: datetime,
        dedupe: str | None = None,
        at: datetime | None = None,
        priority: Priority = Priority.NOTICE,
        best_before: datetime | None = None,
        picture: str | None = None,
    ) -> bool:
        """Have a message sent, not before `at`, and from `best_before` on not at all; False when one with this
        `dedupe` already is."""
        delay = max(at - now, NO_DELAY) if at else NO_DELAY
        content = {"body": markdown, "priority": priority, "best_before": best_before, "picture": picture}
        return self._add(dedupe or secrets.token_hex(12), conversation, now, delay, **content)

    def has(self, dedupe: str) -> bool:
        """Tell whether there is one with this key, in whatever state."""
        there = select(outbox.c.state).where(self._of_plan(outbox, dedupe=dedupe))
        return self._connection.scalar(there) is not None

    def answers_waiting(self, conversation: str) -> int:
        """How many answers are still to be said there."""
        there = self._of_plan(outbox, state="new", conversation=conversation, priority=Priority.CHATTER)
        return self._connection.scalar(select(func.count()).where(there)) or 0

    def shown_since(self, purpose: Purpose, conversation: str, since: datetime) -> list[tuple[str, datetime | None]]:
        """What the cards of a purpose are about that a conversation was sent since then, each as often as it was, and
        when; None: it will be."""
        sent = (outbox.c.state == literal_column("'sent'")) & (outbox.c.attempts > 0) & (outbox.c.sent_at >= since)
        there = self._of_plan(outbox, conversation=conversation) & or_(sent, outbox.c.state == literal_column("'new'"))
        of_it = (cards.c.plan_id == outbox.c.plan_id) & (cards.c.card_id == outbox.c.card_id)
        query = select(cards.c.subject, outbox.c.sent_at).select_from(outbox.join(cards, of_it))
        rows = self._connection.execute(query.where(there, cards.c.purpose == purpose.value))
        return [(subject, sent_at) for subject, sent_at in rows]

    def is_anything_due(self, now: datetime) -> bool:
        """Tell whether there may be something to claim: what it costs to look when there is not."""
        return self._connection.scalar(_ANYTHING_DUE, {"plan": self._plan_id, "now": now}) is not None

    def drop_stale(self, now: datetime) -> list[str]:
        """Drop what waited for so long that it is better not said; their keys."""
        found = list(self._connection.scalars(_STALE, {"plan": self._plan_id, "now": now}))
        for dedupe in found:
            self._set(dedupe, state="stale", owner=None)
        return found

    def claim(
        self,
        now: datetime,
        limit: int,
        limits_of: LimitsOf = unlimited,
        least: Priority = Priority.CHATTER,
        cards_alone: Collection[str] = (),
        elsewhere: Collection[str] = (),
    ) -> list[OutboxMessage]:
        """Claim due messages, by priority, then the oldest first, each for one lease; none below `least`.

        Nothing is taken from a conversation in which a message is being sent, here or in another process; behind one
        that was put off waits what has no priority over it. No conversation gets more than `limits_of` it
        allows, whichever process sends it, and none more than TURN at a time. Conversations of the prefixes in
        `cards_alone` get no digests, reminders and answers for now, only cards and what has priority; those in
        `elsewhere` none from this process.
        """
        self._wait_for_turn()
        taken = self._taken_lately(now, limits_of)
        limits = (*self._within_limits(limits_of, taken), *map(_no_texts, cards_alone))
        limits += tuple(not_(_in(prefix)) for prefix in elsewhere)
        due = _claimable(*limits) if limits else _CLAIMABLE
        wanted = {"plan": self._plan_id, "now": now, "least": least, "most": limit}
        rows = list(_within(limits_of, taken, self._connection.execute(due, wanted)))
        token, until = secrets.token_hex(8), now + LEASE
        self._lease([row.dedupe for row in rows], until, token)
        return [_letter(row, token, until) for row in rows]

    def _lease(self, keys: Sequence[str], until: datetime, token: str) -> None:
        held = {"next_at": until, "attempts": outbox.c.attempts + 1, "token": token, "owner": self.owner}
        for part in in_parts(keys):
            these = self._of_plan(outbox) & outbox.c.dedupe.in_(part)
            self._connection.execute(update(outbox).where(these).values(held))

    def take_over(self, now: datetime, gone: Collection[str] | None = None) -> int:
        """Free what processes that are gone were sending; None: all but ours. Returns how many messages that is."""
        held = self._of_plan(outbox, state="new") & self._held_by(outbox, gone)
        freed = {"next_at": now, "token": None, "owner": None}
        return self._connection.execute(update(outbox).where(held).values(freed)).rowcount

    def holds(self, message: OutboxMessage) -> bool:
        """Tell whether the message is still to be sent, and by us."""
        return self._row(outbox, **_ours(message)) is not None

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
        self._set_ours(message, next_at=until, trouble=trouble, token=None, owner=None)

    def release(self, messages: Iterable[OutboxMessage], now: datetime) -> None:
        """Give back a claimed message untried, as if it had never been handed out."""
        for message in messages:
            self._set_ours(message, next_at=now, attempts=message.attempts - 1, token=None, owner=None)

    def give_up(self, message: OutboxMessage, trouble: str) -> bool:
        """Give a message up; False when the lease was lost to someone else."""
        return self._set_ours(message, state="dead", trouble=trouble)

    def drop_older(self, card_id: str, version: int, now: datetime) -> list[str]:
        """Drop the versions up to this one, which need no sending any more; returns their traces."""
        older = self._of_plan(outbox, card_id=card_id, state="new") & (outbox.c.version <= version)
        dropped = update(outbox).where(older).values(state="sent", sent_at=now).returning(outbox.c.trace)
        return sorted(filter(None, self._connection.scalars(dropped)))

    def drop_all_to(self, conversation: str, trouble: str) -> None:
        """Drop what was not sent there yet, and what was given up, but for answers to who spoke there."""
        unsent = self._of_plan(outbox, conversation=conversation) & outbox.c.state.in_(["new", "dead"])
        unsent &= outbox.c.priority != Priority.CHATTER
        dropped = {"state": "dropped", "trouble": trouble, "token": None, "owner": None}
        self._connection.execute(update(outbox).where(unsent).values(dropped))

    def drop_waiting(self, card_id: str, version: int, now: datetime) -> None:
        """Drop the versions up to this one whose delay is not over yet."""
        waiting = (outbox.c.version <= version) & (outbox.c.next_at > now) & (outbox.c.attempts == 0)
        older = self._of_plan(outbox, card_id=card_id, state="new") & waiting
        self._connection.execute(update(outbox).where(older).values(state="sent", sent_at=now))

    def counts(self) -> dict[str, int]:
        """Messages by state, for metrics."""
        return self._by_state(outbox)

    def _taken_lately(self, now: datetime, limits_of: LimitsOf) -> Taken:
        """Messages that the limited conversations in which something is due got, whichever process sent them.

        They are named, not looked for within the count: PostgreSQL knows little of rows that change state all the
        time, and took a plan five times as slow.
        """
        due = self._connection.scalars(_WITH_SOMETHING_DUE, {"plan": self._plan_id, "now": now})
        limited = [where for where in due if any(limits_of(where).values())]
        sent = self._of_plan(outbox) & (outbox.c.state == literal_column("'sent'")) & (outbox.c.attempts > 0)
        in_last_minute = func.sum(case((outbox.c.sent_at > now - MINUTE, 1), else_=0))
        taken: Taken = Counter()
        for part in in_parts(limited):
            last_hour = sent & (outbox.c.sent_at > now - HOUR) & outbox.c.conversation.in_(part)
            query = select(outbox.c.conversation, in_last_minute, func.count()).where(last_hour)
            for conversation, minute, hour in self._connection.execute(query.group_by(outbox.c.conversation)):
                taken[conversation, MINUTE], taken[conversation, HOUR] = minute, hour
        return taken

    def _within_limits(self, limits_of: LimitsOf, taken: Taken) -> Iterable[Any]:
        conversations = {conversation for conversation, _ in taken}
        for priority in Priority:
            if full := [where for where in conversations if not _takes(limits_of, taken, where, priority)]:
                yield not_(and_(outbox.c.conversation.in_(full), outbox.c.priority == priority))

    def take_turn(self) -> bool:
        """Take our turn to claim if nobody else is claiming, for a transaction that holds more and may not wait."""
        if not self._claims_meet:
            return True
        return bool(self._connection.scalar(select(func.pg_try_advisory_xact_lock(*self._turn))))

    def _wait_for_turn(self) -> None:
        if self._claims_meet:
            self._connection.execute(select(func.pg_advisory_xact_lock(*self._turn)))

    @property
    def _claims_meet(self) -> bool:
        """Whether others may claim at the same time, as on PostgreSQL: two would each see the other's messages as
        free."""
        return self._connection.dialect.name == "postgresql"

    @property
    def _turn(self) -> tuple[Any, ...]:
        return CLAIMING, func.hashtext(self._plan_id)

    def _add(self, dedupe: str, conversation: str, now: datetime, delay: timedelta, **content: Any) -> bool:
        if content.get("priority") is not Priority.CHATTER and self.is_left(conversation):
            return False
        row = {
            "plan_id": self._plan_id,
            "dedupe": dedupe,
            "conversation": conversation,
            # A microsecond apart: messages of one moment keep the order they were written in.
            "created_at": now + timedelta(microseconds=self.added),
            "state": "new",
            "next_at": now + delay,
            "attempts": 0,
            "trace": current(),
            **content,
        }
        if not self._add_new(outbox, row):
            return False
        self.added += 1
        return True

    def _set(self, dedupe: str, **values: Any) -> None:
        self._alter(outbox, {"dedupe": dedupe}, **values)

    def _set_ours(self, message: OutboxMessage, **values: Any) -> bool:
        return self._alter(outbox, _ours(message), **values) == 1


def _ours(message: OutboxMessage) -> Mapping[str, str]:
    return {"dedupe": message.dedupe, "token": message.token, "state": "new"}


def _claimable(*limits: ColumnElement[bool]) -> Select[Any]:
    """Rows that may go now, at most TURN of a conversation; its parameters are plan, now, least and most."""
    busy = outbox.alias("busy")
    put_off, being_sent = func.min(busy.c.priority).label("put_off"), func.max(busy.c.token).label("being_sent")
    blocked = (
        select(busy.c.conversation, put_off, being_sent)
        .where(busy.c.plan_id == bindparam("plan"), busy.c.state == literal_column("'new'"))
        .where(busy.c.attempts > 0, busy.c.next_at > bindparam("now"))
        .group_by(busy.c.conversation)
        .subquery()
    )
    is_next = and_(blocked.c.being_sent.is_(None), outbox.c.priority < blocked.c.put_off)
    place = func.row_number().over(
        partition_by=outbox.c.conversation, order_by=(outbox.c.priority, outbox.c.created_at, outbox.c.dedupe)
    )
    ranked = (
        select(outbox.c.dedupe, place.label("place"))
        .select_from(outbox.outerjoin(blocked, blocked.c.conversation == outbox.c.conversation))
        .where(_DUE, outbox.c.priority <= bindparam("least"))
        .where(or_(blocked.c.conversation.is_(None), is_next), *limits)
        .subquery()
    )
    first = select(ranked.c.dedupe).where(ranked.c.place <= TURN)
    return (
        select(outbox)
        .where(outbox.c.plan_id == bindparam("plan"), outbox.c.dedupe.in_(first))
        .order_by(outbox.c.priority, outbox.c.created_at, outbox.c.dedupe)
        .limit(bindparam("most"))
        .with_for_update(skip_locked=True)
    )


_CLAIMABLE = _claimable()


def _within(limits_of: LimitsOf, taken: Taken, rows: Iterable[Row[Any]]) -> Iterable[Row[Any]]:
    """Those that their conversations still take, one after the other."""
    for row in rows:
        if _takes(limits_of, taken, row.conversation, Priority(row.priority)):
            taken[row.conversation, MINUTE] += 1
            taken[row.conversation, HOUR] += 1
            yield row


def _takes(limits_of: LimitsOf, taken: Taken, conversation: str, priority: Priority) -> bool:
    """Check whether the conversation takes one more of this priority now."""
    left_free = KEPT_FREE[priority]
    return all(
        taken[conversation, window] < whole - round(whole * left_free)
        for window, whole in limits_of(conversation).items()
        if whole
    )


def _no_texts(prefix: str) -> Any:
    """Leave out messages that are no cards, and answers, of a platform whose calls are nearly used up."""
    answers = outbox.c.priority == Priority.CHATTER
    texts = and_(outbox.c.card_id.is_(None), outbox.c.priority > Priority.DECISION)
    return not_(and_(_in(prefix), or_(answers, texts)))


def _in(prefix: str) -> Any:
    return outbox.c.conversation.startswith(f"{prefix}:", autoescape=True)


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
        priority=Priority(row.priority),
        trace=row.trace,
        picture=row.picture or "",
    )
