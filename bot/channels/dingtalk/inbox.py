"""What DingTalk's stream pushes, handed to the product; what the product says, acknowledged (rules D1, D2)."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Any

import structlog
from dingtalk_stream import CallbackMessage, EventMessage

from bot.channels.common.channel import Answer, Clicked, Inbound
from bot.channels.common.clean import TooDeep, clean
from bot.channels.common.work import Work
from bot.channels.dingtalk import events as events
from bot.channels.dingtalk.gateway import BAD, FAILED, OK, Ack, Callback
from bot.channels.dingtalk.messages import face
from bot.lasting_trouble import LastingTrouble
from storage.trace import traced

PATIENCE = 30.0
"""Seconds until an event that is still not durable is given back to be delivered again."""

log = structlog.get_logger()


class Inbox:
    """`on_quota()` is called when a push says that the month's calls are used up."""

    def __init__(
        self,
        robot: str,
        corp: str,
        click_seconds: float,
        on_quota: Callable[[], None],
        clock: Callable[[], datetime],
    ) -> None:
        self._robot, self._corp, self._click_seconds, self._on_quota = robot, corp, click_seconds, on_quota
        self._clock = clock
        self._answering: dict[str, tuple[Clicked, Answer]] = {}
        """Answers that are on their way, by the id of the push."""
        self._unsaved = LastingTrouble("event not saved", "dingtalk_event_failed")
        self._inbound: Inbound | None = None
        self.work = Work()

    def callbacks(self, inbound: Inbound) -> dict[str, Callback]:
        self._inbound = inbound
        return {events.MESSAGES: self._guarded(self._said), events.CLICKS: self._guarded(self._clicked)}

    def _guarded(self, callback: Callback) -> Callback:
        async def guarded(message: CallbackMessage) -> Ack:
            with traced():
                return await acknowledged(message)

        async def acknowledged(message: CallbackMessage) -> Ack:
            try:
                ack = await callback(message)
            except events.Unreadable as error:
                log.warning("unreadable push", action="dingtalk_unreadable", why=str(error))
                return BAD, {}
            except Exception as error:
                self._unsaved.met(error)
                return FAILED, {}
            self._unsaved.over()
            return ack

        return guarded

    async def _said(self, message: CallbackMessage) -> Ack:
        """Acknowledged once it is durable. If that fails, the platform delivers it again."""
        data = _data(message)
        if events.quota_used_up(data):
            log.error("DingTalk's monthly API calls are used up", action="dingtalk_quota")
            self._on_quota()
            return OK, {}
        event = events.said(data, message.headers.message_id, self._robot, self._clock(), self._corp)
        async with asyncio.timeout(PATIENCE):
            await asyncio.shield(self.work.start(self._product.said(event)))
        return OK, {}

    async def _clicked(self, message: CallbackMessage) -> Ack:
        """Answered inside the deadline, or else acknowledged without an answer once it is durable.

        A late answer carries no card: by then the outbox may have shown a newer one.
        """
        data = _data(message)
        headers = message.headers
        event = events.clicked(data, headers.message_id, self._robot, headers.time, self._clock(), self._corp)
        if not event.user_id:
            log.warning("click by another company", action="dingtalk_click_refused", card=event.wire_id)
        answering = self.work.start(self._product.clicked(event))
        await asyncio.wait({answering}, timeout=self._click_seconds)
        if answering.done():
            answer = answering.result()
            if answer and answer.is_noted:
                self._answering[headers.message_id] = event, answer
            return OK, _response(answer)
        log.warning("click answered too late", action="dingtalk_click_late", card=event.wire_id)
        async with asyncio.timeout(PATIENCE):
            await asyncio.shield(answering)
        return OK, {}

    async def hear(self, message: EventMessage) -> bool:
        """Take an event; False: it could not be saved, and is to come again."""
        headers = message.headers
        company = str(headers.event_corp_id or "")
        if self._corp and company and company != self._corp:
            return True
        try:
            data = clean(message.data) if isinstance(message.data, dict) else {}
            if event := events.directory_changed(data, str(headers.event_type or "")):
                await self.work.start(self._product.directory_changed(event))
        except TooDeep:
            log.warning("unreadable push", action="dingtalk_unreadable", why="data is nested too deeply")
        except Exception as error:
            self._unsaved.met(error)
            return False
        return True

    def acknowledged(self, message_id: str) -> None:
        """What was answered to this push has left in time."""
        if (answered := self._answering.pop(message_id, None)) is not None:
            self.work.start(self._product.answered(*answered))

    @property
    def _product(self) -> Inbound:
        assert self._inbound is not None, "callbacks() comes first"
        return self._inbound


def _response(answer: Answer | None) -> dict[str, Any]:
    """Reaches the person who pressed only; everybody else's card is updated by the outbox (rule D9)."""
    return face(answer.card) if answer else {}


def _data(message: CallbackMessage) -> dict[str, Any]:
    if not isinstance(message.data, dict):
        raise events.Unreadable("data is not an object")
    try:
        cleaned: dict[str, Any] = clean(message.data)
    except TooDeep:
        raise events.Unreadable("data is nested too deeply") from None
    return cleaned
