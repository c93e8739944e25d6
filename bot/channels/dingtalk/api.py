"""DingTalk's HTTP API: a cached access token, one retry when it is refused, and errors as sentences (rule D6)."""

from collections.abc import Awaitable, Hashable, Mapping
from typing import Any

import httpx

from bot.channels.common.access_token import AccessToken
from bot.channels.common.channel import TryLater, Undeliverable
from bot.channels.common.clean import number
from bot.channels.common.http import TIMEOUT, cause, client, json_object, redacted
from bot.channels.common.pace import Pace
from bot.channels.common.platform import Turn
from bot.channels.common.tally import count_call
from cards.words import Words

BAD_TOKEN = frozenset({"InvalidAuthentication", "40014", "88"})
BAD_CREDENTIALS = frozenset({"invalidClientIdOrSecret", "invalidParameter.clientId", "Forbidden.Credential"})
PACE = {
    "QpsLimitForAppkeyAndApi": 1.0,
    "QpsLimitForApi": 1.0,
    "send.too.fast": 1.0,
    "send.byToken.tooFast": 1.0,
    "too.many.group": 60.0,
    "too.many.people": 60.0,
    "punish": 300.0,
}
"""The end of a throttling code and how long to wait, in seconds (rule D10)."""
MOST = 20
"""Calls of one API in any second, from whichever process (rule D10)."""
PER_SECOND, IN_FLIGHT = 16, 3
"""So that one process alone stays within them."""
IN_FLIGHT_OF_SEVERAL = 2
QUOTA = "ApiCountLimitForOrg"
PERMISSION = "Forbidden.AccessDenied"


class DingTalkApi:
    """`trouble`: empty, or the sentence of what the operator must mend before calls succeed again."""

    def __init__(
        self, endpoint: str, client_id: str, client_secret: str, words: Words, turn: Turn | None = None
    ) -> None:
        self._http = client(endpoint)
        self._client_id, self._client_secret, self._words = client_id, client_secret, words
        self.token = AccessToken(self._fetch_token)
        self._pace = pace_of(client_id, turn)
        self.trouble = ""

    async def call(self, method: str, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """One API call, not faster than DingTalk takes them. Raises TryLater or Undeliverable."""
        async with self._pace.keep(f"{method} {path}"):
            token = await self.token.get()
            reply = await self._send(method, path, body, token)
            if reply.is_error and _code(reply) in BAD_TOKEN:
                self.token.forget(token)
                reply = await self._send(method, path, body, await self.token.get())
            return self._read(path, reply)

    async def check(self) -> str:
        """Try the credentials now: empty, or what is wrong."""
        return await self.token.check()

    async def close(self) -> None:
        await self._http.aclose()

    async def _fetch_token(self, seconds: float) -> tuple[str, float]:
        path = "/v1.0/oauth2/accessToken"
        body = {"appKey": self._client_id, "appSecret": self._client_secret}
        answer = self._read(path, await self._send("POST", path, body, within=httpx.Timeout(seconds)))
        token = answer.get("accessToken")
        if not isinstance(token, str) or not token:
            raise TryLater(self._say("channel.unreadable", path, status=200))
        return token, number(answer.get("expireIn"), 7200)

    async def _send(
        self, method: str, path: str, body: Mapping[str, Any], token: str = "", within: httpx.Timeout = TIMEOUT
    ) -> httpx.Response:
        headers = {"x-acs-dingtalk-access-token": token} if token else {}
        try:
            reply = await self._http.request(method, path, json=body, headers=headers, timeout=within)
        except httpx.HTTPError as error:
            if token:
                count_call()  # it may have arrived
            raise TryLater(self._say("channel.no-reply", path, why=cause(error))) from None
        if token and not (reply.is_error and _code(reply) in BAD_TOKEN):
            count_call()
        return reply

    def _read(self, path: str, reply: httpx.Response) -> dict[str, Any]:
        if reply.is_error:
            raise self._failure(path, reply)
        try:
            answer = json_object(reply)
        except ValueError:
            raise TryLater(self._say("channel.unreadable", path, status=reply.status_code)) from None
        self.trouble = ""
        return answer

    def _failure(self, path: str, reply: httpx.Response) -> Exception:
        code = _code(reply)
        if tail := next((end for end in (*PACE, QUOTA) if code == end or code.endswith(f".{end}")), ""):
            if tail == QUOTA:
                return self._mend(3600.0, self._words("dingtalk.quota", code=code))
            return TryLater(self._say("channel.too-fast", path, code=code), PACE[tail])
        busy = reply.status_code in (408, 429) or reply.is_server_error
        if code in BAD_CREDENTIALS or (path.endswith("accessToken") and not busy):
            return self._mend(60.0, self._words("dingtalk.credentials", code=code))
        if code in BAD_TOKEN or busy:
            return TryLater(self._say("channel.busy", path, code=code))
        if code.startswith(PERMISSION):
            return self._mend(600.0, self._words("dingtalk.permission", what=path, code=code))
        return Undeliverable(self._say("channel.refused", path, code=code, message=self._message(reply)))

    def _mend(self, seconds: float, sentence: str) -> TryLater:
        """Note a trouble that somebody must mend; meanwhile nothing is thrown away."""
        self.trouble = sentence
        return TryLater(sentence, seconds)

    def _message(self, reply: httpx.Response) -> str:
        return redacted(_field(reply, "message"), (self._client_secret, self.token.value))

    def _say(self, sentence: str, path: str, /, **facts: object) -> str:
        return self._words(sentence, platform=self._words("dingtalk.name"), what=path, **facts)


def pace_of(client_id: str, turn: Turn | None) -> Pace:
    """The pace at which an app calls each API. `turn` of its calls where other processes make some, too."""
    if turn is None:
        return Pace(per_second=PER_SECOND, in_flight=IN_FLIGHT)

    def next_of(key: Hashable) -> Awaitable[float]:
        return turn(f"dingtalk {client_id} {key}", MOST, IN_FLIGHT_OF_SEVERAL)

    return Pace(per_second=PER_SECOND, in_flight=IN_FLIGHT_OF_SEVERAL, turn=next_of)


def _code(reply: httpx.Response) -> str:
    """DingTalk's own code; `punish` for the answer of its firewall, else the HTTP status."""
    if "punish" in reply.text[:2000]:
        return "punish"
    return redacted(_field(reply, "code"), ()) or f"HTTP {reply.status_code}"


def _field(reply: httpx.Response, name: str) -> str:
    try:
        return str(json_object(reply).get(name, ""))
    except ValueError:
        return ""
