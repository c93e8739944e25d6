"""Pushing to the app's callback address with real encryption, and reading what it answers (rules W1 to W3)."""

import asyncio
import secrets
from collections.abc import Mapping
from typing import Any

import httpx

from sandbox.wecom import xml
from sandbox.wecom.crypto import BadCipher, Crypto
from sandbox.wecom.limits import Limits
from sandbox.wecom.settings import App
from sandbox.wecom.signed import Signed, client
from sandbox.world import World


class NoAnswer(Exception):
    """No attempt was answered with 200 in time. `reached`: somebody was listening."""

    def __init__(self, reached: bool) -> None:
        super().__init__("the callback was not answered")
        self.reached = reached


class AppCallback:
    def __init__(self, world: World, corp_id: str, app: App, limits: Limits) -> None:
        self._world, self._corp_id, self._app, self._limits = world, corp_id, app, limits
        self.sent: list[Signed] = []
        """Every callback once, whatever its attempts."""
        self.attempts = 0

    @property
    def _crypto(self) -> Crypto:
        return Crypto(self._app.token, self._app.aes_key, self._corp_id)

    # -- the address check ------------------------------------------------------------------------------

    async def verify(self) -> bool:
        """GET with an echostr; whether its plain text came back at once, and nothing else."""
        words = str(secrets.randbelow(10**16))
        echo = self._crypto.encrypt(words)
        stamp = self._stamp()
        query = {"msg_signature": self._crypto.sign(*stamp, echo), "timestamp": stamp[0], "nonce": stamp[1]}
        try:
            async with asyncio.timeout(self._limits.echo_seconds), client() as http:
                answer = await http.get(self._url, params=query | {"echostr": echo})
        except (TimeoutError, httpx.HTTPError):
            return False
        return answer.status_code == 200 and answer.content == words.encode()

    # -- pushing ----------------------------------------------------------------------------------------

    def sealed(self, tree: xml.Tree) -> Signed:
        """Encrypt and sign an inner document."""
        encrypted = self._crypto.encrypt(xml.write(tree))
        stamp = self._stamp()
        outer: xml.Tree = {"ToUserName": self._corp_id, "AgentID": self._app.agent_id, "Encrypt": encrypted}
        return Signed(self._crypto.sign(*stamp, encrypted), *stamp, xml.write(outer), "text/xml")

    async def push(self, callback: Signed) -> str:
        """Up to three attempts of five seconds; the answer's inner XML, empty for none. Raises NoAnswer."""
        self.sent.append(callback)
        reached = False
        for _ in range(self._limits.callback_attempts):
            self.attempts += 1
            try:
                answer = await self.post(callback)
                reached = True
            except (TimeoutError, httpx.ReadError, httpx.RemoteProtocolError):
                reached = True
                continue
            except httpx.HTTPError:
                continue
            if answer.status_code == 200:
                return self._open(answer.text)
        raise NoAnswer(reached)

    async def post(self, callback: Signed) -> httpx.Response:
        """One attempt. TimeoutError or httpx.HTTPError when there is no answer."""
        return await callback.post(self._url, self._limits.callback_seconds)

    @property
    def _url(self) -> str:
        return self._app.callback_url or ""

    def _stamp(self) -> tuple[str, str]:
        return str(int(self._world.now().timestamp())), str(secrets.randbelow(10**10))

    def _open(self, body: str) -> str:
        """Open a passive reply; a wrong one is refused and counts as none."""
        if not body.strip():
            return ""
        try:
            outer = xml.read(body)
            parts = [xml.field(outer, name) for name in ("Encrypt", "MsgSignature", "TimeStamp", "Nonce")]
            return self._crypto.decrypt(*parts)
        except (xml.BadXml, BadCipher) as mistake:
            self._world.refuse("wecom", "passive reply", str(mistake), 400)
            return ""


def text_message(corp_id: str, agent_id: int, user: str, at: int, words: str) -> dict[str, Any]:
    return {
        "ToUserName": corp_id,
        "FromUserName": user,
        "CreateTime": at,
        "MsgType": "text",
        "Content": words,
        "MsgId": secrets.randbits(60),
        "AgentID": agent_id,
    }


def card_event(
    corp_id: str, agent_id: int, user: str, at: int, *, event: Mapping[str, Any], chosen: list[tuple[str, list[str]]]
) -> dict[str, Any]:
    """A click; there is no MsgId, so FromUserName and CreateTime tell events apart (rule W3)."""
    items = [{"QuestionKey": key, "OptionIds": {"OptionId": ids}} for key, ids in chosen]
    return {
        "ToUserName": corp_id,
        "FromUserName": user,
        "CreateTime": at,
        "MsgType": "event",
        "Event": "template_card_event",
        **event,
        "AgentID": agent_id,
        **({"SelectedItems": {"SelectedItem": items}} if items else {}),
    }
