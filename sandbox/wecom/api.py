"""The HTTP side: every call is counted, may run into a fault, and is checked for its token and rate (rule W13)."""

import json
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.faults import Act, Fault, Faults
from sandbox.pace import Window
from sandbox.wecom.limits import Limits
from sandbox.wecom.refusal import TOO_OFTEN, Refusal
from sandbox.wecom.tokens import Tokens
from sandbox.world import World

Body = Mapping[str, Any]
Handle = Callable[[Body], Body]


class Api:
    def __init__(self, world: World, tokens: Tokens, limits: Limits, of_contacts: Tokens | None = None) -> None:
        """`of_contacts`: tokens of the secret of the contacts, which are told apart where the directory is asked."""
        self._world, self._tokens, self._of_contacts = world, tokens, of_contacts
        self._pace = Window(limits.calls_per_minute, 60.0)
        self.faults = Faults(200, -1)
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

    def upload(self, path: str, name: str, handle: Callable[[Request], Awaitable[Body]]) -> Route:
        """Route whose body is a form."""

        async def answer(request: Request) -> Body:
            self._admit(name, request)
            return await handle(request)

        return self._route(path, name, "POST", answer)

    def get(self, path: str, name: str, handle: Callable[[Request], Body], *, token: bool = True) -> Route:
        async def answer(request: Request) -> Body:
            if token:
                self._admit(name, request)
            return handle(request)

        return self._route(path, name, "GET", answer)

    def directory_get(self, path: str, name: str, handle: Callable[[Request], Body]) -> Route:
        """Route that takes a token of any secret, and looks at it itself."""

        async def answer(request: Request) -> Body:
            self._admit(name, request, contacts=True)
            return handle(request)

        return self._route(path, name, "GET", answer)

    def directory_post(self, path: str, name: str, handle: Callable[[Request, Body], Body]) -> Route:
        async def answer(request: Request) -> Body:
            self._admit(name, request, contacts=True)
            return handle(request, await _body(request))

        return self._route(path, name, "POST", answer)

    def open_post(self, path: str, name: str, handle: Callable[[Request, Body], Body]) -> Route:
        """Route without an access token: the address itself is the permission."""

        async def answer(request: Request) -> Body:
            return handle(request, await _body(request))

        return self._route(path, name, "POST", answer)

    def _route(self, path: str, name: str, method: str, answer: Callable[[Request], Any]) -> Route:
        async def endpoint(request: Request) -> Response:
            self.calls[name] += 1
            fault = self.faults.take(name)
            if fault is not None and fault.act is not Act.LOSE_REPLY:
                return await self._failed(fault)
            try:
                body = await answer(request)
            except Refusal as refusal:
                self._world.refuse("wecom", name, refusal.errmsg, refusal.errcode)
                body = refusal.body
            return JSONResponse(body) if fault is None else await self._failed(fault)

        return Route(path, endpoint, methods=[method])

    async def _failed(self, fault: Fault) -> Response:
        """Fail with status 200 the way WeCom fails, with an errcode; otherwise the way a proxy does."""
        await self.faults.wait(fault)
        if fault.act is Act.SPOIL:
            return Response(fault.body, media_type="application/json")
        if fault.status == 200:
            return JSONResponse({"errcode": fault.code, "errmsg": "ordered fault"})
        return Response("ordered fault", status_code=fault.status)

    def _admit(self, name: str, request: Request, *, contacts: bool = False) -> None:
        token = request.query_params.get("access_token")
        if not (contacts and self._of_contacts and self._of_contacts.holds(token)):
            self._tokens.check(token)
        if not self._pace.take(name):
            raise Refusal(TOO_OFTEN, "api freq out of limit")


async def _body(request: Request) -> Body:
    try:
        body = json.loads(await request.body())
    except ValueError:
        raise Refusal(47001, "data format error: the body is not JSON") from None
    if not isinstance(body, dict):
        raise Refusal(47001, "data format error: the body is not a JSON object")
    return body
