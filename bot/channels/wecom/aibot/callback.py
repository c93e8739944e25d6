"""WeCom's aibot by callbacks: it can answer, and hardly ever speak first (rule W8).

Kept for companies whose bot is set to a callback address. What it cannot do: say anything unless somebody spoke to it
within the last hour, say it twice, or put a card with buttons into a group. The long connection can.
"""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from fastapi import APIRouter
from starlette.responses import JSONResponse, Response

from bot.channels.common.channel import CardDelivery, Clicked, Delivered, Inbound, Undeliverable
from bot.channels.common.clean import parsed
from bot.channels.common.moment import moment
from bot.channels.common.pieces import pieces
from bot.channels.wecom.aibot import events
from bot.channels.wecom.aibot.channel import update_for
from bot.channels.wecom.aibot.response_urls import ResponseUrls
from bot.channels.wecom.callback_door import Door, Unreadable
from bot.channels.wecom.seal import Forged, Seal, Sealed, Stamp
from bot.channels.wecom.traits import AIBOT_CALLBACK
from cards.card import Card
from cards.encoders.wecom.encode import AIBOT, template_card
from cards.markdown import without_signs
from cards.words import Words

PATH = "/wecom/aibot/callback"


class WeComAibotCallback:
    """Conversations as with the long connection. `router` must be mounted for people to be heard."""

    traits = AIBOT_CALLBACK

    def __init__(
        self,
        *,
        token: str,
        encoding_aes_key: str,
        url: str,
        locale: str = "zh-CN",
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        answer_seconds: float = AIBOT_CALLBACK.click_seconds,
    ) -> None:
        """`url`: where a press on a card leads. ValueError for a malformed encoding_aes_key."""
        self._url, self._words = url, Words(locale)
        self._responses, self._clock = ResponseUrls(self._words, clock), clock
        self._door = Door(PATH, Seal(token, encoding_aes_key, ""), JsonWrapping(), self._hear, clock, answer_seconds)
        self._inbound: Inbound | None = None

    @property
    def router(self) -> APIRouter:
        """GET and POST `/wecom/aibot/callback`."""
        return self._door.router

    async def start(self, inbound: Inbound) -> None:
        """Take callbacks from now on."""
        self._inbound = inbound

    async def stop(self) -> None:
        self._inbound = None
        await self._door.stop()
        await self._responses.close()

    def trouble(self) -> str:
        return "" if self._inbound else self._words("channel.not-started", platform=self._words("wecom.aibot"))

    async def check(self) -> str:
        """There is nothing to try: WeCom calls us."""
        return ""

    async def put_card(self, delivery: CardDelivery) -> Delivered:
        """Raises TryLater or Undeliverable."""
        task_id = f"{delivery.card_id}-v{delivery.version}"
        if self._responses.permission(delivery.conversation).single:
            card = template_card(delivery.card, task_id, AIBOT, self._url)
            await self._responses.send(delivery.conversation, {"msgtype": "template_card", "template_card": card})
        elif delivery.card.buttons:
            raise Undeliverable(self._words("wecom.no-push"))
        else:
            await self.post(delivery.conversation, without_signs(in_words(delivery.card)), task_id)
        return Delivered(wire_id=task_id)

    async def post(self, conversation: str, markdown: str, key: str) -> None:
        """Raises TryLater or Undeliverable. One answer is all there is: what does not fit into it is cut."""
        head, *rest = pieces(markdown, AIBOT_CALLBACK.message_bytes - len("\n…".encode())) or [""]
        content = f"{head}\n…" if rest else head
        await self._responses.send(conversation, {"msgtype": "markdown", "markdown": {"content": content}})

    async def show(self, conversation: str, png: bytes, key: str) -> None:
        """Raises Undeliverable: a callback's answer takes no picture."""
        raise Undeliverable(self._words("wecom.no-push"))

    async def _hear(self, text: str, stamp: Stamp) -> str:
        """An opened callback; the reply's JSON, empty for none."""
        if self._inbound is None:
            raise RuntimeError("not started")
        body = _object(text)
        if stamp.is_swapped(moment(body.get("create_time"), self._clock()).timestamp()):
            raise Forged("timestamp and nonce changed places")
        try:
            if not events.event_type(body):
                said = events.said(body, self._clock())
                chat = said.conversation.removeprefix(f"{self.traits.prefix}:")
                self._responses.note(chat, body.get("response_url"), said.single)
                await self._inbound.said(said)
            elif events.event_type(body) == "template_card_event":
                clicked = events.clicked(body, self._clock())
                return await self._answer(clicked, self._inbound)
        except events.Unreadable as error:
            raise Unreadable(str(error)) from None
        return ""


    async def _answer(self, clicked: Clicked, inbound: Inbound) -> str:
        """Answer a click. Nobody tells us whether the reply of a callback arrives: it is taken to."""
        answer = await inbound.clicked(clicked)
        if answer is None:
            return ""
        if answer.is_noted:
            await inbound.answered(clicked, answer)
        return json.dumps(update_for(clicked, answer, self._url), ensure_ascii=False)


class JsonWrapping:
    """The outer object around what is encrypted."""

    most_bytes = 256 * 1024

    def encrypted(self, body: bytes) -> str:
        found = _object(body).get("encrypt")
        if not isinstance(found, str):
            raise Unreadable("no encrypt")
        return found

    def reply(self, sealed: Sealed) -> Response:
        stamp = sealed.stamp
        fields = {"msgsignature": stamp.signature, "timestamp": int(stamp.timestamp), "nonce": stamp.nonce}
        return JSONResponse({"encrypt": sealed.encrypted, **fields})


def in_words(card: Card) -> str:
    return f"**{card.title}**\n{card.status}\n\n{card.body}"


def _object(text: str | bytes) -> Mapping[str, Any]:
    try:
        value = parsed(text)
    except ValueError:
        value = None
    if not isinstance(value, dict):
        raise Unreadable("not a JSON object")
    return value
