"""Messages that were given up, as an operator reads them."""

from collections.abc import Iterator

from cards.lines.recorded import instant
from handlers.notify.undelivered import named
from handlers.turn import Turn
from planning.trail.audit import storable
from storage.delivery.dead_letters import DeadLetter

LONGEST = 60
"""Characters shown of a message."""


def dead_letters(turn: Turn) -> Iterator[str]:
    """Lines, two for each of them: where and what; then why, how often it was tried, and since when it waits."""
    for letter in turn.uow.dead_letters.all():
        since = instant(letter.created_at.isoformat(), turn.environment.zone)
        yield turn.words("dead.line", key=letter.dedupe, conversation=letter.conversation, what=_what(turn, letter))
        yield turn.words("dead.why", reason=storable(letter.reason), n=letter.attempts, since=since)


def _what(turn: Turn, letter: DeadLetter) -> str:
    found = named(turn, letter.dedupe, letter.conversation, letter.card_id, letter.body)
    said = storable(" ".join((found["title"] if found else letter.body or "").split()))
    return said if len(said) <= LONGEST else f"{said[: LONGEST - 1]}…"
