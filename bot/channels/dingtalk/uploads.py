"""DingTalk's uploads, of its older family of APIs: a host and a token of its own, and errors by number."""

from typing import Any

import httpx

from bot.channels.common.access_token import AccessToken
from bot.channels.common.channel import TryLater, Undeliverable
from bot.channels.common.clean import number
from bot.channels.common.http import TIMEOUT, cause, client, json_object, redacted
from bot.channels.common.tally import count_call
from cards.words import Words

OLDER = {"https://api.dingtalk.com": "https://oapi.dingtalk.com"}
"""Where the older family is; a private cloud has both in one place."""
BAD_TOKEN = frozenset({40001, 40014, 42001})
BUSY = -1
LATER = {BUSY: None, 90002: 1.0, 90018: 1.0, 90020: 3600.0}
"""Codes that ask to wait, and how long."""


class DingTalkUploads:
    """Keeps to no pace of its own: pictures are drawn one after the other, and that takes longer."""

    def __init__(self, endpoint: str, client_id: str, client_secret: str, words: Words) -> None:
        self._http = client(OLDER.get(endpoint.rstrip("/"), endpoint))
        self._client_id, self._client_secret, self._words = client_id, client_secret, words
        self._token = AccessToken(self._fetch_token)

    async def upload(self, png: bytes) -> str:
        """The picture's media id. Raises TryLater or Undeliverable."""
        token = await self._token.get()
        answer = await self._post(png, token)
        if _code(answer) in BAD_TOKEN:
            self._token.forget(token)
            answer = await self._post(png, await self._token.get())
        self._look_at(answer, "media/upload")
        media_id = answer.get("media_id")
        if not isinstance(media_id, str) or not media_id:
            raise TryLater(self._say("channel.unreadable", "media/upload", status=200))
        return media_id

    async def close(self) -> None:
        await self._http.aclose()

    async def _fetch_token(self, seconds: float) -> tuple[str, float]:
        query = {"appkey": self._client_id, "appsecret": self._client_secret}
        answer = await self._request("GET", "gettoken", query, timeout=httpx.Timeout(seconds))
        self._look_at(answer, "gettoken")
        token = answer.get("access_token")
        if not isinstance(token, str) or not token:
            raise TryLater(self._say("channel.unreadable", "gettoken", status=200))
        return token, number(answer.get("expires_in"), 7200)

    async def _post(self, png: bytes, token: str) -> dict[str, Any]:
        count_call()  # whatever comes of it
        query = {"access_token": token, "type": "image"}
        files = {"media": ("plan.png", png, "image/png")}
        return await self._request("POST", "media/upload", query, files=files, timeout=TIMEOUT)

    async def _request(self, method: str, path: str, query: dict[str, str], **more: Any) -> dict[str, Any]:
        """The JSON of an answer. Raises TryLater, which never holds the address: secrets stand in it."""
        try:
            reply = await self._http.request(method, f"/{path}", params=query, **more)
        except httpx.HTTPError as error:
            raise TryLater(self._say("channel.no-reply", path, why=cause(error))) from None
        if reply.is_error:
            raise TryLater(self._say("channel.busy", path, code=f"HTTP {reply.status_code}"))
        try:
            return json_object(reply)
        except ValueError:
            raise TryLater(self._say("channel.unreadable", path, status=reply.status_code)) from None

    def _look_at(self, answer: dict[str, Any], path: str) -> None:
        code = _code(answer)
        if code in LATER:
            raise TryLater(self._say("channel.busy", path, code=code), LATER[code])
        if code:
            message = redacted(answer.get("errmsg", ""), (self._client_secret, self._token.value))
            raise Undeliverable(self._say("channel.refused", path, code=code, message=message))

    def _say(self, sentence: str, path: str, /, **facts: object) -> str:
        return self._words(sentence, platform=self._words("dingtalk.name"), what=path, **facts)


def _code(answer: dict[str, Any]) -> int:
    """The errcode of an answer, 0 when it has none; one that is no number asks for another try."""
    return number(answer.get("errcode", 0), BUSY)
