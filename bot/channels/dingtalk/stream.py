"""Always one live stream connection: when the platform announces the end of one, the next is opened first."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable

import structlog

from bot.channels.dingtalk.gateway import Gateway
from bot.supervised import Supervised

HANDOVER_SECONDS = 8.0
"""The platform closes an announced connection after 10 s of silence (rule D3)."""
HEALTHY_SECONDS = 60.0
"""After which a connection that breaks is no failure in a row."""

Leave = Callable[[], Awaitable[None]]
log = structlog.get_logger()


class Stream:
    """`make(leave)` builds a gateway; `drain(seconds)` waits until what came in has been acknowledged."""

    def __init__(self, make: Callable[[Leave], Gateway], drain: Callable[[float], Awaitable[None]]) -> None:
        self._make, self._drain = make, drain
        self._tasks: dict[Gateway, asyncio.Task[None]] = {}
        self._endings: set[asyncio.Task[None]] = set()
        self._current: Gateway | None = None

    @property
    def started(self) -> bool:
        return self._current is not None

    @property
    def connected(self) -> bool:
        return any(gateway.connected.is_set() for gateway in self._tasks)

    @property
    def refusal(self) -> str:
        return self._current.refusal if self._current else ""

    def start(self) -> None:
        gateway = self._make(lambda: self._hand_over(gateway))
        self._current = gateway
        self._tasks[gateway] = asyncio.create_task(self._keep(gateway), name="dingtalk-stream")

    async def _keep(self, gateway: Gateway) -> None:
        """The SDK's own loop connects again after all that it knows of; should it end by itself, it begins anew."""
        running = Supervised("DingTalk's stream broke", "dingtalk_broken", healthy_after=HEALTHY_SECONDS)
        while gateway in self._tasks:
            await running.attempt(gateway.start)
            await asyncio.sleep(running.pause or 1.0)

    async def stop(self) -> None:
        self._current = None
        for gateway in list(self._tasks):
            await self._end(gateway)
        await asyncio.gather(*self._endings)

    async def _hand_over(self, old: Gateway) -> None:
        """Called on the old connection, which is closed when this returns."""
        if self._current is not old:
            return
        log.info("DingTalk ends this connection, opening the next", action="dingtalk_handover")
        self.start()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(HANDOVER_SECONDS):
                await self._current.connected.wait()
        await self._drain(1.0)
        ending = asyncio.create_task(self._end(old))
        self._endings.add(ending)
        ending.add_done_callback(self._endings.discard)

    async def _end(self, gateway: Gateway) -> None:
        task = self._tasks.pop(gateway, None)
        if task is None:
            return
        await gateway.stop()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
