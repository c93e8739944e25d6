"""More messages than are handled: one sentence says so, the rest is counted in silence."""

from collections.abc import Iterator

from handlers.events import Said
from handlers.notify.answers import answer_in
from handlers.turn import Turn
from storage.rates import Rate, Taken


def is_too_much(turn: Turn, event: Said) -> bool:
    """Check, and count, whether its person or its conversation is over the limit; who is gets told once, until
    something of theirs is handled again."""
    for kind, subject, rate in _limits(turn, event):
        taken = turn.uow.rates.take(kind, subject, rate, turn.now)
        if not taken.allowed:
            _tell_once(turn, event, kind, taken)
            return True
    return False


def _limits(turn: Turn, event: Said) -> Iterator[tuple[str, str, Rate]]:
    limits, platform = turn.environment.limits, turn.environment.platforms.serving(event.conversation).platform
    if limits.of_person and event.user_id:
        yield "person", f"{platform}:{event.user_id}", limits.of_person
    if limits.of_conversation and not event.single:
        yield "conversation", event.conversation, limits.of_conversation


def _tell_once(turn: Turn, event: Said, kind: str, taken: Taken) -> None:
    person = turn.environment.person_in(event.conversation, event.user_id)
    if taken.refused == 1 and person is not None:
        text = turn.words(f"answer.too-fast.{kind}", name=person.name)
        answer_in(turn, event.conversation, text)
