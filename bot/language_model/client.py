"""The wire: one `POST /v1/chat/completions` of any compatible endpoint, bounded in time and size.

Whatever the other side does ends as an answer or as NoAnswer, whose words are ours: neither the address nor the key nor
anything that was received stands in it. Nothing is followed anywhere, nothing is unpacked.
"""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from bot.channels.common.clean import parsed
from bot.channels.common.proxies import proxy_for
from bot.settings.language import LanguageSettings
from bot.spans import span
from handlers.inbound.speech.proposals import Inquiry

MOST_BYTES = 65_536
"""Of an answer; a hundredth is enough for three commands."""
MOST_TOKENS = 300
_COUNTED = 1_000_000
"""Tokens that one call can have taken: more is no count."""


class NoAnswer(Exception):
    """The model gave no answer that can be used; its text says why, in a word."""


@dataclass(frozen=True, slots=True)
class Answered:
    commands: tuple[str, ...]
    tokens_in: int = 0
    tokens_out: int = 0


class ChatModel:
    """`seconds`: for a whole call, from the look-up of the address to the last byte."""

    def __init__(self, url: str, key: str, model: str, seconds: float) -> None:
        """Raises `bot.channels.common.proxies.BadProxy`."""
        self._url, self._key, self._model, self._seconds = url, key, model, seconds
        self._transport = httpx.AsyncHTTPTransport(proxy=proxy_for(url))

    @classmethod
    def of(cls, section: LanguageSettings) -> "ChatModel":
        return cls(section.url.get_secret_value(), section.key.get_secret_value(), section.model, section.timeout)

    async def ask(self, inquiry: Inquiry) -> Answered:
        """Raises NoAnswer, within `seconds` or a moment later."""
        try:
            async with asyncio.timeout(self._seconds):
                with span("language model"):
                    body = await self._body(self._request(inquiry))
        except NoAnswer:
            raise
        except TimeoutError:
            raise NoAnswer("late") from None
        except Exception as error:  # of whatever kind: its text may hold the address
            raise NoAnswer(type(error).__name__) from None
        return _read(body)

    async def close(self) -> None:
        await self._transport.aclose()

    def _request(self, inquiry: Inquiry) -> httpx.Request:
        told = [
            {"role": "system", "content": inquiry.instructions},
            {"role": "user", "content": inquiry.content},
        ]
        body = {"model": self._model, "messages": told, "temperature": 0, "max_tokens": MOST_TOKENS, "stream": False}
        headers = {
            "Authorization": f"Bearer {self._key}",
            "Content-Type": "application/json",
            "Accept": "application/json",
            "Accept-Encoding": "identity",
        }
        each = dict.fromkeys(("connect", "read", "write", "pool"), self._seconds)
        content = json.dumps(body, ensure_ascii=False).encode()
        return httpx.Request("POST", self._url, headers=headers, content=content, extensions={"timeout": each})

    async def _body(self, request: httpx.Request) -> bytes:
        response = await self._transport.handle_async_request(request)
        try:
            if response.status_code != httpx.codes.OK:  # a redirect is no answer either
                raise NoAnswer(f"HTTP {response.status_code}")
            if response.headers.get("content-encoding", "identity").lower() != "identity":
                raise NoAnswer("packed")
            received = bytearray()
            async for piece in response.aiter_raw():
                received += piece
                if len(received) > MOST_BYTES:
                    raise NoAnswer("too big")
            return bytes(received)
        finally:
            await response.aclose()


def _read(body: bytes) -> Answered:
    try:
        answer = parsed(body)
        text = answer["choices"][0]["message"]["content"]
        commands = parsed(text[text.index("{") : text.rindex("}") + 1])["commands"]
        told = answer.get("usage")
    except (ValueError, LookupError, TypeError, AttributeError):
        raise NoAnswer("unreadable") from None
    if not isinstance(commands, list):
        raise NoAnswer("unreadable")
    usage = told if isinstance(told, dict) else {}
    proposed = tuple(one for one in commands if isinstance(one, str))
    return Answered(proposed, _count(usage, "prompt_tokens"), _count(usage, "completion_tokens"))


def _count(usage: Mapping[str, Any], name: str) -> int:
    found = usage.get(name)
    return found if type(found) is int and 0 <= found <= _COUNTED else 0
