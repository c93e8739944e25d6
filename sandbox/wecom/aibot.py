"""The aibot's long connection: one per bot, frames in both directions, acks with errcodes (rule W9)."""

import asyncio
import json
import secrets
from collections.abc import Mapping
from typing import Any

from starlette.websockets import WebSocket

from sandbox import sockets
from sandbox.pace import Window
from sandbox.tasks import Tasks
from sandbox.wecom import aibot_frames as frames
from sandbox.wecom.aibot_commands import Commands
from sandbox.wecom.aibot_voice import Voice
from sandbox.wecom.fields import only, refuse, table, text
from sandbox.wecom.limits import Limits
from sandbox.wecom.refusal import BAD_BOT, IN_FLIGHT, OK, TOO_OFTEN, Refusal
from sandbox.wecom.settings import Bot
from sandbox.wecom.told import Kind, Told
from sandbox.world import Card, ClickOutcome, Conversation, Person, Quote, World

Json = Mapping[str, Any]


class AibotSocket:
    def __init__(self, world: World, bot: Bot, voice: Voice, limits: Limits) -> None:
        self._world, self._bot, self._voice, self._limits = world, bot, voice, limits
        self._commands = Commands(world, voice, limits)
        self._tasks = Tasks()
        self._subscriptions = Window(limits.subscriptions_per_minute, 60)
        self.socket: WebSocket | None = None
        """The live connection."""
        self.kicked = 0
        """Number of times a second subscription ended a first."""
        self.delivered: list[Json] = []
        """Every callback frame, oldest first."""
        self.spoilt: list[Json] = []
        """What the next acknowledgements say, instead of what they should."""
        self.received: list[Json] = []
        """Every well-formed frame of a subscribed bot, pings included, oldest first."""

    # -- the connection ---------------------------------------------------------------------------------

    async def serve(self, socket: WebSocket) -> None:
        """One websocket: a subscription in time, then frames until it ends, is kicked, or falls silent."""
        await socket.accept()
        try:
            if await self._subscribe(socket):
                await self._listen(socket)
        except (sockets.Gone, TimeoutError):
            pass
        finally:
            if self.socket is socket:
                self.socket = None
        await sockets.close(socket)

    async def _subscribe(self, socket: WebSocket) -> bool:
        async with asyncio.timeout(self._limits.subscribe_seconds):
            raw = await sockets.receive(socket)
        req_id = ""
        try:
            frame = _frame(raw)
            req_id = frame["headers"]["req_id"]
            self._check_subscription(frame)
        except Refusal as refusal:
            await self._refuse(socket, req_id, "aibot_subscribe", refusal)
            return False
        await self._kick()
        self.socket = socket
        return await sockets.send(socket, {"headers": {"req_id": req_id}} | OK)

    def _check_subscription(self, frame: Json) -> None:
        if not self._subscriptions.take():
            raise Refusal(TOO_OFTEN, "too many subscriptions")
        body = table(frame, "body")
        right = body.get("bot_id") == self._bot.bot_id and body.get("secret") == self._bot.secret
        if frame["cmd"] != "aibot_subscribe" or not right or self._bot.callback_url:
            raise Refusal(BAD_BOT, "invalid bot_id or secret")

    async def _kick(self) -> None:
        """One live connection per bot: the older is told, then closed."""
        if (old := self.socket) is None:
            return
        self.kicked += 1
        self.socket = None
        body = {"msgid": secrets.token_hex(12), "aibotid": self._bot.bot_id, "msgtype": "event"}
        await sockets.send(
            old, _callback("aibot_event_callback", body | {"event": {"eventtype": "disconnected_event"}})
        )
        await sockets.close(old)

    async def _listen(self, socket: WebSocket) -> None:
        while self.socket is socket:
            async with asyncio.timeout(self._limits.idle_seconds):
                raw = await sockets.receive(socket)
            await self._hear(socket, raw)

    async def _hear(self, socket: WebSocket, raw: str) -> None:
        req_id, command = "", "frame"
        try:
            frame = _frame(raw)
            req_id, command = frame["headers"]["req_id"], frame["cmd"]
            self.received.append(frame)
            told = self._commands.told.get(req_id)
            if told is not None and told.in_flight:
                raise Refusal(IN_FLIGHT, "a reply to this req_id is in flight")
            body = self._commands.run(command, req_id, frame.get("body", {}))
        except Refusal as refusal:
            await self._refuse(socket, req_id, command, refusal)
        else:
            if told is not None:
                told.in_flight = True
            self._tasks.start(self._acknowledge(socket, req_id, told, body))

    async def _acknowledge(self, socket: WebSocket, req_id: str, told: Told | None, body: Json) -> None:
        """Acks take a moment, so that a bot which does not wait for them meets 6000."""
        if told is not None:
            await asyncio.sleep(self._limits.ack_seconds)
            told.in_flight = False
        said = self.spoilt.pop(0) if self.spoilt else OK | ({"body": body} if body else {})
        await sockets.send(socket, {"headers": {"req_id": req_id}, **said})

    async def _refuse(self, socket: WebSocket, req_id: str, what: str, refusal: Refusal) -> None:
        self._world.refuse("wecom", what, refusal.errmsg, refusal.errcode)
        await sockets.send(socket, {"headers": {"req_id": req_id}} | refusal.body)

    async def stop(self) -> None:
        """End every background task. The open socket stays with the server that holds it."""
        await self._tasks.stop()

    # -- what people do ---------------------------------------------------------------------------------

    async def say(
        self, conversation: Conversation, person: Person, words: str, quote: Quote | None = None
    ) -> None:
        if not conversation.bot_present:
            return
        conversation.opened = True
        body = frames.message(self._bot, conversation, person, self._at(), words, quote)
        await self._tell("aibot_msg_callback", Kind.MESSAGE, conversation, body)

    async def click(
        self, conversation: Conversation, person: Person, card: Card, action: str, inputs: Mapping[str, str]
    ) -> ClickOutcome:
        detail = frames.click(self._voice.cards[card.id], card.id, action, inputs)
        kind = "template_card_event"
        body = frames.event(self._bot, conversation, person, self._at(), kind=kind, detail=detail)
        told = await self._tell("aibot_event_callback", Kind.CARD, conversation, body, card.id)
        if told is None:
            return ClickOutcome.OFFLINE
        answered = await told.wait_answer(self._limits.click_seconds)
        return ClickOutcome.ANSWERED if answered else ClickOutcome.UNANSWERED

    async def enter(self, conversation: Conversation, person: Person) -> bool:
        """The day's first opening of a one-to-one chat; whether it was greeted in time."""
        body = frames.event(self._bot, conversation, person, self._at(), kind="enter_chat", detail={})
        told = await self._tell("aibot_event_callback", Kind.WELCOME, conversation, body)
        return told is not None and await told.wait_answer(self._limits.click_seconds)

    async def _tell(
        self, command: str, kind: Kind, conversation: Conversation, body: Json, task_id: str = ""
    ) -> Told | None:
        """Send a callback, once; None when no bot is connected."""
        frame = _callback(command, body)
        told = Told(frame["headers"]["req_id"], kind, conversation, self._world.now(), task_id)
        self._commands.told[told.req_id] = told
        if self.socket is None or not await sockets.send(self.socket, frame):
            return None
        self.delivered.append(frame)
        return told

    def _at(self) -> int:
        return int(self._world.now().timestamp())


def _callback(command: str, body: Json) -> dict[str, Any]:
    return {"cmd": command, "headers": {"req_id": secrets.token_hex(12)}, "body": body}


def _frame(raw: str) -> Json:
    try:
        frame = json.loads(raw)
    except ValueError:
        raise refuse("the frame is not JSON") from None
    if not isinstance(frame, dict):
        raise refuse("the frame is not a JSON object")
    only(frame, {"cmd", "headers", "body"}, "the frame")
    text(frame, "cmd", "")
    text(table(frame, "headers"), "req_id", "headers.")
    if not isinstance(frame.get("body", {}), dict):
        raise refuse("body must be an object")
    return frame
