"""DingTalk's older family of APIs: a host and a token of its own, and errors by number."""

from collections.abc import Mapping
from typing import Any

import httpx

from bot.channels.common.access_token import AccessToken
from bot.channels.common.channel import TryLater
from bot.channels.common.clean import number
from bot.channels.common.http import TIMEOUT, cause, client, json_object, redacted
from bot.channels.common.tally import count_call
from cards.words import Words

OLDER = {"https://api.dingtalk.com": "https://oapi.dingtalk.com"}
"""Where the older family is; a private cloud has both in one place."""
WITHIN = 88
"""Stands for an error whose own number is beside it."""
BAD_TOKEN = frozenset({40001, 40014, 42001, WITHIN})
BUSY = -1
LATER = {BUSY: None, 90002: 1.0, 90018: 1.0, 90020: 3600.0}
"""Codes that ask to wait, and how long."""
Answer = dict[str, Any]


class OlderRefused(Exception):
    """An error's number, with what DingTalk says to it; nothing secret in it."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(f"{code} {message}")
        self.code, self.message = code, message


class OlderApi:
    def __init__(self, endpoint: str, client_id: str, client_secret: str, words: Words) -> None:
        self._http = client(OLDER.get(endpoint.rstrip("/"), endpoint))
        self._client_id, self._client_secret, self._words = client_id, client_secret, words
        self._token = AccessToken(self._fetch_token)

    async def call(self, path: str, query: Mapping[str, str] | None = None, **body: Any) -> Answer:
        """POST; `body` as httpx takes it. A refused token is fetched anew, once. Raises TryLater or OlderRefused."""
        token = await self._token.get()
        answer = await self._post(path, query, token, body)
        if _code(answer) in BAD_TOKEN:
            self._token.forget(token)
            answer = await self._post(path, query, await self._token.get(), body)
        self._look_at(answer, path)
        return answer

    async def close(self) -> None:
        await self._http.aclose()

    async def _fetch_token(self, seconds: float) -> tuple[str, float]:
        query = {"appkey": self._client_id, "appsecret": self._client_secret}
        answer = await self._request("GET", "gettoken", query, timeout=httpx.Timeout(seconds))
        try:
            self._look_at(answer, "gettoken")
        except OlderRefused as refused:
            raise TryLater(self._words("dingtalk.credentials", code=refused.code), 60.0) from None
        token = answer.get("access_token")
        if not isinstance(token, str) or not token:
            raise self.unreadable("gettoken")
        return token, number(answer.get("expires_in"), 7200)

    async def _post(self, path: str, query: Mapping[str, str] | None, token: str, body: dict[str, Any]) -> Answer:
        count_call()  # whatever comes of it
        return await self._request("POST", path, {"access_token": token, **(query or {})}, timeout=TIMEOUT, **body)

    async def _request(self, method: str, path: str, query: dict[str, str], **more: Any) -> Answer:
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
            raise self.unreadable(path, reply.status_code) from None

    def unreadable(self, path: str, status: int = 200) -> TryLater:
        """Error for an answer that lacks what it is asked for."""
        return TryLater(self._say("channel.unreadable", path, status=status))

    def _look_at(self, answer: Answer, path: str) -> None:
        code = _code(answer)
        if code in LATER:
            raise TryLater(self._say("channel.busy", path, code=code), LATER[code])
        if code:
            said = answer.get("sub_msg") or answer.get("errmsg", "")
            raise OlderRefused(code, redacted(said, (self._client_secret, self._token.value)))

    def _say(self, sentence: str, path: str, /, **facts: object) -> str:
        return self._words(sentence, platform=self._words("dingtalk.name"), what=path, **facts)


def _code(answer: Answer) -> int:
    """The errcode of an answer, 0 when it has none; one that is no number asks for another try."""
    code = number(answer.get("errcode", 0), BUSY)
    return number(answer.get("sub_code", code), code) if code == WITHIN else code
