"""Limits of what comes in, so that nobody starves the others; None and 0: none."""

from dataclasses import dataclass

from storage.delivery.rates import Rate


@dataclass(frozen=True, slots=True)
class Limits:
    of_person: Rate | None = None
    """Messages of one person, in all conversations of a platform."""
    of_conversation: Rate | None = None
    """Messages in one conversation, whoever writes them."""
    of_strangers: Rate | None = None
    """Messages of all strangers of a platform together."""
    open_of_proposer: int = 0
    """Change requests of one proposer that wait at a time."""
    open_of_item: int = 0
    """Change requests for one item that wait at a time."""
    waiting_messages: int = 0
    """Messages of everybody that wait to be handled."""
    waiting_answers: int = 0
    """Answers that wait to be said in one conversation."""


NO_LIMITS = Limits()
