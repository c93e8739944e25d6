"""A small bot on the aibot's websocket."""

import json
from types import TracebackType
from typing import Any, Self

import websockets

Json = dict[str, Any]


class AibotClient:
    def __init__(self, url: str, bot_id: str = "aib1", secret: str = "bot-secret") -> None:
        self._url, self._body = url.replace("http", "ws", 1) + "/ws", {"bot_id": bot_id, "secret": secret}
        self._count = 0
        self._told: list[Json] = []

    async def __aenter__(self) -> Self:
        self.socket = await websockets.connect(self._url)
        assert (await self.subscribe())["errcode"] == 0
        return self

    async def __aexit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        await self.socket.close()

    async def subscribe(self) -> Json:
        return await self.call("aibot_subscribe", self._body)

    async def send(self, command: str, body: Json, req_id: str = "") -> str:
        """Send without waiting; the req_id."""
        self._count += 1
        req_id = req_id or f"r{self._count}"
        await self.socket.send(json.dumps({"cmd": command, "headers": {"req_id": req_id}, "body": body}))
        return req_id

    async def call(self, command: str, body: Json, req_id: str = "") -> Json:
        """Send and wait for the ack; callbacks that come in between are kept for `told`."""
        await self.send(command, body, req_id)
        return await self.ack()

    async def ack(self) -> Json:
        while "cmd" in (frame := await self.receive()):
            self._told.append(frame)
        return frame

    async def told(self) -> Json:
        """The next callback frame."""
        return self._told.pop(0) if self._told else await self.receive()

    async def receive(self) -> Json:
        frame: Json = json.loads(await self.socket.recv())
        return frame

    async def push(self, kind: str, content: Any, chat: str = "wr1", chat_type: int | None = 2) -> Json:
        """aibot_send_msg."""
        body = {"chatid": chat, "chat_type": chat_type, "msgtype": kind, kind: content}
        return await self.call("aibot_send_msg", body)

    async def reply(self, told: Json, kind: str, content: Any) -> Json:
        return await self.call("aibot_respond_msg", {"msgtype": kind, kind: content}, told["headers"]["req_id"])

    async def update(self, told: Json, template: Json, **changes: Any) -> Json:
        """Answer a click with a whole card."""
        body = {"response_type": "update_template_card", "template_card": template, **changes}
        return await self.call("aibot_respond_update_msg", body, told["headers"]["req_id"])
