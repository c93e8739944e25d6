"""WeCom's self-built app: one-to-one messages and cards by its API, what people do by its callback (rules W4 to W6)."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

import structlog
from fastapi import APIRouter

from bot.channels.common.channel import Answer, CardDelivery, Clicked, Delivered, Inbound, TryLater, Undeliverable
from bot.channels.common.moment import moment
from bot.channels.common.pieces import Parts, pieces
from bot.channels.common.platform import Site
from bot.channels.common.uploaded import Uploaded, not_uploaded
from bot.channels.wecom.api import WeComApi, WeComRefused
from bot.channels.wecom.app import events
from bot.channels.wecom.app.xml import XmlWrapping, camel, parse, write
from bot.channels.wecom.callback_door import Door
from bot.channels.wecom.errors import BAD_MEDIA_ID, NOBODY, is_repetition
from bot.channels.wecom.seal import Forged, Seal, Stamp
from bot.channels.wecom.settings import AppSettings, WeComSettings
from bot.channels.wecom.traits import APP
from cards.encoders.wecom.encode import APP as LIMITS
from cards.encoders.wecom.encode import template_card
from cards.words import Words

PATH = "/wecom/app/callback"
PARTY = "party:"
"""Starts a conversation that is a department's id; anything else is userids joined by `|` (some are all digits)."""
SAME_MESSAGE_SECONDS = 1800

log = structlog.get_logger()


