"""More messages than are handled, or answers than are said: one sentence says so, the rest is counted in silence."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from handlers.events import Said
from handlers.notify.answers import answer_in
from handlers.turn import Environment, Turn
from storage.delivery.outbox import Priority
from storage.delivery.rates import Rate, Taken


@dataclass(frozen=True, slots=True)
class Bucket:
    """Whose messages a limit counts together."""

    kind: str
    subject: str
    rate: Rate


@dataclass(frozen=True, slots=True)
class TooMuch:
    """A message over a limit."""

    bucket: Bucket | None = None
    """None: a queue is full."""
    until: datetime | None = None
    """The moment before which the bucket takes no other."""


def buckets_of(environment: Environment, event: Said) -> Iterator[Bucket]:
    """Find the buckets that a message counts in."""
    limits, platform = environment.limits, environment.platforms.serving(event.conversation).platform
    if limits.of_person and event.user_id:
        yield Bucket("person", f"{platform}:{event.user_id}", limits.of_person)
    if limits.of_strangers and environment.person_in(event.conversation, event.user_id) is None:
        yield Bucket("strangers", platform, limits.of_strangers)
    if limits.of_conversation and not event.single:
        yield Bucket("conversation", event.conversation, limits.of_conversation)


def too_much(turn: Turn, event: Said) -> TooMuch | None:
    """Check, and count, whether a message is over a limit; who is gets told once, until something of theirs is handled
    again. Where queues are full it is told once a minute."""
    for bucket in buckets_of(turn.environment, event):
        taken = turn.uow.rates.take(bucket.kind, bucket.subject, bucket.rate, turn.now)
        if not taken.allowed:
            _tell_once(turn, event, bucket.kind, taken)
            return TooMuch(bucket, taken.until)
    for kind, waiting, most in _queues(turn, event):
        if most and waiting() > most:
            _tell_of_queue(turn, event, kind, most)
            return TooMuch()
    return None


def _queues(turn: Turn, event: Said) -> Iterator[tuple[str, Callable[[], int], int]]:
    """How many wait, this message or its answer among them, and how many may."""
    limits, uow = turn.environment.limits, turn.uow
    yield "messages", uow.inbox.waiting, limits.waiting_messages
    yield "answers", lambda: uow.outbox.answers_waiting(event.conversation) + 1, limits.waiting_answers


def _tell_of_queue(turn: Turn, event: Said, kind: str, most: int) -> None:
    """Before the answers that wait."""
    key = f"queue:{kind}:{event.conversation}:{turn.now:%Y-%m-%dT%H:%M}"
    if turn.environment.person_in(event.conversation, event.user_id) is None or turn.uow.outbox.has(key):
        return
    text = turn.words(f"answer.queue.{kind}", most=most)
    turn.uow.outbox.say(event.conversation, text, turn.now, key, priority=Priority.DECISION)


def _tell_once(turn: Turn, event: Said, kind: str, taken: Taken) -> None:
    person = turn.environment.person_in(event.conversation, event.user_id)
    if taken.refused == 1 and person is not None:
        text = turn.words(f"answer.too-fast.{kind}", name=person.name)
        answer_in(turn, event.conversation, text)
