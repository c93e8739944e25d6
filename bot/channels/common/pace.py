"""Pace at which a platform is called: waiting for a place here costs less than being refused there."""

import asyncio
from asyncio import Semaphore
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Hashable
from contextlib import ExitStack, asynccontextmanager

from aiolimiter import AsyncLimiter

ON_ITS_WAY = 1.0
"""Seconds after which a call has reached the platform, if it ever does: a hanging one gives its place to the next."""


class Pace:
    """Per key at most `in_flight` calls on their way at a time, started evenly, at most `per_second` in a second.

    The platform sees no more than in_flight + per_second + 1 of them in any second: those on their way when it begins,
    and those started in it. One process knows only of its own calls: where several make them, `turn` tells how long to
    wait instead.
    """

    def __init__(
        self, *, per_second: int, in_flight: int, turn: Callable[[Hashable], Awaitable[float]] | None = None
    ) -> None:
        self._turn = turn
        self._places: defaultdict[Hashable, Semaphore] = defaultdict(lambda: Semaphore(in_flight))
        self._starts: defaultdict[Hashable, AsyncLimiter] = defaultdict(lambda: AsyncLimiter(1, 1 / per_second))

    @asynccontextmanager
    async def keep(self, key: Hashable) -> AsyncIterator[None]:
        """Around one call: waits for its place."""
        place = self._places[key]
        await place.acquire()
        on_its_way = ExitStack()
        on_its_way.callback(place.release)  # once: by the clock or at the end of the call
        with on_its_way:
            await self._start(key)
            arrived = asyncio.get_running_loop().call_later(ON_ITS_WAY, on_its_way.close)
            on_its_way.callback(arrived.cancel)
            yield

    async def _start(self, key: Hashable) -> None:
        if self._turn is None:
            await self._starts[key].acquire()
        else:
            await asyncio.sleep(await self._turn(key))
