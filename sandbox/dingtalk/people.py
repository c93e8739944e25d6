"""Frames made of what people say and press; the bot's answer to a click redraws the clicker's card."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sandbox.dingtalk import frames
from sandbox.dingtalk.api import Api
from sandbox.dingtalk.cards import Cards
from sandbox.dingtalk.frames import Frame, Identity
from sandbox.dingtalk.gateway import Gateway
from sandbox.dingtalk.limits import Limits
from sandbox.dingtalk.refusal import Refusal
from sandbox.dingtalk.sessions import Sessions
from sandbox.world import Card, ClickOutcome, Conversation, Person, Quote, World


class People:
    def __init__(
        self, world: World, who: Identity, limits: Limits, gateway: Gateway, cards: Cards, sessions: Sessions, api: Api
    ) -> None:
        self._world, self._who, self._limits = world, who, limits
        self._gateway, self._cards, self._sessions, self._api = gateway, cards, sessions, api

    async def say(
        self, conversation: Conversation, person: Person, words: str, quote: Quote | None = None
    ) -> None:
        if conversation.bot_present:
            await self._gateway.push(self.message_frame(conversation, person, words, quote))

    def message_frame(
        self, conversation: Conversation, person: Person, words: str, quote: Quote | None = None
    ) -> Frame:
        """The frame that a person's words become, with a session webhook of its own."""
        now = self._world.now()
        until = now + timedelta(seconds=self._limits.session_webhook_seconds)
        webhook = self._sessions.grant(conversation, until)
        mentioned = self._world.mentioned(words)
        data = frames.message(conversation, person, words, self._who, now, webhook, until, mentioned, quote)
        if self._api.exhausted:  # rule D5; how the fields are spelt is unconfirmed
            del data["text"]
            data |= {"errorCode": "20001", "errMsg": "企业本月 API 调用次数已用完"}
        return frames.frame("CALLBACK", frames.MESSAGE_TOPIC, data, self._who, now)

    async def click(
        self, conversation: Conversation, person: Person, card: Card, action: str, inputs: Mapping[str, str]
    ) -> ClickOutcome:
        data = frames.click(conversation, person, card.id, action, inputs, self._who)
        made = frames.frame("CALLBACK", frames.CARD_TOPIC, data, self._who, self._world.now())
        push = await self._gateway.push(made)
        if push is None:
            return ClickOutcome.OFFLINE
        ack = await push.wait_answer(self._limits.click_seconds)
        if ack is None or ack.code != 200:
            return ClickOutcome.UNANSWERED
        return self._redraw(card, person, str(data["userId"]), ack.response)

    def _redraw(self, card: Card, person: Person, user_id: str, response: Any) -> ClickOutcome:
        try:
            if not isinstance(response, dict):
                raise Refusal("callback.responseInvalid", f"response must be an object, found {response!r}")
            self._cards.answer(card.id, person.id, user_id, response)
        except Refusal as refusal:
            self._world.refuse("dingtalk", "card callback answer", refusal.message, refusal.code)
            return ClickOutcome.UNANSWERED
        return ClickOutcome.ANSWERED
