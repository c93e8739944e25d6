"""DingTalk's older family of APIs, for pictures, people and log-in: a host and a token of its own, errors by number."""

from collections.abc import Mapping
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
WITHIN = 88
"""Stands for an error whose own number and words are beside it."""
BAD_TOKEN = frozenset({40001, 40014, 42001, WITHIN})
BUSY = -1
LATER = {BUSY: None, 90002: 1.0, 90018: 1.0, 90020: 3600.0}
"""Codes that ask to wait, and how long."""


class DingTalkRefused(Undeliverable):
    """An errcode that no other try mends, in a sentence; nothing secret in it."""

    def __init__(self, sentence: str, code: int, message: str) -> None:
        """`message`: DingTalk's own words."""
        super().__init__(sentence)
        self.code, self.message = code, message


class OlderApi:
    """Keeps to no pace of its own: who calls it does so once at a time."""

    def __init__(self, endpoint: str, client_id: str, client_secret: str, words: Words) -> None:
        self._http = client(OLDER.get(endpoint.rstrip("/"), endpoint))
        self._client_id, self._client_secret, self._words = client_id, client_secret, words
        self._token = AccessToken(self._fetch_token)

    async def call(
        self, path: str, body: Mapping[str, Any] | None = None, *, query: Mapping[str, str] | None = None,
        files: Any = None,
    ) -> dict[str, Any]:  # fmt: skip
        """One POST; a refused token is fetched anew, once. Raises TryLater or DingTalkRefused."""
        token = await self._token.get()
        answer = await self._post(path, token, body, query, files)
        if _code(answer) in BAD_TOKEN:
            self._token.forget(token)
            answer = await self._post(path, await self._token.get(), body, query, files)
        self._look_at(answer, path)
        return answer

    async def check(self) -> str:
        """Try the credentials now: empty, or what is wrong."""
        try:
            return await self._token.check()
        except Undeliverable as refused:
            return str(refused)

    async def close(self) -> None:
        await self._http.aclose()

    def unreadable(self, path: str) -> TryLater:
        """Error that an answer means which lacks what it should hold."""
        return TryLater(self._say("channel.unreadable", path, status=200))

    async def _fetch_token(self, seconds: float) -> tuple[str, float]:
        query = {"appkey": self._client_id, "appsecret": self._client_secret}
        answer = await self._request("GET", "gettoken", query, timeout=httpx.Timeout(seconds))
        self._look_at(answer, "gettoken")
        token = answer.get("access_token")
        if not isinstance(token, str) or not token:
            raise self.unreadable("gettoken")
        return token, number(answer.get("expires_in"), 7200)

    async def _post(
        self, path: str, token: str, body: Mapping[str, Any] | None, query: Mapping[str, str] | None, files: Any
    ) -> dict[str, Any]:
        count_call()  # whatever comes of it
        asked = {"access_token": token, **(query or {})}
        return await self._request("POST", path, asked, json=body, files=files, timeout=TIMEOUT)

    async def _request(self, method: str, path: str, query: Mapping[str, str], **more: Any) -> dict[str, Any]:
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
            said = answer.get("sub_msg") or answer.get("errmsg", "")
            message = redacted(said, (self._client_secret, self._token.value))
            raise DingTalkRefused(self._say("channel.refused", path, code=code, message=message), code, message)

    def _say(self, sentence: str, path: str, /, **facts: object) -> str:
        return self._words(sentence, platform=self._words("dingtalk.name"), what=path, **facts)


def _code(answer: dict[str, Any]) -> int:
    """The errcode of an answer, 0 when it has none; one that is no number asks for another try."""
    code = number(answer.get("errcode", 0), BUSY)
    return number(answer.get("sub_code", code), code) if code == WITHIN else code
