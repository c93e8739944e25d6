"""An OpenAI-compatible endpoint that knows one call, strictly, and misbehaves when it is told to."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.server import serving

PATH = "/v1/chat/completions"
_KNOWN = {"model", "messages", "temperature", "max_tokens", "stream"}
_LONGEST = 32_768
"""Bytes of a request."""


@dataclass
class LanguageModel:
    """`proposes`: what it answers to a right request, by a function of the user's message; `refused`: what was wrong
    with the others. `misbehaves`: its next answers, in the place of right ones."""

    key: str
    model: str
    proposes: Callable[[Mapping[str, Any]], Sequence[object]] = lambda said: ()
    bodies: list[bytes] = field(default_factory=list)
    """Of all requests, as they came."""
    refused: list[str] = field(default_factory=list)
    misbehaves: list[Response] = field(default_factory=list)
    always: Callable[[], Response] | None = None
    """The same of every answer from now on."""

    @contextlib.asynccontextmanager
    async def served(self) -> AsyncIterator[str]:
        """Its base URL while it is there."""
        async with serving(Starlette(routes=[Route(PATH, self._answer, methods=["POST"])])) as url:
            yield url

    async def _answer(self, request: Request) -> Response:
        body = await request.body()
        self.bodies.append(body)
        if wrong := self._wrong_with(request, body):
            self.refused.append(wrong)
            status = 401 if wrong == "authorization" else 400
            return JSONResponse({"error": {"message": wrong, "type": "invalid_request_error"}}, status)
        if self.always:
            return self.always()
        if self.misbehaves:
            return self.misbehaves.pop(0)
        said = json.loads(json.loads(body)["messages"][-1]["content"])
        return right(json.dumps({"commands": list(self.proposes(said))}, ensure_ascii=False))

    def _wrong_with(self, request: Request, body: bytes) -> str:
        """What an endpoint would refuse; empty: nothing."""
        if request.headers.get("authorization") != f"Bearer {self.key}":
            return "authorization"
        if request.headers.get("content-type", "").partition(";")[0] != "application/json":
            return "content type"
        if len(body) > _LONGEST:
            return "too long"
        try:
            asked = json.loads(body.decode())
        except ValueError:
            return "no JSON"
        if not isinstance(asked, dict) or not set(asked) <= _KNOWN:
            return "unknown keys"
        if asked.get("model") != self.model or asked.get("stream") not in (None, False):
            return "model"
        return _wrong_with(asked.get("messages"), asked.get("temperature"), asked.get("max_tokens"))


def _wrong_with(messages: Any, temperature: Any, max_tokens: Any) -> str:
    if not (isinstance(messages, list) and messages):
        return "messages"
    for one in messages:
        if not isinstance(one, dict) or set(one) != {"role", "content"} or not isinstance(one["content"], str):
            return "message"
    if [one["role"] for one in messages] != ["system", "user"]:
        return "roles"
    if not (isinstance(temperature, int | float) and 0 <= temperature <= 2):
        return "temperature"
    if type(max_tokens) is not int or not 1 <= max_tokens <= 4096:
        return "max_tokens"
    return ""


def right(content: object, usage: object = None, status: int = 200) -> Response:
    """An answer of the right shape, whatever its content is."""
    counted = {"prompt_tokens": 900, "completion_tokens": 30, "total_tokens": 930} if usage is None else usage
    message = {"role": "assistant", "content": content}
    choice = {"index": 0, "message": message, "finish_reason": "stop"}
    body = {"id": "chatcmpl-1", "object": "chat.completion", "created": 1, "choices": [choice], "usage": counted}
    return Response(json.dumps(body), status, media_type="application/json")


class Slow(Response):
    """Sends its pieces with a pause before each, the head at once; without pieces it sends nothing at all."""

    def __init__(self, seconds: float, pieces: Sequence[bytes] = ()) -> None:
        super().__init__()
        self._seconds, self._pieces = seconds, pieces

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        gone = asyncio.create_task(_gone(receive))
        try:
            if self._pieces:
                headers = [(b"content-type", b"application/json")]
                await send({"type": "http.response.start", "status": 200, "headers": headers})
            for piece in self._pieces or [b""]:
                await asyncio.wait({gone}, timeout=self._seconds)
                if gone.done():
                    return
                if self._pieces:
                    await send({"type": "http.response.body", "body": piece, "more_body": True})
        finally:
            gone.cancel()


async def _gone(receive: Any) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
