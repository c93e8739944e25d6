"""WeCom's HTTP API for one self-built app: a cached access token, errors as sentences (rule W13)."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import httpx

from bot.channels.common.access_token import AccessToken
from bot.channels.common.channel import TryLater
from bot.channels.common.clean import number
from bot.channels.common.http import TIMEOUT, cause, client, json_object, redacted
from bot.channels.wecom.errors import BAD_IP, code_of, failure
from cards.words import Words

BAD_TOKEN = frozenset({40001, 40014, 42001})
Answer = Mapping[str, Any]


class WeComRefused(Exception):
    """An errcode, with what WeCom says to it; nothing secret in it."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(f"{code} {message}")
        self.code, self.message = code, message


class WeComApi:
    """`trouble`: empty, or the sentence of what the operator must mend before calls succeed again."""

    def __init__(self, endpoint: str, corp_id: str, secret: str, words: Words) -> None:
        self._http = client(endpoint)
        self._corp_id, self._secret, self._words = corp_id, secret, words
        self.token = AccessToken(self._fetch_token)
        self.trouble = ""

    async def call(self, name: str, body: Mapping[str, Any]) -> Answer:
        """POST `/cgi-bin/<name>`. A refused token is fetched anew, once. Raises TryLater or WeComRefused."""
        return await self._with_token(name, lambda token: self._post(name, body, token))

    async def get(self, name: str, query: Mapping[str, str]) -> Answer:
        """GET `/cgi-bin/<name>`; as `call`."""

        def send(token: str) -> Awaitable[Answer]:
            return self._request(name, "GET", {"access_token": token, **query})

        return await self._with_token(name, send)

    async def upload(self, png: bytes) -> str:
        """The media id of a picture. Raises TryLater or WeComRefused."""
        name, files = "media/upload", {"media": ("plan.png", png, "image/png")}

        def send(token: str) -> Awaitable[Answer]:
            return self._request(name, "POST", {"access_token": token, "type": "image"}, files=files)

        media_id = (await self._with_token(name, send)).get("media_id")
        if not isinstance(media_id, str) or not media_id:
            raise self.unreadable(name)
        return media_id

    def unreadable(self, name: str) -> TryLater:
        """Error for an answer that lacks what it is asked for."""
        return TryLater(self._say("channel.unreadable", name, status=200))

    def failure(self, refused: WeComRefused, name: str) -> Exception:
        """Error that a refusal means for a sender: TryLater or Undeliverable."""
        return failure(refused.code, refused.message, name, self._words)

    async def check(self) -> str:
        """Try the credentials now: empty, or what is wrong."""
        return await self.token.check()

    async def close(self) -> None:
        await self._http.aclose()

    async def _fetch_token(self, seconds: float) -> tuple[str, float]:
        query = {"corpid": self._corp_id, "corpsecret": self._secret}
        answer = await self._request("gettoken", "GET", query, within=httpx.Timeout(seconds))
        if code := code_of(answer):
            error = failure(code, self._message(answer), "gettoken", self._words)
            if isinstance(error, TryLater):
                raise error
            raise self._mend("wecom.ip" if code == BAD_IP else "wecom.credentials", code)
        token = answer.get("access_token")
        if not isinstance(token, str) or not token:
            raise TryLater(self._say("channel.unreadable", "gettoken", status=200))
        return token, number(answer.get("expires_in"), 7200)

    async def _with_token(self, name: str, send: Callable[[str], Awaitable[Answer]]) -> Answer:
        token = await self.token.get()
        answer = await send(token)
        if code_of(answer) in BAD_TOKEN:
            self.token.forget(token)
            answer = await send(await self.token.get())
        self._look_at(answer, name)
        return answer

    async def _post(self, name: str, body: Mapping[str, Any], token: str) -> Answer:
        return await self._request(name, "POST", {"access_token": token}, body)

    async def _request(
        self, name: str, method: str, query: Mapping[str, str], body: Any = None, within: httpx.Timeout = TIMEOUT,
        files: Any = None,
    ) -> Answer:  # fmt: skip
        """The JSON of an answer. Raises TryLater, which never holds the address: tokens stand in it."""
        try:
            path = f"/cgi-bin/{name}"
            reply = await self._http.request(method, path, params=query, json=body, files=files, timeout=within)
        except httpx.HTTPError as error:
            raise TryLater(self._say("channel.no-reply", name, why=cause(error))) from None
        if reply.is_error:
            raise TryLater(self._say("channel.busy", name, code=f"HTTP {reply.status_code}"))
        try:
            return json_object(reply)
        except ValueError:
            raise TryLater(self._say("channel.unreadable", name, status=reply.status_code)) from None

    def _look_at(self, answer: Answer, name: str) -> None:
        code = code_of(answer)
        if code == BAD_IP:
            raise self._mend("wecom.ip", code)
        if code in BAD_TOKEN:
            raise self._mend("wecom.credentials", code)
        if code:
            raise WeComRefused(code, self._message(answer))
        self.trouble = ""

    def _mend(self, sentence: str, code: int) -> TryLater:
        """Note a trouble that somebody must mend; meanwhile nothing is thrown away."""
        self.trouble = self._words(sentence, code=code)
        return TryLater(self.trouble, 60.0)

    def _message(self, answer: Answer) -> str:
        return redacted(answer.get("errmsg", ""), (self._secret, self.token.value))

    def _say(self, sentence: str, name: str, /, **facts: object) -> str:
        return self._words(sentence, platform=self._words("wecom.name"), what=name, **facts)
