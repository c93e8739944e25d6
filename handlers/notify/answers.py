"""Answers to what was typed, as messages."""

from datetime import timedelta

from cards.chart import Wanted
from handlers.turn import Turn
from storage.delivery.outbox import Priority

GOOD_FOR = timedelta(days=1)
"""After which nobody waits for an answer any more."""


def answer_in(
    turn: Turn, conversation: str, text: str, dedupe: str | None = None, picture: Wanted | None = None
) -> None:
    """With a picture the text is what a program says that draws none."""
    drawn = picture.written() if picture else None
    best_before = turn.now + GOOD_FOR
    turn.uow.outbox.say(
        conversation, text, turn.now, dedupe, priority=Priority.CHATTER, best_before=best_before, picture=drawn
    )
