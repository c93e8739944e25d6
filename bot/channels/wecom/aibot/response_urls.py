"""The one later answer that an aibot in callback mode may give to each thing it was told (rule W8)."""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import httpx

from bot.channels.common.channel import TryLater, Undeliverable
from bot.channels.common.http import cause, client, json_object
from bot.channels.wecom.errors import code_of, failure
from cards.words import Words

LIFE = timedelta(minutes=59)
"""A response_url works for an hour."""
REMEMBERED = 10_000


@dataclass(frozen=True, slots=True)
class Permission:
    url: str
    until: datetime
    single: bool


class ResponseUrls:
    """Response urls by conversation, the newest one. They are signed addresses: never to be logged."""

    def __init__(self, words: Words, clock: Callable[[], datetime]) -> None:
        self._words, self._clock = words, clock
        self._http = client()
        self._open: OrderedDict[str, Permission] = OrderedDict()

    def note(self, conversation: str, url: object, single: bool) -> None:
        """`conversation` without its prefix."""
        if isinstance(url, str) and url:
            self._open[conversation] = Permission(url, self._clock() + LIFE, single)
            self._open.move_to_end(conversation)
        while len(self._open) > REMEMBERED:
            self._open.popitem(last=False)

    def permission(self, conversation: str) -> Permission:
        """Undeliverable when there is none: nobody has spoken here lately, or all was said."""
        found = self._open.get(conversation)
        if found is None or found.until <= self._clock():
            raise Undeliverable(self._words("wecom.no-push"))
        return found

    async def send(self, conversation: str, message: Mapping[str, Any]) -> None:
        """Uses the permission up. Raises TryLater or Undeliverable."""
        permission, name = self.permission(conversation), "aibot/response"
        platform = self._words("wecom.name")
        try:
            reply = await self._http.post(permission.url, json=message)
            answer = {} if reply.is_error else json_object(reply)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise TryLater(self._words("channel.no-reply", platform=platform, what=name, why=cause(error))) from None
        except ValueError:
            status = reply.status_code
            raise TryLater(self._words("channel.unreadable", platform=platform, what=name, status=status)) from None
        if reply.is_error:
            code = f"HTTP {reply.status_code}"
            raise TryLater(self._words("channel.busy", platform=platform, what=name, code=code))
        if errcode := code_of(answer):
            raise failure(errcode, str(answer.get("errmsg", ""))[:200], name, self._words)
        if self._open.get(conversation) is permission:  # else somebody has spoken meanwhile: the newer one is unused
            del self._open[conversation]

    async def close(self) -> None:
        await self._http.aclose()
