"""A channel that notes what is sent by it and fails as it is told; a clock that stands until it is moved."""

import asyncio
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.channels.common.channel import CardDelivery, Delivered, Inbound
from handlers.platforms import Traits
from tests.small_company import NOW, TRAITS


class StandingClock:
    def __init__(self, now: datetime = NOW) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now

    def move(self, **span: float) -> None:
        self._now += timedelta(**span)


@dataclass
class Scripted:
    """`script[conversation]`: what happens at the next calls there, in turn: an exception is raised, a function called,
    an event waited for, "lost" means that it arrived and the answer did not."""

    traits: Traits = TRAITS.by_prefix["dingtalk"]
    posts: list[tuple[str, str]] = field(default_factory=list)
    pictures: list[tuple[str, bytes]] = field(default_factory=list)
    cards: list[CardDelivery] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    """Addresses, in order of call, refused ones included."""
    keys: list[str] = field(default_factory=list)
    """Of what was said, beside `posts`."""
    script: dict[str, deque[object]] = field(default_factory=lambda: defaultdict(deque))
    handles: deque[str] = field(default_factory=deque)

    async def start(self, inbound: Inbound) -> None: ...

    async def stop(self) -> None: ...

    def trouble(self) -> str:
        return ""

    async def check(self) -> str:
        return ""

    async def put_card(self, delivery: CardDelivery) -> Delivered:
        after = await self._play(delivery.conversation)
        self.cards.append(delivery)
        _lose(after)
        return Delivered(delivery.card_id, self.handles.popleft() if self.handles else None)

    async def post(self, conversation: str, markdown: str, key: str) -> None:
        after = await self._play(conversation)
        self.posts.append((conversation, markdown))
        self.keys.append(key)
        _lose(after)

    async def show(self, conversation: str, png: bytes, key: str) -> None:
        after = await self._play(conversation)
        self.pictures.append((conversation, png))
        _lose(after)

    def said_in(self, conversation: str) -> list[str]:
        return [text for where, text in self.posts if where == conversation]

    async def _play(self, conversation: str) -> object:
        self.calls.append(conversation)
        await asyncio.sleep(0)
        step = self.script[conversation].popleft() if self.script[conversation] else None
        if isinstance(step, Exception):
            raise step
        if isinstance(step, asyncio.Event):
            await step.wait()
        if isinstance(step, Callable):  # type: ignore[arg-type]
            await step()  # type: ignore[operator]
        return step


def _lose(step: object) -> None:
    if step == "lost":
        raise ConnectionResetError("the answer was lost")
