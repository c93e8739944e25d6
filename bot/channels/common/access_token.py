"""The access token of an app: fetched once for all its calls, and again before its end or when it is refused."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from math import inf

from bot.backoff import backoff
from bot.channels.common.channel import TryLater
from bot.channels.common.work import Work

REFRESH_EARLY = 300.0
"""Seconds before its end at which a token is renewed, beside the calls that go on with it."""
AFTER_FAILURE = 10.0
"""Seconds until that is tried again, if it failed."""
ATTEMPTS = (0.5, 1.0, 2.0, 3.0, 10.0)
"""Seconds of each attempt to fetch one. All calls may wait for it: what hangs is not waited for to its end, and what
fails is tried again before they are put off, each for a pause of its own."""
PAUSE, LONGEST_PAUSE = 0.1, 1.0
"""Seconds between two attempts; a platform that asks for a longer pause is obeyed by whoever calls."""
NEVER = -inf
Fetch = Callable[[float], Awaitable[tuple[str, float]]]
"""Fetches a token within so many seconds, and tells for how many it is good. Raises TryLater."""


class AccessToken:
    def __init__(self, fetch: Fetch, clock: Callable[[], float] = time.monotonic) -> None:
        self._fetch, self._clock = fetch, clock
        self._renew_at, self._until = NEVER, NEVER
        self._work = Work()
        self._renewing: asyncio.Task[None] | None = None
        self.value = ""

    async def get(self) -> str:
        """The one in hand as long as it is good, whether or not the next one comes. Raises TryLater."""
        now = self._clock()
        if now >= min(self._renew_at, self._until):
            renewing = self._renewal()
            if now >= self._until:
                await asyncio.shield(renewing)
        return self.value

    def forget(self, token: str) -> None:
        """Drop one that is no good any more; a newer one that somebody else has fetched stays."""
        if token == self.value:
            self._until = NEVER

    async def check(self) -> str:
        """Fetch one now: empty, or what is wrong."""
        try:
            self.forget(self.value)
            await self.get()
        except TryLater as error:
            return str(error)
        return ""

    def _renewal(self) -> "asyncio.Task[None]":
        """The one under way: its end, good or bad, is that of all who wait for it."""
        if self._renewing is None or self._renewing.done():
            self._renewing = self._work.start(self._renew())
        return self._renewing

    async def _renew(self) -> None:
        try:
            self.value, good_for = await self._fetched()
        except Exception:
            self._renew_at = self._clock() + AFTER_FAILURE
            raise
        self._until = self._clock() + good_for
        self._renew_at = self._until - min(REFRESH_EARLY, good_for / 2)

    async def _fetched(self) -> tuple[str, float]:
        *before, last = ATTEMPTS
        for failures, seconds in enumerate(before, 1):
            try:
                return await self._fetch(seconds)
            except TryLater as later:
                if (later.seconds or 0.0) > LONGEST_PAUSE:
                    raise
                await asyncio.sleep(later.seconds or backoff(failures, PAUSE, LONGEST_PAUSE))
        return await self._fetch(last)
