"""The long connection: who is connected, what is pushed to them, and what comes again unanswered."""

import asyncio
import base64
import itertools
import json
import random
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from starlette.responses import Response
from starlette.websockets import WebSocket

from sandbox import sockets
from sandbox.feishu import frames
from sandbox.feishu.events import Event
from sandbox.feishu.frames import BadFrame, Frame
from sandbox.feishu.limits import Limits
from sandbox.tasks import Tasks
from sandbox.world import World

SERVICE = 7
TOO_MANY = {"Handshake-Status": "514", "Handshake-Msg": "too many", "Handshake-Autherrcode": "1000040350"}
FOREIGN = {"Handshake-Status": "403", "Handshake-Msg": "forbidden"}


@dataclass(eq=False, slots=True)
class Push:
    event: Event
    number: str
    sent: list[Frame] = field(default_factory=list)
    """Every frame of it that has left: an answer repeats one of them."""
    answered: asyncio.Event = field(default_factory=asyncio.Event)
    answer: Mapping[str, Any] | None = None


class Gateway:
    def __init__(self, world: World, limits: Limits) -> None:
        self._world, self._limits = world, limits
        self._tickets: set[str] = set()
        self._pushes: dict[str, Push] = {}
        self._sequence = itertools.count(1)
        self.tasks = Tasks()
        self.connections: list[WebSocket] = []
        self.delivered: list[Push] = []
        """Events in the order of their first delivery."""
        self.pings = 0

    def ticket(self) -> str:
        made = secrets.token_hex(8)
        self._tickets.add(made)
        return made

    def config(self) -> Mapping[str, int]:
        pings = self._limits.ping_seconds
        return {"ReconnectCount": -1, "ReconnectInterval": 120, "ReconnectNonce": 30, "PingInterval": pings}

    async def serve(self, socket: WebSocket) -> None:
        ticket, full = socket.query_params.get("ticket", ""), len(self.connections) >= self._limits.connections
        if ticket not in self._tickets or full:
            headers = TOO_MANY if full else FOREIGN
            self._world.refuse("feishu", "connect", headers["Handshake-Msg"], headers["Handshake-Status"])
            await socket.send_denial_response(Response(status_code=403, headers=headers))
            return
        self._tickets.discard(ticket)
        await socket.accept()
        self.connections.append(socket)
        try:
            while True:
                async with asyncio.timeout(2 * self._limits.ping_seconds):
                    message = await socket.receive()
                if message["type"] != "websocket.receive":
                    return
                await self._hear(socket, message.get("bytes"))
        except (BadFrame, TimeoutError) as error:
            self._world.refuse("feishu", "connection", str(error) or "no ping for too long", 1002)
            await sockets.close(socket, 1002)
        finally:
            self.connections.remove(socket)

    async def push(self, event: Event, *, again: bool = True) -> Push | None:
        """Deliver and wait for the first answer in time; None: nobody is connected. `again`: later, if need be."""
        push = Push(event, secrets.token_hex(16))
        self._pushes[push.number] = push
        if (there := await self.deliver(push)) and await self._answered(push):
            return push
        if again:
            self.tasks.start(self._insist(push))
        return push if there else None

    async def deliver(self, push: Push) -> bool:
        """One delivery on any one of the connections, in one frame or cut into several."""
        if not self.connections:
            return False
        if push not in self.delivered:
            self.delivered.append(push)
        socket, payload = random.choice(self.connections), json.dumps(push.event, ensure_ascii=False).encode()
        size = self._limits.frame_bytes or len(payload)
        parts = [payload[at : at + size] for at in range(0, len(payload), size)]
        for at, part in enumerate(parts):
            headers = {"type": "event", "message_id": push.number, "trace_id": secrets.token_hex(8)}
            place = {"sum": str(len(parts)), "seq": str(at)}
            frame = Frame(next(self._sequence), 1, SERVICE, frames.DATA, headers | place, part)
            push.sent.append(frame)
            await sockets.send(socket, frame.packed())
        return True

    async def _insist(self, push: Push) -> None:
        for pause in self._limits.redelivery_seconds:
            await asyncio.sleep(pause)
            if await self.deliver(push) and await self._answered(push):
                return

    async def _answered(self, push: Push) -> bool:
        try:
            async with asyncio.timeout(self._limits.answer_seconds):
                await push.answered.wait()
        except TimeoutError:
            return False
        return True

    async def _hear(self, socket: WebSocket, data: bytes | None) -> None:
        frame = frames.read(data or b"")
        if frame.method == frames.CONTROL and frame.headers.get("type") == "ping" and frame.service == SERVICE:
            self.pings += 1
            pong = replace(frame, headers={"type": "pong"}, payload=json.dumps(self.config()).encode())
            await sockets.send(socket, pong.packed())
            return
        push = self._pushes.get(frame.headers.get("message_id", ""))
        if push is None or not any(_repeats(frame, sent) for sent in push.sent):
            raise BadFrame("neither a ping nor the answer to a frame that was sent")
        answer = _answer(frame.payload)
        if answer is None:
            self._world.refuse("feishu", "answer", "an answer is {code, data?}, its data JSON in base64", 1002)
        elif answer["code"] == 200 and not push.answered.is_set():
            push.answer = answer["data"]
            push.answered.set()


def _repeats(frame: Frame, sent: Frame) -> bool:
    """An answer is the frame that came, with another payload and perhaps more headers."""
    numbers = ("sequence", "log", "service", "method")
    same = all(getattr(frame, name) == getattr(sent, name) for name in numbers)
    return same and sent.headers.items() <= frame.headers.items()


def _answer(payload: bytes) -> Mapping[str, Any] | None:
    try:
        answer = json.loads(payload)
        inner = json.loads(base64.b64decode(answer["data"], validate=True)) if answer.get("data") else {}
    except (ValueError, TypeError, AttributeError):
        return None
    right = isinstance(answer.get("code"), int) and isinstance(inner, dict)
    return {"code": answer["code"], "data": inner} if right else None
