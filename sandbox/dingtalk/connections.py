"""One stream connection: what it subscribed to, and how it is kept, drained and dropped (rules D1, D3)."""

import asyncio
import secrets
from dataclasses import dataclass, field
from datetime import datetime

from starlette.websockets import WebSocket

from sandbox import sockets
from sandbox.dingtalk import frames
from sandbox.dingtalk.acks import Ack
from sandbox.dingtalk.frames import Frame, Identity
from sandbox.dingtalk.refusal import Refusal

Topics = frozenset[tuple[str, str]]


@dataclass(eq=False, slots=True)
class Connection:
    socket: WebSocket
    topics: Topics
    who: Identity
    id: str = field(default_factory=lambda: secrets.token_hex(8))
    takes_pushes: bool = True
    _pings: dict[str, tuple[str, "asyncio.Future[bool]"]] = field(default_factory=dict)
    _last_words: set[str] = field(default_factory=set)

    def wants(self, kind: str, topic: str) -> bool:
        return self.takes_pushes and ((kind, topic) in self.topics or (kind, "*") in self.topics)

    async def ping(self, at: datetime, seconds: float) -> bool:
        """SYSTEM ping; whether its data came back in time."""
        opaque = secrets.token_hex(8)
        echoed: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        made = frames.frame("SYSTEM", "ping", {"opaque": opaque}, self.who, at)
        self._pings[made["headers"]["messageId"]] = (opaque, echoed)
        await self._send(made)
        try:
            async with asyncio.timeout(seconds):
                return await echoed
        except TimeoutError:
            return False

    async def disconnect(self, at: datetime, reason: str) -> None:
        """SYSTEM disconnect: from now on nothing is pushed here."""
        self.takes_pushes = False
        made = frames.frame("SYSTEM", "disconnect", {"reason": reason}, self.who, at)
        self._last_words.add(made["headers"]["messageId"])
        await self._send(made)

    def asked(self, message_id: str) -> bool:
        """Check whether this connection was sent that SYSTEM frame."""
        return message_id in self._pings or message_id in self._last_words

    def hear(self, ack: Ack) -> bool:
        """An answer to a SYSTEM frame; False when it is a wrong one. One to `disconnect` means nothing."""
        if ack.message_id in self._last_words:
            return True
        opaque, echoed = self._pings[ack.message_id]
        right = ack.code == 200 and ack.data == {"opaque": opaque}
        if not echoed.done():
            echoed.set_result(right)
        return right

    async def _send(self, made: Frame) -> None:
        made["headers"]["connectionId"] = self.id
        await sockets.send(self.socket, made)


def topics(subscriptions: object) -> Topics:
    """Topics that a client may subscribe to; Refusal for anything else."""
    if not isinstance(subscriptions, list) or not subscriptions:
        raise Refusal("invalidParameter.subscriptions", "subscriptions must be a non-empty list")
    return frozenset(_topic(each) for each in subscriptions)


def _topic(subscription: object) -> tuple[str, str]:
    given = subscription if isinstance(subscription, dict) else {}
    kind, topic = given.get("type"), given.get("topic")
    if (kind == "EVENT" and isinstance(topic, str)) or (kind == "CALLBACK" and topic in frames.TOPICS):
        return str(kind), str(topic)
    raise Refusal("invalidParameter.subscriptions", f"unknown subscription {subscription!r}")
