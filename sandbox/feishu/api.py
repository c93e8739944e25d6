"""The HTTP side: every call is counted, may run into a fault, and is checked for its token and pace."""

import json
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.faults import Act, Fault, Faults
from sandbox.feishu.limits import Limits
from sandbox.feishu.refusal import BAD_PARAMETER, TOO_FAST, Refusal
from sandbox.feishu.tokens import Tokens
from sandbox.pace import Window
from sandbox.world import World

Body = Mapping[str, Any]
Handle = Callable[[Body, Request], Body]


class Api:
    def __init__(self, world: World, tokens: Tokens, limits: Limits) -> None:
        self._world, self._tokens, self._limits = world, tokens, limits
        self._pace = Window(limits.calls_per_second, 1.0)
        self.faults = Faults(500, 2200)
        self.calls: Counter[str] = Counter()
        """Requests by API name, refused ones included."""

    def route(self, method: str, path: str, name: str, handle: Handle, *, token: bool = True) -> Route:
        async def endpoint(request: Request) -> Response:
            self.calls[name] += 1
            fault = self.faults.take(name)
            if fault is not None and fault.act is not Act.LOSE_REPLY:
                return await self._failed(fault)
            response = await self._answer(name, handle, request, token)
            return await self._failed(fault) if fault is not None else response

        return Route(path, endpoint, methods=[method])

    async def _failed(self, fault: Fault) -> Response:
        await self.faults.wait(fault)
        if fault.act is Act.SPOIL:
            return Response(fault.body, media_type="application/json")
        return JSONResponse({"code": fault.code, "msg": "ordered fault"}, fault.status)

    async def _answer(self, name: str, handle: Handle, request: Request, token: bool) -> Response:
        try:
            if token:
                self._tokens.check(request.headers.get("authorization", ""))
                if not self._pace.take(name):
                    raise Refusal(TOO_FAST, "request trigger frequency limit", 429)
            return JSONResponse({"code": 0, "msg": "ok", **handle(await _body(request), request)})
        except Refusal as refusal:
            self._world.refuse("feishu", name, refusal.message, refusal.code)
            headers = {"x-ogw-ratelimit-limit": "50", "x-ogw-ratelimit-reset": "1"} if refusal.status == 429 else None
            return JSONResponse({"code": refusal.code, "msg": refusal.message}, refusal.status, headers)


async def _body(request: Request) -> Mapping[str, Any]:
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        raise Refusal(BAD_PARAMETER, "Content-Type must be application/json")
    try:
        body = json.loads(await request.body())
    except (ClientDisconnect, ValueError):
        raise Refusal(BAD_PARAMETER, "the body is not JSON") from None
    if not isinstance(body, dict):
        raise Refusal(BAD_PARAMETER, "the body is not a JSON object")
    return body
