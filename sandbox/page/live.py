"""Notice to an open page that a phone changed: one event stream per browser window."""

import asyncio
import json
from collections.abc import AsyncIterator
from itertools import count
from uuid import uuid4

from sse_starlette import ServerSentEvent

from sandbox.world import Change, World

HEARTBEAT = 15
"""Seconds between the pings that keep a quiet stream open."""
RECONNECT = 1000
"""Milliseconds a browser waits before it asks for a lost stream again."""
CLOSING = Change("closing", "", "")


class Live:
    """The open event streams.

    A stream first says `hello` with the world's stamp, when it already watches: a page whose own stamp differs
    missed something, however that came, and fetches everything anew. Then every change names its conversation.
    """

    def __init__(self, world: World) -> None:
        self._world = world
        self._boot = uuid4().hex[:8]
        self._open: set[asyncio.Queue[Change]] = set()
        self._closed = False

    @property
    def boot(self) -> str:
        """Another value means another process: the page reloads itself, scripts and all."""
        return self._boot

    @property
    def stamp(self) -> str:
        """Differs after every change of the world."""
        texts = tuple(entry.text for entry in self._world.entries)
        cards = tuple(card.revision for card in self._world.cards.values())
        return f"{hash((tuple(self._world.conversations), texts, cards)):x}"

    async def stream(self) -> AsyncIterator[ServerSentEvent]:
        """Events for one window until it goes away or `close()` is called."""
        numbers = count(1)
        async with self._world.watch() as changes:
            self._open.add(changes)
            try:
                yield _event(next(numbers), "hello", boot=self._boot, stamp=self.stamp)
                while not self._closed and (change := await changes.get()) is not CLOSING:
                    yield _event(next(numbers), "change", conversation=change.conversation)
            finally:
                self._open.discard(changes)

    def close(self) -> None:
        """End every stream: a server that stops waits for its open responses first."""
        self._closed = True
        for changes in self._open:
            changes.put_nowait(CLOSING)


def _event(number: int, name: str, **data: str) -> ServerSentEvent:
    text = json.dumps(data, ensure_ascii=False)
    return ServerSentEvent(text, event=name, id=str(number), retry=RECONNECT)
