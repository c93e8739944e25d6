"""A channel whose platform takes one connection: one process holds it, the others stand by and take over."""

import asyncio
import contextlib
from collections.abc import Mapping
from typing import Protocol

import structlog

from bot.channels.common.channel import CardDelivery, Channel, Delivered, Inbound
from bot.supervised import Supervised
from handlers.platforms import Traits

LOOK_SECONDS = 2.0
log = structlog.get_logger()


class Hold(Protocol):
    """Something that one process has at a time. Its calls block."""

    def hold(self) -> bool:
        """Tell whether it is ours, taking it if it is free. Raises when nobody can tell."""

    def let_go(self) -> None: ...


class Held:
    """The channel, connected where it is held. While nobody can tell who holds it, it stays as it is."""

    def __init__(self, channel: Channel, hold: Hold, seconds: float = LOOK_SECONDS) -> None:
        """`seconds` between two looks."""
        self._channel, self._hold, self._seconds = channel, hold, seconds
        self.is_ours = False
        """Connected here: from when its start has succeeded until before it is stopped."""
        self._is_open = False
        """A start was tried, and no stop has succeeded since."""
        self._watching = Supervised("who holds a connection cannot be told", "connection.unknown")
        self._running: asyncio.Task[None] | None = None

    @property
    def traits(self) -> Traits:
        return self._channel.traits

    @property
    def stands_by(self) -> bool:
        """Another process is connected, or will be in a moment: nothing is sent from here."""
        return not self.is_ours

    async def start(self, inbound: Inbound) -> None:
        await self._watching.attempt(lambda: self._look(inbound))
        self._running = asyncio.create_task(self._watch(inbound), name=f"held-{self.traits.prefix}")

    async def stop(self) -> None:
        if self._running:
            self._running.cancel()
            await asyncio.gather(self._running, return_exceptions=True)
        self.is_ours = False
        if self._is_open:
            await self._channel.stop()
        with contextlib.suppress(Exception):  # without the database it is free already
            await asyncio.to_thread(self._hold.let_go)

    def trouble(self) -> str:
        return self._channel.trouble() if self._is_open else ""

    async def check(self) -> str:
        return await self._channel.check()

    async def put_card(self, delivery: CardDelivery) -> Delivered:
        return await self._channel.put_card(delivery)

    async def post(self, conversation: str, markdown: str, key: str) -> None:
        await self._channel.post(conversation, markdown, key)

    async def show(self, conversation: str, png: bytes, key: str) -> None:
        await self._channel.show(conversation, png, key)

    async def _watch(self, inbound: Inbound) -> None:
        while True:
            await asyncio.sleep(max(self._seconds, self._watching.pause))
            await self._watching.attempt(lambda: self._look(inbound))

    async def _look(self, inbound: Inbound) -> None:
        ours = await asyncio.to_thread(self._hold.hold)
        if ours and not self.is_ours:
            await self._connect(inbound)
        elif self._is_open and not ours:
            await self._disconnect()

    async def _connect(self, inbound: Inbound) -> None:
        if self._is_open:  # what a start that failed has left
            await self._channel.stop()
        self._is_open = True
        await self._channel.start(inbound)
        self.is_ours = True
        log.info("this process holds the connection", action="connection.held", channel=self.traits.prefix)

    async def _disconnect(self) -> None:
        if self.is_ours:
            where = self.traits.prefix
            log.warning("another process holds the connection now", action="connection.standby", channel=where)
        self.is_ours = False
        await self._channel.stop()
        self._is_open = False


def standing_by(channels: Mapping[str, Channel]) -> frozenset[str]:
    """Prefixes of the channels that another process is connected with."""
    return frozenset(prefix for prefix, channel in channels.items() if isinstance(channel, Held) and channel.stands_by)
