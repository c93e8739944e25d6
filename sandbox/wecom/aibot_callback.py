"""The aibot in callback mode: encrypted JSON, answered in the reply and once by response_url (rule W8)."""

import secrets
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import httpx

from sandbox.wecom import aibot_frames as frames
from sandbox.wecom import json_seal
from sandbox.wecom.aibot_voice import Voice
from sandbox.wecom.crypto import BadCipher, Crypto
from sandbox.wecom.fields import only, refuse, sized, table
from sandbox.wecom.limits import Limits
from sandbox.wecom.refusal import BAD_TYPE, OK, Refusal
from sandbox.wecom.settings import Bot
from sandbox.wecom.signed import Signed
from sandbox.world import Card, ClickOutcome, Conversation, Person, Quote, World

Json = Mapping[str, Any]


class AibotCallback:
    def __init__(self, world: World, bot: Bot, voice: Voice, limits: Limits) -> None:
        self._world, self._bot, self._voice, self._limits = world, bot, voice, limits
        self._response_urls: dict[str, tuple[Conversation, datetime]] = {}
        self.public_url = ""
        """Address at which the simulator is reached: the start of every response_url."""
        self.sent: list[Signed] = []

    # -- what people do ---------------------------------------------------------------------------------

    async def say(
        self, conversation: Conversation, person: Person, words: str, quote: Quote | None = None
    ) -> None:
        if not conversation.bot_present:
            return
        conversation.opened = True
        body = frames.message(self._bot, conversation, person, self._at(), words, quote)
        await self._ask(conversation, body, lambda answer: self._reply(conversation, answer))

    async def click(
        self, conversation: Conversation, person: Person, card: Card, action: str, inputs: Mapping[str, str]
    ) -> ClickOutcome:
        """Sent once. Only an update of the card answers it."""
        detail = frames.click(self._voice.cards[card.id], card.id, action, inputs)
        kind = "template_card_event"
        body = frames.event(self._bot, conversation, person, self._at(), kind=kind, detail=detail)
        return await self._ask(
            conversation, body, lambda answer: self._voice.update(conversation, card.id, answer)
        )

    async def _ask(self, conversation: Conversation, body: Json, act: Callable[[Json], None]) -> ClickOutcome:
        """POST, then carry out a non-empty answer; a wrong one is refused."""
        try:
            answer = await self._push(conversation, body)
            if not answer:
                return ClickOutcome.UNANSWERED
            act(answer)
        except httpx.ConnectError:
            return ClickOutcome.OFFLINE
        except (TimeoutError, httpx.HTTPError):
            return ClickOutcome.UNANSWERED
        except (Refusal, BadCipher) as mistake:
            self._world.refuse("wecom", "aibot reply", str(mistake), getattr(mistake, "errcode", 400))
            return ClickOutcome.UNANSWERED
        return ClickOutcome.ANSWERED

    def _reply(self, conversation: Conversation, answer: Json) -> None:
        kind = answer.get("msgtype")
        if kind not in ("stream", "template_card"):
            raise refuse(f"msgtype {kind!r} cannot be a reply", BAD_TYPE)
        only(answer, {"msgtype", kind}, "the reply")
        if kind == "template_card":
            self._voice.card(conversation, answer)
            return
        stream = table(answer, kind)
        if stream.get("finish") is not True:
            raise refuse("polling for an unfinished stream is not simulated: finish it at once")
        self._voice.say(conversation, sized(stream, "content", "stream.", self._limits.markdown_bytes))

    # -- response_url -----------------------------------------------------------------------------------

    def respond(self, code: str, body: Json) -> Json:
        """One later answer to a message: markdown, or a card in a one-to-one chat."""
        conversation, until = self._response_urls.get(code, (None, self._world.now()))
        if conversation is None or until <= self._world.now():
            raise refuse("response_code is unknown, used before or older than 1 h")
        kind = body.get("msgtype")
        if kind == "markdown":
            self._voice.markdown(conversation, body)
        elif kind == "template_card" and conversation.single:
            self._voice.card(conversation, body)
        else:
            raise refuse(f"msgtype {kind!r} cannot be sent to this response_url", BAD_TYPE)
        del self._response_urls[code]
        return OK

    # -- the wire ---------------------------------------------------------------------------------------

    def sealed(self, body: Json) -> Signed:
        return json_seal.seal(self._crypto, body, self._at())

    async def _push(self, conversation: Conversation, body: Json) -> Json:
        code = secrets.token_urlsafe(16)
        self._response_urls[code] = (conversation, self._world.now() + timedelta(hours=1))
        url = f"{self.public_url}/cgi-bin/aibot/response?response_code={code}"
        signed = self.sealed({**body, "response_url": url})
        self.sent.append(signed)
        reply = await signed.post(self._bot.callback_url or "", self._limits.click_seconds)
        reply.raise_for_status()
        return json_seal.unseal(self._crypto, reply.text, signed.nonce)

    @property
    def _crypto(self) -> Crypto:
        return Crypto(self._bot.token, self._bot.aes_key, "")

    def _at(self) -> int:
        return int(self._world.now().timestamp())