class WeComApp:
    """Conversations: `zhangsan`, `zhangsan|lisi`, or `party:2`. `router` must be mounted for people to be heard.

    A shown card can be changed once per handle (`<task id> <response code>`); without one a newer version is sent as
    a new card, whose wire id is `<card_id>-v<version>`.
    """

    traits = APP

    def __init__(
        self,
        *,
        corp_id: str,
        agent_id: int,
        secret: str,
        token: str,
        encoding_aes_key: str,
        url: str,
        endpoint: str = "https://qyapi.weixin.qq.com",
        locale: str = "zh-CN",
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        answer_seconds: float = APP.click_seconds,
    ) -> None:
        """`url`: where a press on a card leads, our public address. ValueError for a malformed encoding_aes_key."""
        self._corp_id, self._agent_id, self._url, self._clock = corp_id, agent_id, url, clock
        self._words, self._answer_seconds = Words(locale), answer_seconds
        self._api = WeComApi(endpoint, corp_id, secret, self._words)
        seal = Seal(token, encoding_aes_key, corp_id)
        self._door = Door(PATH, seal, XmlWrapping(), self._hear, clock, answer_seconds)
        self._inbound: Inbound | None = None
        self._parts, self._uploaded = Parts(), Uploaded()

    @property
    def router(self) -> APIRouter:
        """GET and POST `/wecom/app/callback`."""
        return self._door.router

    async def start(self, inbound: Inbound) -> None:
        """Take callbacks from now on; before that they are refused, and WeCom sends them again."""
        self._inbound = inbound

    async def stop(self) -> None:
        self._inbound = None
        await self._door.stop()
        await self._api.close()

    def trouble(self) -> str:
        if self._inbound is None:
            return self._words("channel.not-started", platform=self._words("wecom.name"))
        return self._api.trouble

    async def check(self) -> str:
        return await self._api.check()

    # -- what goes out ----------------------------------------------------------------------------------

    async def put_card(self, delivery: CardDelivery) -> Delivered:
        """Raises TryLater or Undeliverable."""
        if delivery.shown and delivery.handle and (updated := await self._update(delivery, delivery.handle)):
            return updated
        return await self._send_card(delivery)

    async def post(self, conversation: str, markdown: str, key: str) -> None:
        """Raises TryLater or Undeliverable."""

        async def say(part: str) -> None:
            message = {"msgtype": "markdown", "markdown": {"content": part}}
            try:
                await self._send(conversation, message)
            except WeComRefused as refused:
                raise self._failure(refused, conversation) from None

        await self._parts.send(key, pieces(markdown, APP.message_bytes), say)

    async def show(self, conversation: str, png: bytes, key: str) -> None:
        """Raises NotUploaded, TryLater or Undeliverable."""
        message: dict[str, Any] = {
            "msgtype": "image",
            "enable_duplicate_check": 1,
            "duplicate_check_interval": SAME_MESSAGE_SECONDS,
        }
        try:
            message["image"] = {"media_id": await self._uploaded.of(key, lambda: self._api.upload(png))}
        except WeComRefused as refused:
            raise not_uploaded(self._api.failure(refused, "media/upload")) from None
        try:
            await self._send(conversation, message)
        except WeComRefused as refused:
            if refused.code == BAD_MEDIA_ID:
                self._uploaded.forget(key)
            raise self._failure(refused, conversation) from None

    async def _update(self, delivery: CardDelivery, handle: str) -> Delivered | None:
        """Change the shown card for everybody who has it. None: the permission is used up, or not for this card."""
        task_id, code = events.unpack(handle)
        card = template_card(delivery.card, task_id, LIMITS, self._url)
        body = {"agentid": self._agent_id, "atall": 1, "response_code": code, "template_card": card}
        try:
            await self._api.call("message/update_template_card", body)
        except WeComRefused as refused:
            error = self._api.failure(refused, "message/update_template_card")
            if isinstance(error, TryLater):
                raise error from None
            log.info("card cannot be updated, sending it anew", action="wecom_update_refused", code=refused.code)
            return None
        return Delivered(wire_id=task_id)

    async def _send_card(self, delivery: CardDelivery) -> Delivered:
        task_id = f"{delivery.card_id}-v{delivery.version}"
        message = {
            "msgtype": "template_card",
            "template_card": template_card(delivery.card, task_id, LIMITS, self._url),
            "enable_duplicate_check": 1,
            "duplicate_check_interval": SAME_MESSAGE_SECONDS,
        }
        try:
            answer = await self._send(delivery.conversation, message)
        except WeComRefused as refused:
            if is_repetition(refused.message):
                return Delivered(wire_id=task_id)
            raise self._failure(refused, delivery.conversation) from None
        code = answer.get("response_code")
        return Delivered(wire_id=task_id, handle=events.pack(task_id, str(code)) if code else None)

    async def _send(self, conversation: str, message: Mapping[str, Any]) -> Mapping[str, Any]:
        body = {**_receivers(conversation), "agentid": self._agent_id, **message}
        answer = await self._api.call("message/send", body)
        if missed := answer.get("invaliduser") or answer.get("invalidparty"):
            log.warning("some receivers were not reached", action="wecom_invalid_receivers", who=missed)
        return answer

    def _failure(self, refused: WeComRefused, conversation: str) -> Exception:
        if refused.code == NOBODY:
            return Undeliverable(self._words("wecom.nobody", code=refused.code, target=conversation))
        return self._api.failure(refused, "message/send")

    # -- what comes in ----------------------------------------------------------------------------------

    async def _hear(self, text: str, stamp: Stamp) -> str:
        """An opened callback; the reply's XML, empty for none."""
        root = parse(text)
        if root.findtext("ToUserName") != self._corp_id:
            raise Forged("another company's callback")
        if stamp.is_swapped(moment(root.findtext("CreateTime"), self._clock()).timestamp()):
            raise Forged("timestamp and nonce changed places")
        if self._inbound is None:
            raise RuntimeError("not started")
        if events.is_message(root):
            await self._inbound.said(events.said(root, self._clock()))
        elif events.is_click(root):
            event = events.clicked(root, self._clock())
            return await self._answer(event, self._inbound)
        return ""

    async def _answer(self, event: Clicked, inbound: Inbound) -> str:
        """Answer a click. Nobody tells us whether the reply of a callback arrives: one in time is taken to."""
        begun = asyncio.get_running_loop().time()
        answer = await inbound.clicked(event)
        if answer is None:
            return ""
        if answer.is_noted and asyncio.get_running_loop().time() - begun < self._answer_seconds:
            await inbound.answered(event, answer)
        return self._reply(event, answer)

    def _reply(self, event: Clicked, answer: Answer) -> str:
        """Changes the card of the person who pressed only; the others' by its next update (rule W5)."""
        card = template_card(answer.card, event.wire_id, LIMITS, self._url)
        return write(
            {
                "ToUserName": event.user_id,
                "FromUserName": self._corp_id,
                "CreateTime": int(self._clock().timestamp()),
                "MsgType": "update_template_card",
                "TemplateCard": camel(card),
            }
        )


def app_of(section: WeComSettings, app: AppSettings, site: Site) -> WeComApp:
    return WeComApp(
        corp_id=section.corp_id,
        agent_id=app.agent_id,
        secret=app.secret.get_secret_value(),
        token=app.token.get_secret_value(),
        encoding_aes_key=app.encoding_aes_key.get_secret_value(),
        url=site.address,
        endpoint=section.endpoint,
        locale=site.locale,
        clock=site.now,
    )


def _receivers(conversation: str) -> dict[str, str]:
    if conversation.startswith(PARTY):
        return {"toparty": conversation.removeprefix(PARTY)}
    return {"touser": conversation}


