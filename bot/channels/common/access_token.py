"""The access token of an app: fetched once for all its calls, and again before its end or when it is refused."""

import asyncio
import time
from collections.abc import Awaitable, Callable

from bot.backoff import backoff
from bot.channels.common.channel import TryLater

REFRESH_EARLY = 300.0
"""Seconds before its end at which a token is renewed."""
ATTEMPTS = (1.0, 3.0, 10.0)
"""Seconds that each attempt to fetch one may take. All calls wait for it: what hangs is not waited for to its end."""
PAUSE, LONGEST_PAUSE = 0.2, 1.0
"""Seconds between two attempts; a platform that asks for a longer pause is obeyed by whoever calls."""
Fetch = Callable[[float], Awaitable[tuple[str, float]]]
"""Fetches a token within so many seconds, and tells for how many it is good. Raises TryLater."""


class AccessToken:
    def __init__(self, fetch: Fetch) -> None:
        self._fetch = fetch
        self._until = 0.0
        self._renewing = asyncio.Lock()
        self.value = ""

    async def get(self) -> str:
        """Raises TryLater."""
        async with self._renewing:
            if time.monotonic() >= self._until:
                self.value, good_for = await self._fetched()
                self._until = time.monotonic() + good_for - REFRESH_EARLY
            return self.value

    def forget(self, token: str) -> None:
        """Drop one that is no good any more; a newer one that somebody else has fetched stays."""
        if token == self.value:
            self._until = 0.0

    async def check(self) -> str:
        """Fetch one now: empty, or what is wrong."""
        try:
            self.forget(self.value)
            await self.get()
        except TryLater as error:
            return str(error)
        return ""

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
