"""Work that is done again and again for as long as the process lives, whatever it raises."""

import math
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.backoff import backoff
from bot.lasting_trouble import LastingTrouble

T = TypeVar("T")
FIRST, LONGEST = 0.5, 30.0
"""Seconds of the pause behind a failure: it doubles, up to the second."""


class Supervised:
    """A failure is followed by a pause, doubling, with jitter; while it lasts nothing is attempted."""

    def __init__(
        self, what: str, action: str, now: Callable[[], float] = time.monotonic, healthy_after: float = math.inf
    ) -> None:
        """`what` and `action` of the log line of a failure. Work without an end never succeeds: what fails after so
        many seconds, `healthy_after`, fails for the first time."""
        self._now, self._until, self._healthy_after = now, 0.0, healthy_after
        self._trouble = LastingTrouble(what, action, now)

    @property
    def failures(self) -> int:
        """Failures in a row."""
        return self._trouble.count

    @property
    def pause(self) -> float:
        """Seconds until the next attempt; 0 when nothing failed."""
        return max(0.0, self._until - self._now())

    async def attempt(self, work: Callable[[], Awaitable[T]]) -> T | None:
        """Do it; None when it failed, and while it rests."""
        if self.pause:
            return None
        begun = self._now()
        try:
            result = await work()
        except Exception as error:
            if self._now() - begun >= self._healthy_after:
                self._trouble.over()
            self._trouble.met(error)
            self._until = self._now() + backoff(self.failures, FIRST, LONGEST)
            return None
        self._trouble.over()
        self._until = 0.0
        return result
