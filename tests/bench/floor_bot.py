"""The least that a bot can do: DingTalk's SDK, one durable commit for a message, then one call that shows a card.

`python -m tests.bench.floor_bot` serves the settings of the folder it is started in. It says when it is connected only
through the platform, as every bot does.
"""

import asyncio
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import yaml
from dingtalk_stream import AckMessage, CallbackMessage

from bot.channels.common.channel import CardDelivery
from bot.channels.dingtalk.gateway import Gateway
from bot.channels.dingtalk.messages import create_and_deliver
from cards.card import Card, Tone

MESSAGES = "/v1.0/im/bot/messages/get"
CARDS = "/v1.0/card/instances/createAndDeliver"


class FloorBot:
    def __init__(self, section: dict[str, Any]) -> None:
        self._section = section
        self._client = httpx.AsyncClient(base_url=section["endpoint"], trust_env=False)
        self._writer = ThreadPoolExecutor(1)
        self._showing: set[asyncio.Task[None]] = set()
        self._token = ""

    async def run(self) -> None:
        who = {"appKey": self._section["client_id"], "appSecret": self._section["client_secret"]}
        self._token = (await self._client.post("/v1.0/oauth2/accessToken", json=who)).json()["accessToken"]
        await asyncio.get_running_loop().run_in_executor(self._writer, self._open)

        async def leave() -> None: ...

        way = self._section["endpoint"], self._section["client_id"], self._section["client_secret"]
        await Gateway(*way, {MESSAGES: self._said}, leave).start()

    def _open(self) -> None:
        self._database = sqlite3.connect("floor.db", isolation_level=None)
        self._database.execute("PRAGMA journal_mode=WAL")
        self._database.execute("PRAGMA synchronous=FULL")
        self._database.execute("CREATE TABLE messages (id TEXT PRIMARY KEY, text TEXT)")

    async def _said(self, message: CallbackMessage) -> tuple[int, dict[str, Any]]:
        words = message.data["text"]["content"]
        loop, row = asyncio.get_running_loop(), (message.data["msgId"], words)
        await loop.run_in_executor(self._writer, self._database.execute, "INSERT INTO messages VALUES (?, ?)", row)
        showing = asyncio.create_task(self._show(message.data["conversationId"], words))
        self._showing.add(showing)
        showing.add_done_callback(self._showing.discard)
        return AckMessage.STATUS_OK, {}

    async def _show(self, conversation: str, words: str) -> None:
        card = Card(title="变更", status="草稿", tone=Tone.INFO, body=words)
        delivery = CardDelivery(f"floor-{words[-7:]}", 1, conversation, card)
        body = create_and_deliver(delivery, self._section["card_template_id"], self._section["client_id"])
        answer = await self._client.post(CARDS, json=body, headers={"x-acs-dingtalk-access-token": self._token})
        answer.raise_for_status()


if __name__ == "__main__":
    with open("config.yaml", encoding="utf-8") as file:
        asyncio.run(FloorBot(yaml.safe_load(file)["dingtalk"]).run())
