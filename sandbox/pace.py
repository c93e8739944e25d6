"""Limits on how often something may happen."""

import time
from collections import defaultdict, deque
from collections.abc import Callable


class Window:
    """At most `limit` takes in any `seconds`, per key.

    Runs on the monotonic clock, so a world whose wall clock is moved by hand does not refill it.
    """

    def __init__(self, limit: int, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.limit, self.seconds, self._clock = limit, seconds, clock
        self._taken: defaultdict[str, deque[float]] = defaultdict(deque)

    def take(self, key: str = "") -> bool:
        """Take one place; False (and nothing taken) when the window is full."""
        taken, now = self._taken[key], self._clock()
        while taken and taken[0] <= now - self.seconds:
            taken.popleft()
        if len(taken) >= self.limit:
            return False
        taken.append(now)
        return True
