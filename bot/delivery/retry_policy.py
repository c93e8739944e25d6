"""Tries of a message: how often, and how long apart."""

import random
from datetime import datetime, timedelta

from bot.channels.common.channel import TryLater
from storage.delivery.outbox import OutboxMessage

BUDGET = timedelta(hours=24)
TRIES = 10
"""At least so many before a message is given up: one that is a day old because we were not running has had none."""
TRIES_IN_TROUBLE = 5
"""As many for a message that breaks our own code: it would hold up its conversation for a day."""
LONGEST_PAUSE = 600.0


class Broken(TryLater):
    """Failure of something of ours on this message, which no platform is to blame for."""


def pause(message: OutboxMessage, later: TryLater) -> timedelta:
    """Pause before the next try: what the platform asked for; otherwise full jitter, doubling."""
    if later.seconds:
        return timedelta(seconds=later.seconds)
    return timedelta(seconds=random.uniform(0.5, min(LONGEST_PAUSE, 2.0 ** min(message.attempts, 20))))


def is_hopeless(message: OutboxMessage, later: TryLater, now: datetime) -> bool:
    """A day of trying is enough."""
    if isinstance(later, Broken):
        return message.attempts >= TRIES_IN_TROUBLE
    return now - message.created_at > BUDGET and message.attempts >= TRIES
