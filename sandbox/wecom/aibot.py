"""The aibot's long connection: one per bot, frames in both directions, acks with errcodes (protocol 8B)."""

import asyncio
import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from starlette.websockets import WebSocket

from sandbox import sockets
from sandbox.directory import one_to_one
from sandbox.pace import Window
from sandbox.tasks import Tasks
from sandbox.wecom import aibot_frames as frames
from sandbox.wecom.aibot_voice import Voice
from sandbox.wecom.fields import number, only, refuse, sized, table, text
from sandbox.wecom.limits import Limits
from sandbox.wecom.refusal import (
    BAD_BOT,
    BAD_CHAT,
    BAD_REQUEST_ID,
    BAD_TYPE,
    IN_FLIGHT,
    NOT_ALLOWED,
    OK,
    STREAM_EXPIRED,
    TOO_OFTEN,
    Refusal,
)
from sandbox.wecom.settings import Bot
from sandbox.world import Card, ClickOutcome, Conversation, Entry, Person, Platform, World

Json = Mapping[str, Any]
Command = Callable[[str, Json], None]


@dataclass(eq=False, slots=True)
class Told:
    """One callback frame and what may still be answered to it."""

    req_id: str
    kind: str
    """message | card | welcome"""
    conversation: Conversation
    at: datetime
    task_id: str = ""
    answered: asyncio.Event = field(default_factory=asyncio.Event)
    open: bool = True
    """Within the event's few seconds."""
    in_flight: bool = False
    streams: dict[str, tuple[Entry, datetime]] = field(default_factory=dict)
    finished: set[str] = field(default_factory=set)


