"""A trouble that lasts: said when it begins, then now and then in a line with a count, and when it is over.

A failure of ours is told with its traceback, once. Trouble of the database is told by its reason: no line of ours is to
blame.
"""

import time
from collections.abc import Callable, Sequence

import structlog

from storage.connection.database_trouble import is_trouble, reason_of

log = structlog.get_logger()
AGAIN: Sequence[float] = (60.0, 600.0, 3600.0)
"""Seconds between two lines about the same trouble; the last is kept."""


class LastingTrouble:
    """`what` and `action` as in a log line. Errors of another kind are said in full as well, once."""

    def __init__(self, what: str, action: str, now: Callable[[], float] = time.monotonic) -> None:
        self._what, self._action, self._now = what, action, now
        self.count = 0
        """How often it was met since it began; 0: there is none."""
        self._began = self._next = 0.0
        self._lines = 0
        self._known: set[type[BaseException]] = set()

    def met(self, error: BaseException) -> None:
        """Note that it was met once more."""
        self.count += 1
        if type(error) not in self._known:
            self._begin(error)
        elif self._now() >= self._next:
            self._say_again(error)

    def over(self) -> None:
        """What failed has worked."""
        if self.count > 1:
            seconds = round(self._now() - self._began)
            log.info(f"{self._what}: over", action=f"{self._action}.over", count=self.count, seconds=seconds)
        self.count, self._lines, self._known = 0, 0, set()

    def _begin(self, error: BaseException) -> None:
        if not self._known:
            self._began, self._next = self._now(), self._now() + AGAIN[0]
        self._known.add(type(error))
        if is_trouble(error):
            log.error(self._what, action=self._action, error=type(error).__name__, reason=reason_of(error))
        else:
            log.error(self._what, action=self._action, exc_info=error)

    def _say_again(self, error: BaseException) -> None:
        self._lines += 1
        self._next = self._now() + AGAIN[min(self._lines, len(AGAIN) - 1)]
        seconds, kind = round(self._now() - self._began), type(error).__name__
        log.error(f"{self._what}, still", action=self._action, count=self.count, seconds=seconds, error=kind)
