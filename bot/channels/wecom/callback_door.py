"""The address WeCom posts to: the console's check, and one guarded way in for callbacks (rules W1, W2)."""

from collections.abc import Callable, Coroutine
from datetime import datetime
from typing import Any, Protocol

import structlog
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from bot.channels.common.once import Once
from bot.channels.wecom.seal import WINDOW_SECONDS, Forged, Seal, Sealed, Stamp

Handle = Callable[[str, Stamp], Coroutine[Any, Any, str]]
log = structlog.get_logger()


class Unreadable(ValueError):
    """The body is not what WeCom sends."""


class Wrapping(Protocol):
    """XML for the app, JSON for the aibot."""

    most_bytes: int
    """Size of the greatest body that is read at all."""

    def encrypted(self, body: bytes) -> str:
        """Raises Unreadable."""

    def reply(self, sealed: Sealed) -> Response: ...


class Door:
    """`handle` gets the opened text and its stamp, and gives the text of the reply, empty for none. Refusals never say
    why, and what is refused is refused as early as can be: anybody can post here.

    A callback is answered with 200 only once `handle` has returned; anything else makes WeCom send it again.
    """

    def __init__(
        self, path: str, seal: Seal, wrapping: Wrapping, handle: Handle, clock: Callable[[], datetime], seconds: float
    ) -> None:
        self._seal, self._wrapping, self._handle, self._clock = seal, wrapping, handle, clock
        self._seconds = seconds
        self._once: Once[str] = Once(2 * WINDOW_SECONDS, self._now)
        self.router = APIRouter()
        self.router.add_route(path, self._check, methods=["GET"], include_in_schema=False)
        self.router.add_route(path, self._take, methods=["POST"], include_in_schema=False)

    async def stop(self) -> None:
        """Lets what is under way finish."""
        await self._once.work.stop()

    async def _check(self, request: Request) -> Response:
        """Prove that we can read, when somebody saves our address in the console."""
        try:
            echo = request.query_params.get("echostr", "").replace(" ", "+")
            return PlainTextResponse(self._seal.echo(echo, _stamp(request), self._now()))
        except Forged as error:
            return _refused(403, str(error))

    async def _take(self, request: Request) -> Response:
        stamp = _stamp(request)
        try:
            if not stamp.is_of(self._now()):
                raise Forged("too old or too early")
            body = await _body(request, self._wrapping.most_bytes)
            text = self._seal.open(self._wrapping.encrypted(body), stamp, self._now())
            answer = await self._once.answer(stamp.signature, lambda: self._handle(text, stamp), self._seconds)
        except Unreadable as error:
            return _refused(400, str(error))
        except Forged as error:
            return _refused(403, str(error))
        except Exception as error:
            log.error("callback not answered", action="wecom_callback_failed", error=type(error).__name__)
            return Response(status_code=503)
        if not answer:
            return PlainTextResponse("")
        return self._wrapping.reply(self._seal.close(answer, int(self._now()), stamp.nonce))

    def _now(self) -> float:
        return self._clock().timestamp()


def _stamp(request: Request) -> Stamp:
    query = request.query_params
    return Stamp(query.get("msg_signature", ""), query.get("timestamp", ""), query.get("nonce", ""))


async def _body(request: Request, most: int) -> bytes:
    """Raises Unreadable as soon as it is too long, or says that it will be."""
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and int(announced) > most:
        raise Unreadable(f"more than {most} bytes")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise Unreadable(f"more than {most} bytes")
    return bytes(body)


def _refused(status: int, why: str) -> Response:
    log.warning("callback refused", action="wecom_callback_refused", status=status, why=why)
    return Response(status_code=status, headers={"Connection": "close"})  # else the rest of a body is read as well
