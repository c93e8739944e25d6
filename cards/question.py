"""A question to somebody who said something: next steps, each one tap, and what their next words would complete."""

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

EVERYBODY = ""
"""Whom a question is for that anybody there may answer, each in their own name."""
NEITHER = "-"
"""What is chosen by somebody who meant none of it."""
WAITS = timedelta(minutes=5)
"""So long are the next words taken for the answer."""
_HOLE = re.compile(r"<[^<>]+>")


@dataclass(frozen=True, slots=True)
class Offer:
    """A whole command as one tap."""

    command: str
    label: str = ""
    """Words of its button; empty: the command."""
    effect: str = ""
    """Hash of the effect it would decide on, as the question showed it (rule I9)."""
    note: str = ""
    """That effect in words."""
    done: bool = False
    """It was pressed, on a card that may be pressed for one thing after the other."""


@dataclass(frozen=True, slots=True)
class Question:
    id: str
    conversation: str
    person: str
    """Only they can answer it; or EVERYBODY."""
    said: str
    sentence: str
    """The answer to what they said, as markdown."""
    offers: tuple[Offer, ...]
    form: str
    """A command with one `<hole>`, which their next words fill; empty: none is waited for."""
    asked_at: datetime
    is_guess: bool = False
    """What was said was not understood: none of the offers may be meant."""
    chosen: str = ""
    """The command it led to, or NEITHER."""
    outcome: str = ""
    """What came of that, where it is short enough for the card."""

    @property
    def is_open(self) -> bool:
        return not self.chosen

    def awaits(self, now: datetime) -> bool:
        return self.is_open and bool(self.form) and now - self.asked_at <= WAITS

    def filled(self, words: str) -> str:
        """The command that these words complete."""
        return _HOLE.sub(lambda _: words, self.form, count=1)

    @property
    def is_asked_for(self) -> bool:
        """Nobody had said anything: each of its offers is a thing of its own."""
        return not self.said

    def answered_by(self, place: int | None, chosen: str, outcome: str = "") -> "Question":
        """One of its offers was pressed, or its form filled (None). Where it was asked for it goes on with the rest."""
        if not self.is_asked_for:
            return self.answered(chosen, outcome)
        offers = tuple(replace(one, done=one.done or n == place) for n, one in enumerate(self.offers))
        left = replace(self, offers=offers, form="" if place is None else self.form)
        is_over = all(one.done for one in offers) and not left.form
        return left.answered(chosen, outcome) if is_over else left

    def answered(self, chosen: str, outcome: str = "") -> "Question":
        return replace(self, chosen=chosen, outcome=outcome)


def holes(command: str) -> int:
    """Count of placeholders such as `<原因>` in a command."""
    return len(_HOLE.findall(command))
