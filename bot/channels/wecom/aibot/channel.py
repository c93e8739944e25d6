"""WeCom's aibot over its long connection: groups and one-to-one chats, messages, clicks and cards (rule W10)."""

import asyncio
import uuid
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

import structlog

from bot.channels.common.channel import Answer, CardDelivery, Clicked, Delivered, Inbound, TryLater
from bot.channels.common.hand_over import tried
from bot.channels.common.http import redacted
from bot.channels.common.pieces import Parts, pieces
from bot.channels.common.uploaded import Uploaded
from bot.channels.wecom.aibot import events
from bot.channels.wecom.aibot.socket import AibotSocket, Frame, NotSent, Refused, Timing, req_id_of
from bot.channels.wecom.aibot.upload import uploaded
from bot.channels.wecom.errors import BAD_MEDIA_ID, failure, is_repetition
from bot.channels.wecom.traits import AIBOT
from bot.lasting_trouble import LastingTrouble
from cards.encoders.wecom.encode import AIBOT as LIMITS
from cards.encoders.wecom.encode import template_card
from cards.words import Words
from storage.trace import traced

SAVE_AGAIN: Sequence[float] = (0.5, 2.0)
"""Seconds before an event is handed over again: WeCom delivers each once only."""

log = structlog.get_logger()


