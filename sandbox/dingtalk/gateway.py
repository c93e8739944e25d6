"""The stream gateway: tickets, connections, delivery and redelivery (rules D1 to D3)."""

import asyncio
import random
import secrets
from datetime import datetime, timedelta

from starlette.websockets import WebSocket

from sandbox import sockets
from sandbox.dingtalk import acks
from sandbox.dingtalk.connections import Connection, Topics, topics
from sandbox.dingtalk.frames import Frame, Identity
from sandbox.dingtalk.limits import Limits
from sandbox.dingtalk.pushes import Push
from sandbox.dingtalk.refusal import Refusal
from sandbox.tasks import Tasks
from sandbox.world import World


class Gateway:
    def __init__(self, world: World, who: Identity, limits: Limits) -> None:
        self._world, self._who, self._limits = world, who, limits
        self._tickets: dict[str, tuple[Topics, datetime]] = {}
        self._pushes: dict[str, Push] = {}
        self._tasks = Tasks()
        self.connections: list[Connection] = []
        self.lost: list[Frame] = []
        """Frames nobody was connected for: the platform does not keep them."""
        self.delivered: list[Frame] = []
        """Every delivery as it left, redeliveries included."""

    # -- connections ------------------------------------------------------------------------------------

    def ticket(self, subscriptions: object) -> str:
        """A single-use ticket; Refusal when the subscriptions are wrong or there are too many connections."""
        wanted = topics(subscriptions)
        if len(self.connections) >= self._limits.connections:
            raise Refusal("too.many.connections", "连接数超过上限", 403)
        ticket = secrets.token_urlsafe(24)
        self._tickets[ticket] = (wanted, self._world.now() + timedelta(seconds=self._limits.ticket_seconds))
        return ticket

    async def serve(self, socket: WebSocket) -> None:
        """One websocket, from its ticket to its end."""
        wanted, until = self._tickets.pop(socket.query_params.get("ticket", ""), (None, self._world.now()))
        if wanted is None or until <= self._world.now():
            self._world.refuse("dingtalk", "connect", "the ticket is unknown, used or too old", 403)
            await socket.close(1008)
            return
        await socket.accept()
        connection = Connection(socket, wanted, self._who)
        self.connections.append(connection)
        pinging = self._tasks.start(self._keep_alive(connection))
        try:
            while True:
                self._hear(connection, await sockets.receive(socket))
        except sockets.Gone:
            pass
        finally:
            pinging.cancel()
            self.connections.remove(connection)

    async def disconnect(self, connection: Connection, reason: str) -> None:
        """Announce the end of a connection; its socket is closed after the drain time."""
        await connection.disconnect(self._world.now(), reason)
        self._tasks.start(self._close_later(connection))

    async def stop(self) -> None:
        """End every background task. Open sockets stay with the server that holds them."""
        await self._tasks.stop()

    async def _close_later(self, connection: Connection) -> None:
        await asyncio.sleep(self._limits.drain_seconds)
        await sockets.close(connection.socket)

    async def _keep_alive(self, connection: Connection) -> None:
        alive = True
        while alive:
            await asyncio.sleep(self._limits.ping_seconds)
            alive = await connection.ping(self._world.now(), self._limits.ping_seconds)
        await sockets.abort(connection.socket)

    # -- pushing ----------------------------------------------------------------------------------------

    async def push(self, frame: Frame) -> Push | None:
        """Deliver to one connection, and again until it is acknowledged; None: nobody is connected."""
        push = Push(frame)
        self._pushes[push.id] = push
        if not await self._deliver(push):
            self.lost.append(frame)
            return None
        self._tasks.start(self._redeliver(push))
        return push

    async def again(self, message_id: str) -> bool:
        """Deliver a known frame once more, acknowledged or not; False when nobody is connected."""
        return await self._deliver(self._pushes[message_id])

    def is_settled(self, message_id: str) -> bool:
        return self._pushes[message_id].settled.is_set()

    async def send_raw(self, frame: Frame | str | bytes) -> None:
        """Any frame, text or bytes to one connection, untracked and unchecked."""
        await sockets.send(random.choice(self.connections).socket, frame)

    async def _deliver(self, push: Push) -> bool:
        ready = [each for each in self.connections if each.wants(*push.topic)]
        random.shuffle(ready)
        for connection in ready:
            sent = push.on(connection.id)
            if await sockets.send(connection.socket, sent):
                self.delivered.append(sent)
                return True
        return False

    async def _redeliver(self, push: Push) -> None:
        for _ in range(self._limits.deliveries - 1):
            if await push.wait_settled(self._limits.redelivery_seconds):
                return
            await self._deliver(push)

    # -- listening --------------------------------------------------------------------------------------

    def _hear(self, connection: Connection, text: str) -> None:
        def kind_of(message_id: str) -> str | None:
            if connection.asked(message_id):
                return "SYSTEM"
            return self._pushes[message_id].kind if message_id in self._pushes else None

        try:
            ack = acks.read(text, kind_of)
        except acks.BadAck as mistake:
            self._world.refuse("dingtalk", "ack", str(mistake), 400)
            return
        if ack.message_id in self._pushes:
            self._take(self._pushes[ack.message_id], ack)
        elif not connection.hear(ack):
            self._world.refuse("dingtalk", "ping", "the answer must be 200 and echo the same data", 400)

    def _take(self, push: Push, ack: acks.Ack) -> None:
        if push.late and not push.answer.done():
            self._world.refuse("dingtalk", "ack", "a card callback was answered after its deadline", 408)
        push.take(ack)
