"""The HTTP side: every call is counted, may run into a fault, and is checked for its token and rate (protocol 10)."""

import asyncio
import json
import secrets
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.faults import Act, Fault, Faults
from sandbox.pace import Window
from sandbox.wecom.limits import Limits
from sandbox.wecom.refusal import OK, TOO_OFTEN, Refusal
from sandbox.world import World

Body = Mapping[str, Any]
Handle = Callable[[Body], Body]


class Tokens:
    """One token per app secret; asking again gives the same one until it expires (protocol 10.1)."""

    def __init__(self, corp_id: str, secret: str, limits: Limits, now: Callable[[], datetime]) -> None:
        self._corp_id, self._secret, self._limits, self._now = corp_id, secret, limits, now
        self._token = ""
        self._until = now()
        self._expired: set[str] = set()

    def issue(self, corp_id: str | None, secret: str | None) -> Body:
        if corp_id != self._corp_id:
            raise Refusal(40013, "invalid corpid")
        if secret != self._secret:
            raise Refusal(40001, "invalid credential")
        if not self._token or self._until <= self._now():
            self.expire()
            self._token = secrets.token_urlsafe(32)
            self._until = self._now() + timedelta(seconds=self._limits.token_seconds)
        left = int((self._until - self._now()).total_seconds())
        return OK | {"access_token": self._token, "expires_in": left}

    def check(self, token: str | None) -> None:
        if not token:
            raise Refusal(41001, "access_token missing")
        if token in self._expired or (token == self._token and self._until <= self._now()):
            raise Refusal(42001, "access_token expired")
        if token != self._token:
            raise Refusal(40014, "invalid access_token")

    def expire(self) -> None:
        if self._token:
            self._expired.add(self._token)
        self._token = ""


class Api:
    def __init__(self, world: World, tokens: Tokens, limits: Limits) -> None:
        self._world, self._tokens = world, tokens
        self._pace = Window(limits.calls_per_minute, 60.0)
        self.faults = Faults()
        self.calls: Counter[str] = Counter()
        """Requests by API name, refused ones included."""
        self.requests: list[tuple[str, Body]] = []
        """Bodies of the calls that need a token, oldest first."""

    def post(self, path: str, name: str, handle: Handle) -> Route:
        async def answer(request: Request) -> Body:
            self._admit(name, request)
            body = await _body(request)
            self.requests.append((name, body))
            return handle(body)

        return self._route(path, name, "POST", answer)

    def get(self, path: str, name: str, handle: Callable[[Request], Body], *, token: bool = True) -> Route:
        async def answer(request: Request) -> Body:
            if token:
                self._admit(name, request)
            return handle(request)

        return self._route(path, name, "GET", answer)

    def open_post(self, path: str, name: str, handle: Callable[[Request, Body], Body]) -> Route:
        """Without an access token: the address itself is the permission."""

        async def answer(request: Request) -> Body:
            return handle(request, await _body(request))

        return self._route(path, name, "POST", answer)

    def _route(self, path: str, name: str, method: str, answer: Callable[[Request], Any]) -> Route:
        async def endpoint(request: Request) -> Response:
            self.calls[name] += 1
            fault = self.faults.take(name)
            if fault is not None and fault.act is not Act.LOSE_REPLY:
                return await _failed(fault)
            try:
                body = await answer(request)
            except Refusal as refusal:
                self._world.refuse("wecom", name, refusal.errmsg, refusal.errcode)
                body = refusal.body
            return JSONResponse(body) if fault is None else await _failed(fault)

        return Route(path, endpoint, methods=[method])

    def _admit(self, name: str, request: Request) -> None:
        self._tokens.check(request.query_params.get("access_token"))
        if not self._pace.take(name):
            raise Refusal(TOO_OFTEN, "api freq out of limit")


async def _failed(fault: Fault) -> Response:
    """With an integer code the way WeCom fails (HTTP 200 and an errcode), otherwise the way a proxy does."""
    await asyncio.sleep(fault.seconds)
    if isinstance(fault.code, int):
        return JSONResponse({"errcode": fault.code, "errmsg": "ordered fault"})
    return Response("ordered fault", status_code=fault.status)


async def _body(request: Request) -> Body:
    try:
        body = json.loads(await request.body())
    except ValueError:
        raise Refusal(47001, "data format error: the body is not JSON") from None
    if not isinstance(body, dict):
        raise Refusal(47001, "data format error: the body is not a JSON object")
    return body
