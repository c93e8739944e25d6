"""Every request, seen from outside: counted, and when something unexpected breaks, answered and logged."""

import secrets
from collections.abc import Callable

import structlog
from prometheus_client import Counter
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.web.platform.problem import Problem
from cards.words import Words
from storage.trace import traced

METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"))
log = structlog.get_logger()


class Watch:
    """ASGI middleware. The counter's labels are method, path (as routed, never as sent) and status."""

    def __init__(self, app: ASGIApp, counter: Counter, words: Words) -> None:
        self._app, self._counter, self._words = app, counter, words

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status = 0

        async def seen(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        with traced():
            await self._watched(scope, receive, seen, lambda: status)

    async def _watched(self, scope: Scope, receive: Receive, send: Send, status: Callable[[], int]) -> None:
        try:
            await self._app(scope, receive, send)
        except Exception:
            ref = secrets.token_hex(4)
            log.exception("request failed", action="http.failed", ref=ref, method=scope["method"], path=_route(scope))
            if status():
                raise
            await Problem(500, "trouble", ref=ref, extra={"reference": ref}).response(self._words)(scope, receive, send)
        finally:
            method = scope["method"] if scope["method"] in METHODS else "other"
            self._counter.labels(method, _route(scope), str(status())).inc()


def _route(scope: Scope) -> str:
    """The path's template: one value for all items, and nothing of what a caller made up."""
    return getattr(scope.get("route"), "path", "") or "other"
