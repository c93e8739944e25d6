"""Log-in with a DingTalk account: codes inside the client, the page with the QR code outside, and who it was."""

import hashlib
import secrets
from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from sandbox.codes import Codes
from sandbox.dingtalk.api import Api
from sandbox.dingtalk.frames import Identity
from sandbox.dingtalk.refusal import Refusal, answer
from sandbox.dingtalk.tokens import Tokens
from sandbox.scanning import back, refused, scanning
from sandbox.world import Person, World

CLIENT, BROWSER = "client", "browser"
CLIENT_LIBRARY = """window.dd = {
  ready: (go) => go(),
  requestAuthCode: ({corpId, clientId, onSuccess, onFail}) => {
    const asked = new URLSearchParams({corpId, clientId});
    fetch(new URL("client/code?" + asked, document.querySelector("script[src$='dingtalk.open.js']").src))
      .then((reply) => reply.json()).then((told) => told.code ? onSuccess(told) : onFail(told), onFail);
  },
};
"""
Json = Mapping[str, Any]


class LogIn:
    """`phone`: id of the person in whose client pages are opened. `redirects`: the addresses that the console has
    under 安全设置. `may_read_contact`: the app has Contact.User.Read."""

    def __init__(self, world: World, who: Identity, tokens: Tokens, older: Tokens, api: Api) -> None:
        self._world, self._who, self._tokens, self._older = world, who, tokens, older
        self._api = api
        self._codes = Codes(world.now)
        self._users: dict[str, Person] = {}
        """People by the token that their consent became."""
        self.phone = ""
        self.redirects: set[str] = set()
        self.may_read_contact = True

    # -- what people do -----------------------------------------------------------------------------------

    def code(self, person: Person, corp_id: str, client_id: str) -> str:
        """What `dd.requestAuthCode` gives inside the client. Refusal: of another company, or for another app."""
        if person.corp != "home" or not person.dingtalk or corp_id != self._who.corp_id:
            raise Refusal("3", "corpId不存在")
        if client_id != self._who.client_id:
            raise Refusal("9", "clientId不合法")
        return self._codes.issue(person, CLIENT)

    def scan(self, address: str, person: Person) -> str:
        """Scan the code at an address of /oauth2/auth and agree; the address that the browser is sent to."""
        asked = Request({"type": "http", "query_string": address.partition("?")[2].encode()}).query_params
        self._check(asked)
        return back(asked["redirect_uri"], authCode=self._codes.issue(person, BROWSER), state=asked["state"])

    # -- HTTP -----------------------------------------------------------------------------------------------

    @property
    def routes(self) -> list[BaseRoute]:
        api = self._api
        return [
            Route("/oauth2/auth", self._page),
            Route("/dingtalk.open.js", lambda _: Response(CLIENT_LIBRARY, media_type="text/javascript")),
            Route("/client/code", self._of_phone),
            api.route("POST", "/v1.0/oauth2/userAccessToken", "userAccessToken", self._user_token, token=False),
            Route("/v1.0/contact/users/me", self._me),
            api.old_route("POST", "/topapi/v2/user/getuserinfo", "getuserinfo", self._user_info),
            api.old_route("POST", "/topapi/user/getbyunionid", "getbyunionid", self._by_union_id),
        ]

    async def _page(self, request: Request) -> Response:
        asked = request.query_params
        try:
            self._check(asked)
            if chosen := self._world.people.get(asked.get("as", "")):
                return RedirectResponse(self.scan(str(request.url), chosen), 302)
        except Refusal as refusal:
            self._world.refuse("dingtalk", "oauth2/auth", refusal.message, refusal.code)
            return refused("钉钉登录", f"{refusal.message}（{refusal.code}）")
        people = [one for one in self._world.people.values() if one.dingtalk]
        return scanning("钉钉登录：谁在扫码？", request.url.path, request.url.query, people)

    def _check(self, asked: Mapping[str, str]) -> None:
        if asked.get("client_id") != self._who.client_id:
            raise Refusal("invalid_client", "应用不存在")
        if asked.get("redirect_uri") not in self.redirects:
            raise Refusal("invalid_redirect", "回调地址没有在安全设置里登记")
        wanted = {"response_type": "code", "prompt": "consent", "scope": "openid"}
        for name, value in wanted.items():
            if asked.get(name) != value:
                raise Refusal("invalid_request", f"{name} 应为 {value}")
        if not asked.get("state"):
            raise Refusal("invalid_request", "缺少 state")

    async def _of_phone(self, request: Request) -> Response:
        asked = request.query_params
        try:
            person = self._world.people[self.phone]
            return JSONResponse({"code": self.code(person, asked.get("corpId", ""), asked.get("clientId", ""))})
        except (Refusal, KeyError) as refusal:
            return JSONResponse({"errorCode": "3", "errorMessage": str(refusal)})

    def _user_token(self, body: Json, _: Request) -> Json:
        self._tokens.authenticate(body.get("clientId"), body.get("clientSecret"))
        if body.get("grantType") != "authorization_code":
            raise Refusal("invalidParameter.grantType", "grantType不合法")
        person = self._codes.take(body.get("code"), BROWSER)
        if person is None:
            raise Refusal("invalidParameter.authCode.notFound", "不合法的临时授权码")
        token = secrets.token_hex(16)
        self._users[token] = person
        return {"accessToken": token, "refreshToken": secrets.token_hex(16), "expireIn": 7200}

    async def _me(self, request: Request) -> Response:
        self._api.calls["me"] += 1
        self._api.spent[self._api.month] += 1
        person = self._users.get(request.headers.get("x-acs-dingtalk-access-token", ""))
        if person is None:
            return answer("InvalidAuthentication", "不合法的access_token", 401)
        if not self.may_read_contact:
            return answer("Forbidden.AccessDenied.AccessTokenPermissionDenied", "没有调用该接口的权限", 403)
        return JSONResponse({"nick": person.name, "unionId": union_id(person), "openId": f"open{person.id}"})

    async def _user_info(self, request: Request) -> Json:
        body = await self._body(request)
        person = self._codes.take(body.get("code"), CLIENT)
        if person is None:
            raise Refusal("40078", "不存在的临时授权码")
        names = {"userid": person.dingtalk, "unionid": union_id(person), "name": person.name}
        return {"result": {**names, "associated_unionid": "", "device_id": "d1", "sys": False, "sys_level": 0}}

    async def _by_union_id(self, request: Request) -> Json:
        wanted = (await self._body(request)).get("unionid")
        people = [one for one in self._world.people.values() if one.corp == "home" and one.dingtalk]
        found = next((one for one in people if union_id(one) == wanted), None)
        if found is None:
            raise Refusal("60121", "找不到该用户")
        return {"result": {"contact_type": 0, "userid": found.dingtalk}}

    async def _body(self, request: Request) -> Json:
        """The JSON of a call of the older family. A token of the newer one opens nothing."""
        try:
            self._older.check(request.query_params.get("access_token"))
        except Refusal:
            raise Refusal("40014", "不合法的access_token") from None
        try:
            body = await request.json()
        except ValueError:
            raise Refusal("43008", "请求体不是JSON") from None
        if not isinstance(body, dict):
            raise Refusal("43008", "请求体不是JSON对象")
        return body


def union_id(person: Person) -> str:
    """One for a person in all companies of a developer, and never their user id."""
    return hashlib.sha256(f"{person.corp}:{person.id}".encode()).hexdigest()[:24] + "iE"
