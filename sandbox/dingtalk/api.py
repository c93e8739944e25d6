"""The HTTP side: every call is counted, may run into a fault, and is checked for its token, rate and budget."""

import json
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.dingtalk.limits import Limits
from sandbox.dingtalk.refusal import Refusal, answer, old_answer
from sandbox.dingtalk.tokens import Tokens
from sandbox.faults import Act, Fault, Faults
from sandbox.pace import Window
from sandbox.world import World

Handle = Callable[[Mapping[str, Any], Request], Mapping[str, Any]]
OldHandle = Callable[[Request], Awaitable[Mapping[str, Any]]]


class Api:
    def __init__(self, world: World, tokens: Tokens, limits: Limits) -> None:
        self._world, self._tokens, self._limits = world, tokens, limits
        self._pace = Window(limits.qps, 1.0)
        self.faults = Faults(500, "ServiceUnavailable")
        self.calls: Counter[str] = Counter()
        """Requests by API name, refused ones included."""
        self.spent: Counter[str] = Counter()
        """Calls that count against the organisation's month, by "2026-03"."""
        self.requests: list[tuple[str, Mapping[str, Any]]] = []
        """Bodies of the calls that need a token, oldest first."""

    @property
    def month(self) -> str:
        return f"{self._world.now():%Y-%m}"

    @property
    def exhausted(self) -> bool:
        return self.spent[self.month] >= self._limits.monthly_calls

    def route(self, method: str, path: str, name: str, handle: Handle, *, token: bool = True) -> Route:
        async def endpoint(request: Request) -> Response:
            self.calls[name] += 1
            fault = self.faults.take(name)
            if fault is not None and fault.act is not Act.LOSE_REPLY:
                self.spent[self.month] += token  # a call that fails is a call
                return await self._failed(fault)
            response = await self._answer(name, handle, request, token)
            return await self._failed(fault) if fault is not None else response

        return Route(path, endpoint, methods=[method])

    def old_route(self, method: str, path: str, name: str, handle: OldHandle, *, counted: bool = True) -> Route:
        """An API of the older family (oapi.dingtalk.com); `handle` looks at the token itself."""

        async def endpoint(request: Request) -> Response:
            self.calls[name] += 1
            fault = self.faults.take(name)
            if fault is not None and fault.act is not Act.LOSE_REPLY:
                self.spent[self.month] += counted
                return await self._failed(fault, old=True)
            try:
                if counted and self.exhausted:
                    raise Refusal("90020", "企业本月 API 调用次数已用完")
                self.spent[self.month] += counted
                response: Response = JSONResponse({"errcode": 0, "errmsg": "ok", **await handle(request)})
            except Refusal as refusal:
                self._world.refuse("dingtalk", name, refusal.message, refusal.code)
                response = old_answer(refusal.code, refusal.message)
            return await self._failed(fault) if fault is not None else response

        return Route(path, endpoint, methods=[method])

    async def _failed(self, fault: Fault, *, old: bool = False) -> Response:
        """`old`: of the older family, whose refusals have the status of success."""
        await self.faults.wait(fault)
        if old and fault.act is Act.FAIL and fault.status == 200:
            return old_answer(str(fault.code), "ordered fault")
        if fault.act is Act.SPOIL:
            return Response(fault.body, media_type="application/json")
        return answer(str(fault.code), "ordered fault", fault.status)

    async def _answer(self, name: str, handle: Handle, request: Request, token: bool) -> Response:
        try:
            if token:
                self._admit(name, request)
            body = await _body(request)
            if token:
                self.requests.append((name, body))
            return _reply(request, handle(body, request))
        except Refusal as refusal:
            self._world.refuse("dingtalk", name, refusal.message, refusal.code)
            return answer(refusal.code, refusal.message, refusal.status)

    def _admit(self, name: str, request: Request) -> None:
        self._tokens.check(request.headers.get("x-acs-dingtalk-access-token"))
        if self.exhausted:
            raise Refusal("Forbidden.AccessDenied.ApiCountLimitForOrg", "企业本月 API 调用次数已用完", 403)
        self.spent[self.month] += 1
        if not self._pace.take(name):
            raise Refusal("Forbidden.AccessDenied.QpsLimitForAppkeyAndApi", "应用对该接口的调用超过 QPS 上限", 403)


async def _body(request: Request) -> Mapping[str, Any]:
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        raise Refusal("unsupported.contentType", "Content-Type must be application/json", 415)
    try:
        body = json.loads(await request.body())
    except ClientDisconnect:
        raise Refusal("invalidParameter.body", "the caller went away") from None
    except ValueError:
        raise Refusal("invalidParameter.body", "the body is not JSON") from None
    if not isinstance(body, dict):
        raise Refusal("invalidParameter.body", "the body is not a JSON object")
    return body


def _reply(request: Request, body: Mapping[str, Any]) -> Response:
    """Without `Accept: application/json` the gateway speaks XML (rule D1), which trips careless clients."""
    if request.url.path.endswith("/connections/open") and "json" not in request.headers.get("accept", ""):
        rows = "".join(f"<{key}>{value}</{key}>" for key, value in body.items())
        return Response(f"<OpenConnectionResponse>{rows}</OpenConnectionResponse>", media_type="application/xml")
    return JSONResponse(body)