class AibotSocket:
    def __init__(self, world: World, bot: Bot, voice: Voice, limits: Limits) -> None:
        self._world, self._bot, self._voice, self._limits = world, bot, voice, limits
        self._told: dict[str, Told] = {}
        self._tasks = Tasks()
        self._subscriptions = Window(limits.subscriptions_per_minute, 60)
        self.socket: WebSocket | None = None
        """The live connection."""
        self.kicked = 0
        self.delivered: list[Json] = []
        """Every callback frame, oldest first."""
        self.received: list[Json] = []
        """Every frame of the bot but subscriptions, oldest first."""
        self.commands: dict[str, Command] = {
            "aibot_respond_msg": self._respond,
            "aibot_respond_update_msg": self._update,
            "aibot_respond_welcome_msg": self._welcome,
            "aibot_send_msg": self._send,
            "ping": lambda req_id, body: None,
        }

    # -- the connection ---------------------------------------------------------------------------------

    async def serve(self, socket: WebSocket) -> None:
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
        event = {"msgtype": "event", "event": {"eventtype": "disconnected_event"}, "aibotid": self._bot.bot_id}
        await sockets.send(old, _callback("aibot_event_callback", event | {"msgid": secrets.token_hex(12)}))
        self.socket = None
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
            if command not in self.commands:
                raise refuse(f"no such cmd: {command}")
            self.received.append(frame)
            told = self._told.get(req_id) if command == "aibot_respond_msg" else None
            if told is not None and told.in_flight:
                raise Refusal(IN_FLIGHT, "a reply to this req_id is in flight")
            self.commands[command](req_id, frame.get("body", {}))
        except Refusal as refusal:
            await self._refuse(socket, req_id, command, refusal)
            return
        if told is not None:
            told.in_flight = True
        self._tasks.start(self._acknowledge(socket, req_id, told))

    async def _acknowledge(self, socket: WebSocket, req_id: str, told: Told | None) -> None:
        if told is not None:
            await asyncio.sleep(self._limits.ack_seconds)
            told.in_flight = False
        await sockets.send(socket, {"headers": {"req_id": req_id}} | OK)

    async def _refuse(self, socket: WebSocket, req_id: str, what: str, refusal: Refusal) -> None:
        self._world.refuse("wecom", what, refusal.errmsg, refusal.errcode)
        await sockets.send(socket, {"headers": {"req_id": req_id}} | refusal.body)

    async def stop(self) -> None:
        await self._tasks.stop()

    # -- what people do ---------------------------------------------------------------------------------

    async def say(self, conversation: Conversation, person: Person, words: str) -> None:
        conversation.opened = True
        body = frames.message(self._bot, conversation, person, self._at(), words)
        await self.tell("aibot_msg_callback", "message", conversation, body)

    async def click(
        self, conversation: Conversation, person: Person, card: Card, action: str, inputs: Mapping[str, str]
    ) -> ClickOutcome:
        detail = frames.click(self._voice.cards[card.id], card.id, action, inputs)
        body = frames.event(
            self._bot, conversation, person, self._at(), kind="template_card_event", detail=detail
        )
        told = await self.tell("aibot_event_callback", "card", conversation, body, card.id)
        if told is None:
            return ClickOutcome.OFFLINE
        return ClickOutcome.ANSWERED if await self._answered(told) else ClickOutcome.UNANSWERED

    async def enter(self, conversation: Conversation, person: Person) -> bool:
        """The day's first opening of a one-to-one chat; whether it was greeted in time."""
        body = frames.event(self._bot, conversation, person, self._at(), kind="enter_chat", detail={})
        told = await self.tell("aibot_event_callback", "welcome", conversation, body)
        return told is not None and await self._answered(told)

    async def tell(
        self, command: str, kind: str, conversation: Conversation, body: Json, task_id: str = ""
    ) -> Told | None:
        """Send a callback, once; None when no bot is connected."""
        frame = _callback(command, body)
        if self.socket is None or not await sockets.send(self.socket, frame):
            return None
        told = Told(frame["headers"]["req_id"], kind, conversation, self._world.now(), task_id)
        self._told[told.req_id] = told
        self.delivered.append(frame)
        return told

    async def _answered(self, told: Told) -> bool:
        try:
            async with asyncio.timeout(self._limits.click_seconds):
                await told.answered.wait()
        except TimeoutError:
            return False
        finally:
            told.open = False
        return True

    def _at(self) -> int:
        return int(self._world.now().timestamp())

    # -- what the bot sends -----------------------------------------------------------------------------

    def _respond(self, req_id: str, body: Json) -> None:
        told = self._told_for(req_id, "message")
        if self._world.now() - told.at > timedelta(hours=self._limits.reply_hours):
            raise Refusal(BAD_REQUEST_ID, "req_id is older than 24 h")
        kind = body.get("msgtype")
        if kind == "template_card":
            only(body, {"msgtype", kind}, "the reply")
            self._voice.card(told.conversation, body)
        elif kind == "stream":
            only(body, {"msgtype", kind}, "the reply")
            self._stream(told, table(body, kind))
        else:
            raise Refusal(BAD_TYPE, f"msgtype {kind!r} cannot be a reply")

    def _stream(self, told: Told, part: Json) -> None:
        only(part, {"id", "finish", "content", "msg_item", "feedback"}, "stream")
        stream_id, content = text(part, "id", "stream."), ""
        if part.get("content"):
            content = sized(part, "content", "stream.", self._limits.markdown_bytes)
        row, since = told.streams.get(stream_id, (None, self._world.now()))
        late = self._world.now() - since > timedelta(minutes=self._limits.stream_minutes)
        if stream_id in told.finished or late:
            raise Refusal(STREAM_EXPIRED, "the stream is finished or expired")
        told.streams[stream_id] = (self._voice.stream(told.conversation, content, row), since)
        if part.get("finish") is True:
            told.finished.add(stream_id)

    def _update(self, req_id: str, body: Json) -> None:
        told = self._told_for(req_id, "card")
        self._voice.update(told.conversation, told.task_id, body)
        told.answered.set()

    def _welcome(self, req_id: str, body: Json) -> None:
        told = self._told_for(req_id, "welcome")
        kind = body.get("msgtype")
        if kind == "text":
            self._voice.text(told.conversation, body)
        elif kind == "template_card":
            self._voice.card(told.conversation, body)
        else:
            raise Refusal(BAD_TYPE, f"msgtype {kind!r} cannot be a welcome")
        told.answered.set()

    def _told_for(self, req_id: str, kind: str) -> Told:
        told = self._told.get(req_id)
        if told is None or told.kind != kind:
            raise Refusal(BAD_REQUEST_ID, "invalid req_id")
        if kind != "message" and (told.answered.is_set() or not told.open):
            raise Refusal(BAD_REQUEST_ID, "the event was answered already or its 5 s are over")
        return told

    def _send(self, req_id: str, body: Json) -> None:
        kind = text(body, "msgtype", "")
        if kind not in ("markdown", "template_card"):
            raise Refusal(BAD_TYPE, f"msgtype {kind!r} cannot be sent")
        only(body, {"chatid", "chat_type", "msgtype", kind}, "the message")
        conversation = self._chat(text(body, "chatid", ""), number(body, "chat_type", "", range(3)))
        if kind == "markdown":
            self._voice.markdown(conversation, body)
        else:
            self._voice.card(conversation, body)

    def _chat(self, chat_id: str, chat_type: int) -> Conversation:
        """0 finds a group first, then a person."""
        found = self._world.conversations.get(f"{Platform.WECOM}:{chat_id}")
        if found is None and chat_type != 2:
            found = one_to_one(self._world, Platform.WECOM, chat_id)
        if found is None or (chat_type and found.single != (chat_type == 1)):
            raise Refusal(BAD_CHAT, f"invalid chatid {chat_id}")
        if not found.bot_present or not found.opened:
            raise Refusal(NOT_ALLOWED, f"nobody has messaged the bot in {chat_id}, or it is not there")
        return found


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
    return frame
