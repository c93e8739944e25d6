"""A push: one intent of an applied revision towards another system, from birth to end."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from uuid import NAMESPACE_URL, uuid5

from planning.neighbours.canonical import Value, canonical


class Verb(StrEnum):
    CREATE = "create"
    CHANGE = "change"


class PushState(StrEnum):
    SHADOW = "shadow"
    QUEUED = "queued"
    HELD = "held"
    SENT = "sent"
    """Committed before the first byte leaves; no answer yet."""
    PENDING = "pending"
    """Taken, and not finished."""
    DONE = "done"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    """It may have happened: only a look-up decides."""
    BY_HAND = "by_hand"
    CANCELLED = "cancelled"

    @property
    def is_over(self) -> bool:
        return self in (PushState.SHADOW, PushState.DONE, PushState.CANCELLED)

    @property
    def may_have_left(self) -> bool:
        return self in (PushState.SENT, PushState.PENDING, PushState.UNKNOWN)


def intent_key(revision: int, item: str, source: str, verb: Verb, values: Mapping[str, Value], again: str = "") -> str:
    """`r17:MO-1024:k3:change:6c1a26e6f4af`; `again`: the difference `D-17` for which it is written once more."""
    lines = "\n".join(sorted(f"{name}={canonical(value)}" for name, value in values.items()))
    key = f"r{revision}:{item}:{source}:{verb}:{sha256(lines.encode()).hexdigest()[:12]}"
    return f"{key}:{again}" if again else key


def short_key(intent: str) -> str:
    """For note fields and subjects."""
    return f"TP{hex_key(intent)[:10]}"


def hex_key(intent: str) -> str:
    return sha256(intent.encode()).hexdigest()


def uuid_key(intent: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"tongpan:{intent}"))


class Answer(StrEnum):
    """What an attempt has come to."""

    DONE = "done"
    PENDING = "pending"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    NOT_SENT = "not_sent"
    """Nothing has left us, or the system has refused before working: throttled, offline."""
    UNAUTHORISED = "unauthorised"


class Seen(StrEnum):
    """What a look-up has found."""

    OURS = "ours"
    OTHERS = "others"
    """Somebody else's value in a field of ours."""
    NOTHING = "nothing"
    FAILED = "failed"
    """It says nothing."""


AGAIN = tuple(map(timedelta, (0, 0, 0, 0, 0), (5, 30, 120, 600, 1800)))
"""Waits after what has not left us, and between look-ups; then HOURLY."""
HOURLY = timedelta(hours=1)
GIVEN_UP = timedelta(hours=24)
"""From the first look-up on."""
SETTLED = timedelta(seconds=60)
"""From sending, before which `nothing` is no answer."""
APART = timedelta(seconds=30)
"""Between the two looks that have to find nothing."""
MOST = 3
"""Attempts in all."""


@dataclass(frozen=True, slots=True)
class Push:
    intent: str
    state: PushState
    due_at: datetime
    attempts: int = 0
    waits: int = 0
    """Waits one after the other in this state."""
    sent_at: datetime | None = None
    looked_at: datetime | None = None
    """The first look-up since it became unknown."""
    missed_at: datetime | None = None
    """The first look-up that found nothing, late enough to count."""
    remote: str = ""
    words: str = ""


def wait(waits: int) -> timedelta:
    return AGAIN[waits] if waits < len(AGAIN) else HOURLY


def sent(push: Push, now: datetime) -> Push:
    """About to leave. Raises ValueError for one that may have left already: a second write is worse than a late one."""
    if push.state is not PushState.QUEUED:
        raise ValueError(f"{push.intent} is {push.state}")
    return replace(
        push, state=PushState.SENT, attempts=push.attempts + 1, waits=0, sent_at=now, looked_at=None, missed_at=None
    )


def restarted(push: Push, now: datetime) -> Push:
    """What a process left as sent may have happened."""
    return _unknown(push, now, push.words) if push.state is PushState.SENT else push


def answered(push: Push, answer: Answer, now: datetime, words: str = "", remote: str = "") -> Push:
    """What an attempt's answer makes of it."""
    told = replace(push, words=words, remote=remote or push.remote)
    match answer:
        case Answer.NOT_SENT:
            queued = replace(told, attempts=push.attempts - 1, waits=push.waits + 1)
            return replace(queued, state=PushState.QUEUED, due_at=now + wait(push.waits))
        case Answer.UNAUTHORISED:
            return replace(told, state=PushState.HELD, attempts=push.attempts - 1)
        case Answer.UNKNOWN:
            return _unknown(told, now, words)
        case Answer.PENDING:
            first = told.looked_at or now
            if now - first >= GIVEN_UP:
                return _unknown(told, now, words)
            waited = replace(told, looked_at=first, waits=push.waits + 1)
            return replace(waited, state=PushState.PENDING, due_at=now + wait(push.waits))
    return replace(told, state=PushState(answer.value), waits=0)


def looked_up(push: Push, seen: Seen, now: datetime) -> Push:
    """What a look-up makes of an unknown one. `nothing` counts only when it was found twice, late and apart."""
    if seen is Seen.OURS:
        return replace(push, state=PushState.DONE, waits=0)
    if seen is Seen.OTHERS:
        return replace(push, state=PushState.HELD, waits=0)
    first = push.looked_at or now
    if now - first >= GIVEN_UP:
        return replace(push, state=PushState.BY_HAND)
    again = replace(push, looked_at=first, waits=push.waits + 1, due_at=now + wait(push.waits + 1))
    if seen is Seen.FAILED or push.sent_at is None or now - push.sent_at < SETTLED:
        return again
    if push.missed_at is None:
        return replace(again, missed_at=now)
    if now - push.missed_at < APART:
        return again
    if push.attempts >= MOST:
        return replace(again, state=PushState.BY_HAND)
    return replace(again, state=PushState.QUEUED, waits=0, due_at=now)


def _unknown(push: Push, now: datetime, words: str) -> Push:
    return replace(push, state=PushState.UNKNOWN, words=words, waits=0, looked_at=None, missed_at=None,
                   due_at=now + wait(0))  # fmt: skip
