"""Limits of what the API takes: the size of a body, and how often a token calls."""

from collections import defaultdict

from aiolimiter import AsyncLimiter
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.web.platform.problem import Problem
from cards.words import Words

MAX_BODY = 1024 * 1024
"""Bytes. A WeCom callback has a few thousand, an API request with a thousand operations some hundred thousand."""


class BodyLimit:
    """ASGI middleware. What is announced too large is refused unread; what turns out so, when it does."""

    def __init__(self, app: ASGIApp, words: Words, limit: int = MAX_BODY) -> None:
        self._app, self._words, self._limit = app, words, limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        announced = Headers(scope=scope).get("content-length", "")
        if announced.isdecimal() and int(announced[:20]) > self._limit:
            await Problem(413, "too-large", limit=self._limit).response(self._words)(scope, receive, send)
            return
        await self._app(scope, self._counted(receive), send)

    def _counted(self, receive: Receive) -> Receive:
        read = 0

        async def counted() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > self._limit:
                # An HTTPException, because that is what FastAPI lets through while it reads a body.
                raise HTTPException(413)
            return message

        return counted


class CallLimit:
    """ASGI middleware behind the door: each token has so many calls a minute, of each process. 0: any number."""

    def __init__(self, app: ASGIApp, words: Words, per_minute: int) -> None:
        self._app, self._words, self._per_minute = app, words, per_minute
        self._left: defaultdict[str, AsyncLimiter] = defaultdict(lambda: AsyncLimiter(per_minute, 60))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        caller = scope.get("state", {}).get("caller") if scope["type"] == "http" else None
        if caller is None or not self._per_minute:
            await self._app(scope, receive, send)
            return
        left = self._left[caller.name]
        if not left.has_capacity():
            wait = {"Retry-After": str(max(1, round(60 / self._per_minute)))}
            problem = Problem(429, "too-fast", headers=wait, name=caller.name, limit=self._per_minute)
            await problem.response(self._words)(scope, receive, send)
            return
        await left.acquire()
        await self._app(scope, receive, send)
