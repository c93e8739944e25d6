"""A careful client of the simulated Feishu: its long connection, its calls, a card to send."""

import base64
import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import websockets

from sandbox.feishu import Feishu, frames
from sandbox.feishu.frames import Frame
from sandbox.tasks import Tasks

Json = dict[str, Any]
CREDENTIAL = {"app_id": "cli_1", "app_secret": "s3cret"}
ENDPOINT = {"AppID": "cli_1", "AppSecret": "s3cret"}


class Bot:
    """Takes every event and answers it with what `reply` makes of it; None: not at all."""

    def __init__(self, socket: websockets.ClientConnection, service: int) -> None:
        self.socket, self.service = socket, service
        self.events: list[Json] = []
        self.pongs: list[Frame] = []
        self.reply: Callable[[Json], tuple[int, Mapping[str, Any]] | None] = lambda event: (200, {})
        self._pieces: dict[str, dict[int, bytes]] = {}

    async def listen(self) -> None:
        async for data in self.socket:
            assert isinstance(data, bytes)
            await self.take(frames.read(data))

    async def take(self, frame: Frame) -> None:
        if frame.method == frames.CONTROL:
            self.pongs.append(frame)
            return
        pieces = self._pieces.setdefault(frame.headers["message_id"], {})
        pieces[int(frame.headers["seq"])] = frame.payload
        if len(pieces) < int(frame.headers["sum"]):
            return
        event = json.loads(b"".join(pieces[at] for at in sorted(pieces)))
        self.events.append(event)
        if (answer := self.reply(event)) is not None:
            code, data = answer
            body = {"code": code, "data": base64.b64encode(json.dumps(data).encode()).decode()}
            await self.socket.send(replace(frame, payload=json.dumps(body).encode()).packed())

    async def ping(self) -> None:
        await self.socket.send(Frame(0, 0, self.service, frames.CONTROL, {"type": "ping"}).packed())


async def address(domain: str) -> str:
    async with httpx.AsyncClient(base_url=domain) as http:
        answer = (await http.post("/callback/ws/endpoint", json=ENDPOINT)).json()
    return str(answer["data"]["URL"])


@asynccontextmanager
async def connected(domain: str) -> AsyncIterator[Bot]:
    url = await address(domain)
    tasks = Tasks()
    async with websockets.connect(url) as socket:
        bot = Bot(socket, int(parse_qs(urlsplit(url).query)["service_id"][0]))
        tasks.start(bot.listen())
        yield bot
        await tasks.stop()


class FeishuHttp:
    """Straight into the app: its own answers need no socket."""

    def __init__(self, simulator: Feishu) -> None:
        self.client = httpx.AsyncClient(transport=httpx.ASGITransport(simulator.app), base_url="http://sandbox")
        self.token = ""

    async def fetch_token(self, **changes: str) -> Json:
        path = "/open-apis/auth/v3/tenant_access_token/internal"
        answer: Json = (await self.client.post(path, json=CREDENTIAL | changes)).json()
        self.token = answer.get("tenant_access_token", self.token)
        return answer

    async def call(self, method: str, path: str, body: Mapping[str, Any]) -> Json:
        headers = {"Authorization": f"Bearer {self.token}"}
        answer = await self.client.request(method, f"/open-apis{path}", json=body, headers=headers)
        found: Json = answer.json()
        return found

    async def send(self, content: object, to: str = "oc_1", by: str = "chat_id", **changes: Any) -> Json:
        kind = "interactive" if isinstance(content, dict) and "text" not in content else "text"
        body = {"receive_id": to, "msg_type": kind, "content": json.dumps(content), **changes}
        return await self.call("POST", f"/im/v1/messages?receive_id_type={by}", body)

    async def patch(self, number: str, content: object) -> Json:
        return await self.call("PATCH", f"/im/v1/messages/{number}", {"content": json.dumps(content)})


APPROVE, REJECT = {"action": "approve", "revision": 1}, {"action": "reject", "revision": 1}


def card(title: str = "CR-42 交期提前2天", *elements: Json, **changes: Any) -> Json:
    """A card with a button and a form; a change of None leaves the part out."""
    whole: Json = {
        "schema": "2.0",
        "config": {"update_multi": True},
        "header": {"template": "orange", "title": words(title)},
        "body": {"elements": [{"tag": "markdown", "content": "**生产** MO-1"}, *(elements or (row(), form()))]},
        **changes,
    }
    return {name: part for name, part in whole.items() if part is not None}


def row(**changes: Any) -> Json:
    behaviors = [{"type": "callback", "value": APPROVE}]
    button = {"tag": "button", "text": words("同意"), "type": "primary", "behaviors": behaviors, **changes}
    return {"tag": "column_set", "columns": [{"tag": "column", "elements": [button]}]}


def form(**changes: Any) -> Json:
    field = {"tag": "input", "name": "reason", "required": True, "placeholder": words("原因")}
    send = {"tag": "button", "name": "send", "form_action_type": "submit", "text": words("驳回"), "value": REJECT}
    return {"tag": "form", "name": "reject", "elements": [field, send | changes]}


def words(content: str) -> Json:
    return {"tag": "plain_text", "content": content}
