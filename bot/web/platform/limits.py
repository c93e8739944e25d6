"""No request body larger than a limit: neither announced nor sent."""

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
