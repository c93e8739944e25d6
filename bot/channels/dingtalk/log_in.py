"""Log-in with a DingTalk account: by a code from its client, or by its own page with a QR code."""

from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx

from bot.channels.common.channel import TryLater, Undeliverable
from bot.channels.common.http import TIMEOUT, cause, client, json_object
from bot.channels.common.log_in import ClientScript, NotAccepted, Outsider
from bot.channels.common.platform import Site
from bot.channels.common.tally import count_call
from bot.channels.dingtalk.older import DingTalkRefused, OlderApi
from bot.channels.dingtalk.settings import DingTalkSettings
from bot.channels.dingtalk.traits import DINGTALK
from cards.words import Words

ELSEWHERE = {
    "https://api.dingtalk.com": (
        "https://login.dingtalk.com",
        "https://g.alicdn.com/dingding/dingtalk-jsapi/3.0.25/dingtalk.open.js",
    )
}
"""Hosts of the page with the QR code and of the client's library; a private cloud has them in one place."""
SOURCE = Path(__file__).with_suffix(".js").read_text("utf-8")
BAD_CODE = 40078
NO_SUCH_USER = frozenset({33012, 60121})
INTERNAL = 0


class DingTalkLogIn:
    platform = DINGTALK.platform
    code_field = "authCode"

    def __init__(self, section: DingTalkSettings, site: Site) -> None:
        endpoint, secret = section.endpoint.rstrip("/"), section.client_secret.get_secret_value()
        self._client_id, self._secret, self._corp_id = section.client_id, secret, section.corp_id
        self._page, self._library = ELSEWHERE.get(endpoint, (endpoint, f"{endpoint}/dingtalk.open.js"))
        self._words = Words(site.locale)
        self._http = client(endpoint)
        self._older = OlderApi(endpoint, section.client_id, secret, self._words)

    def is_client(self, agent: str) -> bool:
        return "dingtalk" in agent.lower()

    def script(self, company: str) -> ClientScript | None:
        corp = self._corp_id or company
        return ClientScript(self._library, SOURCE, {"corp": corp, "client": self._client_id}) if corp else None

    def address(self, back: str, state: str, inside: bool) -> str:
        asked = {
            "client_id": self._client_id, "redirect_uri": back, "state": state, "response_type": "code",
            "prompt": "consent", "scope": "openid",
        }  # fmt: skip
        return f"{self._page}/oauth2/auth?{urlencode(asked)}"

    async def user(self, code: str, by_script: bool) -> str:
        try:
            if by_script:
                return _text(await self._older.call("topapi/v2/user/getuserinfo", {"code": code}), "userid")
            union = await self._union_id(code)
            found = await self._older.call("topapi/user/getbyunionid", {"unionid": union})
        except DingTalkRefused as refused:
            if refused.code == BAD_CODE:
                raise NotAccepted from None
            if refused.code in NO_SUCH_USER:
                raise Outsider from None
            raise
        if found.get("result", {}).get("contact_type", INTERNAL) != INTERNAL:
            raise Outsider
        return _text(found, "userid")

    async def stop(self) -> None:
        await self._http.aclose()
        await self._older.close()

    async def _union_id(self, code: str) -> str:
        wanted = {
            "clientId": self._client_id, "clientSecret": self._secret, "code": code, "grantType": "authorization_code",
        }  # fmt: skip
        path = "/v1.0/oauth2/userAccessToken"
        reply = await self._send("POST", path, json=wanted)
        if 400 <= reply.status_code < 500:
            raise NotAccepted
        token = self._field(path, reply, "accessToken")
        path = "/v1.0/contact/users/me"
        count_call()
        reply = await self._send("GET", path, headers={"x-acs-dingtalk-access-token": token})
        if reply.status_code == httpx.codes.FORBIDDEN:
            raise Undeliverable(self._words("dingtalk.permission", what="Contact.User.Read", code=reply.status_code))
        return self._field(path, reply, "unionId")

    async def _send(self, method: str, path: str, **more: Any) -> httpx.Response:
        try:
            reply = await self._http.request(method, path, timeout=TIMEOUT, **more)
        except httpx.HTTPError as error:
            raise TryLater(self._say("channel.no-reply", path, why=cause(error))) from None
        if reply.is_server_error or reply.status_code == httpx.codes.TOO_MANY_REQUESTS:
            raise TryLater(self._say("channel.busy", path, code=f"HTTP {reply.status_code}"))
        return reply

    def _field(self, path: str, reply: httpx.Response, name: str) -> str:
        try:
            found = json_object(reply).get(name)
        except ValueError:
            found = None
        if not isinstance(found, str) or not found:
            raise TryLater(self._say("channel.unreadable", path, status=reply.status_code))
        return found

    def _say(self, sentence: str, path: str, /, **facts: object) -> str:
        return self._words(sentence, platform=self._words("dingtalk.name"), what=path, **facts)


def _text(answer: dict[str, Any], name: str) -> str:
    """A text of a result. Raises Outsider where there is none: the platform knows nobody of ours by it."""
    result = answer.get("result")
    found = result.get(name) if isinstance(result, dict) else None
    if not isinstance(found, str) or not found:
        raise Outsider
    return found
