"""Pace at which a platform is called: waiting for a place here costs less than being refused there."""

from asyncio import Semaphore
from collections import defaultdict
from collections.abc import AsyncIterator, Hashable
from contextlib import asynccontextmanager

from aiolimiter import AsyncLimiter


class Pace:
    """Per key at most `in_flight` calls at a time, started evenly, at most `per_second` of them in a second.

    However long a call is under way, the platform sees no more than in_flight + per_second + 1 of them in any second:
    those under way when it begins, and those started in it. One process knows only of its own calls.
    """

    def __init__(self, *, per_second: int, in_flight: int) -> None:
        self._places: defaultdict[Hashable, Semaphore] = defaultdict(lambda: Semaphore(in_flight))
        self._starts: defaultdict[Hashable, AsyncLimiter] = defaultdict(lambda: AsyncLimiter(1, 1 / per_second))

    @asynccontextmanager
    async def keep(self, key: Hashable) -> AsyncIterator[None]:
        """Around one call: waits for its place."""
        async with self._places[key], self._starts[key]:
            yield
