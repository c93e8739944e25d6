"""Log-in with a WeCom account: the redirect inside the client, the page with the QR code outside, and who it was."""

import hashlib
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from sandbox.codes import Codes
from sandbox.scanning import back, refused, scanning
from sandbox.wecom.api import Api
from sandbox.wecom.refusal import OK, Refusal
from sandbox.wecom.settings import App
from sandbox.world import Person, World

STATE = re.compile(r"[a-zA-Z0-9]{1,128}")
INSIDE, OUTSIDE = "/connect/oauth2/authorize", "/wwlogin/sso/login"
APP = "app"


class LogIn:
    """`phone`: id of the person in whose client pages are opened. `trusted`: the app's trusted domain, with its port if
    it has one; empty: none is set up."""

    def __init__(self, world: World, corp_id: str, app: App, api: Api) -> None:
        self._world, self._corp_id, self._app, self._api = world, corp_id, app, api
        self._codes = Codes(world.now)
        self.phone = ""
        self.trusted = ""

    # -- what people do -----------------------------------------------------------------------------------

    def open_inside(self, address: str, person: Person) -> str:
        """Open an address in the client; where it is sent back to. Refusal: what the client shows instead."""
        if not address.endswith("#wechat_redirect"):
            raise Refusal(40101, "缺少 #wechat_redirect")
        return self._sent_back(INSIDE, QueryParams(urlsplit(address).query), person)

    def scan(self, address: str, person: Person) -> str:
        """Scan the code at an address; where the browser is sent back to."""
        return self._sent_back(OUTSIDE, QueryParams(urlsplit(address).query), person)

    # -- HTTP -----------------------------------------------------------------------------------------------

    @property
    def routes(self) -> list[BaseRoute]:
        return [
            Route(INSIDE, self._inside),
            Route(OUTSIDE, self._outside),
            self._api.get("/cgi-bin/auth/getuserinfo", "getuserinfo", self._user_info),
        ]

    async def _inside(self, request: Request) -> Response:
        if "wxwork" not in request.headers.get("user-agent", "").lower():
            return refused("企业微信", "请在企业微信客户端打开链接")
        return self._answer(INSIDE, request, self._world.people.get(self.phone))

    async def _outside(self, request: Request) -> Response:
        chosen = self._world.people.get(request.query_params.get("as", ""))
        return self._answer(OUTSIDE, request, chosen)

    def _answer(self, way: str, request: Request, person: Person | None) -> Response:
        try:
            self._check(way, request.query_params)
            if person:
                return RedirectResponse(self._sent_back(way, request.query_params, person), 302)
        except Refusal as refusal:
            self._world.refuse("wecom", way, refusal.errmsg, refusal.errcode)
            return refused("企业微信", f"{refusal.errmsg}（{refusal.errcode}）")
        people = [one for one in self._world.people.values() if one.wecom]
        return scanning("企业微信登录：谁在扫码？", request.url.path, request.url.query, people)

    def _sent_back(self, way: str, asked: QueryParams, person: Person) -> str:
        self._check(way, asked)
        return back(asked["redirect_uri"], code=self._codes.issue(person, APP), state=asked["state"])

    def _check(self, way: str, asked: Mapping[str, str]) -> None:
        if asked.get("appid") != self._corp_id:
            raise Refusal(40013, "invalid corpid")
        if asked.get("agentid") != str(self._app.agent_id):
            raise Refusal(40056, "invalid agentid")
        if not self.trusted or urlsplit(asked.get("redirect_uri", "")).netloc != self.trusted:
            raise Refusal(50001, "redirect_uri与应用的可信域名不一致")
        inside = {"response_type": "code", "scope": "snsapi_base"}
        for name, value in (inside if way == INSIDE else {"login_type": "CorpApp"}).items():
            if asked.get(name) != value:
                raise Refusal(40101, f"{name} must be {value}")
        if not STATE.fullmatch(asked.get("state", "")):
            raise Refusal(40101, "state must be a-zA-Z0-9, at most 128 bytes")

    def _user_info(self, request: Request) -> Mapping[str, Any]:
        person = self._codes.take(request.query_params.get("code", ""), APP)
        if person is None:
            raise Refusal(40029, "invalid code")
        if person.corp == "home" and person.wecom:
            return OK | {"userid": person.wecom}
        outside = hashlib.sha256(f"{person.corp}:{person.id}".encode()).hexdigest()
        return OK | {"openid": f"o{outside[:27]}", "external_userid": f"wm{outside[:30]}"}