class WeComAibot:
    """Conversations: a group's chatid, or a person's userid.

    A shown card cannot be changed but in the answer to a click, so every version that is put is a new card, and its
    wire id is `<card_id>-v<version>`.
    """

    traits = AIBOT

    def __init__(
        self,
        *,
        bot_id: str,
        secret: str,
        url: str,
        websocket_url: str = "wss://openws.work.weixin.qq.com",
        locale: str = "zh-CN",
        click_seconds: float = AIBOT.click_seconds,
        save_again: Sequence[float] = SAVE_AGAIN,
        timing: Timing | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """`url`: where a press on a card leads, our public address."""
        self._url, self._secret, self._clock = url, secret, clock
        self._click_seconds, self._save_again = click_seconds, save_again
        self._words = Words(locale)
        self._socket = AibotSocket(websocket_url, bot_id, secret, self._hear, self._words, timing or Timing())
        self._unsaved = LastingTrouble("event not saved", "aibot_event_failed")
        self._inbound: Inbound | None = None
        self._running: asyncio.Task[None] | None = None
        self._parts, self._uploaded = Parts(), Uploaded()

    async def start(self, inbound: Inbound) -> None:
        self._inbound = inbound
        self._running = asyncio.create_task(self._socket.run(), name="wecom-aibot")

    async def stop(self) -> None:
        """Lets what is under way finish and be answered, then closes."""
        await self._socket.work.stop()
        if self._running:
            self._running.cancel()
            await asyncio.gather(self._running, return_exceptions=True)

    def trouble(self) -> str:
        if self._running is None:
            return self._words("channel.not-started", platform=self._words("wecom.aibot"))
        return self._socket.trouble

    async def check(self) -> str:
        """Check only whether the address answers: trying the credentials would throw out the process that serves."""
        return await self._socket.reachable()

    async def put_card(self, delivery: CardDelivery) -> Delivered:
        """Raises TryLater or Undeliverable."""
        task_id = f"{delivery.card_id}-v{delivery.version}"
        card = template_card(delivery.card, task_id, LIMITS, self._url)
        try:
            await self._send(delivery.conversation, {"msgtype": "template_card", "template_card": card})
        except Refused as refusal:
            if not is_repetition(refusal.message):
                raise self._failure(refusal) from None
        return Delivered(wire_id=task_id)

    async def post(self, conversation: str, markdown: str, key: str) -> None:
        """Raises TryLater or Undeliverable."""

        async def say(part: str) -> None:
            try:
                await self._send(conversation, {"msgtype": "markdown", "markdown": {"content": part}})
            except Refused as refusal:
                raise self._failure(refusal) from None

        await self._parts.send(key, pieces(markdown, AIBOT.message_bytes), say)

    async def show(self, conversation: str, png: bytes, key: str) -> None:
        """Raises NotUploaded, TryLater or Undeliverable."""
        try:
            media_id = await self._uploaded.of(key, lambda: self._upload(png))
            await self._send(conversation, {"msgtype": "image", "image": {"media_id": media_id}})
        except Refused as refusal:
            if refusal.code == BAD_MEDIA_ID:
                self._uploaded.forget(key)
            raise self._failure(refusal) from None

    async def _upload(self, png: bytes) -> str:
        try:
            return await uploaded(self._socket.request, png)
        except NotSent:
            raise TryLater(self._words("wecom.aibot-offline")) from None
        except Refused as refusal:
            raise self._failure(refusal, "aibot_upload_media") from None
        except KeyError:
            said = {"platform": self._words("wecom.name"), "what": "aibot_upload_media", "status": 200}
            raise TryLater(self._words("channel.unreadable", **said)) from None

    async def _send(self, conversation: str, message: Frame) -> None:
        """`chat_type` 0: the platform finds out whether the id is a group or a person."""
        try:
            await self._socket.request("aibot_send_msg", {"chatid": conversation, "chat_type": 0, **message})
        except NotSent:
            raise TryLater(self._words("wecom.aibot-offline")) from None

    def _failure(self, refusal: Refused, what: str = "aibot_send_msg") -> Exception:
        return failure(refusal.code, redacted(refusal.message, [self._secret]), what, self._words)

    # -- what comes in ----------------------------------------------------------------------------------

    async def _hear(self, frame: Frame) -> None:
        with traced():
            await self._take(frame)

    async def _take(self, frame: Frame) -> None:
        body, req_id = frame.get("body"), req_id_of(frame)
        if not isinstance(body, dict):
            return
        try:
            if not events.event_type(body):
                await self._said(body, req_id)
            elif events.event_type(body) == "template_card_event":
                await self._clicked(body, req_id)
        except events.Unreadable as error:
            log.warning("unreadable aibot callback", action="aibot_unreadable", why=str(error))
        except Exception:
            log.exception("aibot callback failed", action="aibot_failed")

    async def _said(self, body: Frame, req_id: str) -> None:
        event = events.said(body, self._clock())
        assert self._inbound is not None
        try:
            await tried(self._inbound.said, event, self._save_again)
        except Exception as error:
            self._unsaved.met(error)
            content = self._words("wecom.lost")
            stream = {"id": uuid.uuid4().hex, "finish": True, "content": content}
            await self._answer("aibot_respond_msg", {"msgtype": "stream", "stream": stream}, req_id)
        else:
            self._unsaved.over()

    async def _clicked(self, body: Frame, req_id: str) -> None:
        event = events.clicked(body, self._clock())
        assert self._inbound is not None
        answering = self._socket.work.start(tried(self._inbound.clicked, event, self._save_again))
        done, _ = await asyncio.wait({answering}, timeout=self._click_seconds)
        if not done:
            log.warning("click answered too late", action="aibot_click_late", card=event.wire_id)
        try:
            answer = await answering
        except Exception as error:
            self._unsaved.met(error)
            return
        self._unsaved.over()
        update = update_for(event, answer, self._url) if done and answer else None
        if answer and update and await self._answer("aibot_respond_update_msg", update, req_id) and answer.is_noted:
            await self._inbound.answered(event, answer)

    async def _answer(self, command: str, body: Frame, req_id: str) -> bool:
        """Send an answer; false: it did not arrive."""
        try:
            await self._socket.request(command, body, req_id)
        except (NotSent, Refused) as error:
            why = redacted(error, [self._secret])
            log.warning("an answer did not arrive", action="aibot_answer_failed", command=command, why=why)
            return False
        return True


def update_for(event: Clicked, answer: Answer, url: str) -> dict[str, Any]:
    """The answer to a press: the whole card anew under the id that was pressed; without `userids` everybody's."""
    card = template_card(answer.card, event.wire_id, LIMITS, url)
    update = {"response_type": "update_template_card", "template_card": card}
    return update if answer.everyone else {**update, "userids": [event.user_id]}
