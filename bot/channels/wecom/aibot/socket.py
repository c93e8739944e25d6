"""The aibot's long connection: subscribe, ping, acknowledgements, and coming back (rule W9)."""

import asyncio
import contextlib
import json
import uuid
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from typing import Any

import structlog
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from bot.backoff import backoff
from bot.channels.common.clean import parsed
from bot.channels.common.http import cause
from bot.channels.common.proxies import proxy_for
from bot.channels.common.tamed import tamed_logger
from bot.channels.common.work import Work
from bot.channels.wecom.errors import code_of
from bot.spans import span
from cards.words import Words

SUBSCRIBE = "aibot_subscribe"
BAD_BOT = 853000
BUSY = 1000
"""Frames under way at most; what comes on top is dropped, since the reader must never wait."""

Frame = Mapping[str, Any]
Hear = Callable[[Frame], Coroutine[Any, Any, None]]
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds. A connection is dead when a ping is not acknowledged within `ack`."""

    ping: float = 30.0
    ack: float = 5.0
    first_retry: float = 1.0
    last_retry: float = 30.0
    refused_retry: float = 60.0
    """Between subscriptions that are refused: WeCom limits their number, and only a person can mend them."""
    refused_last: float = 600.0


class NotSent(Exception):
    """There is no connection, or it broke: the platform may or may not have got the frame."""


class Refused(Exception):
    """The platform said no to a frame."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(f"{code} {message}")
        self.code, self.message = code, message


class AibotSocket:
    """`hear` gets every callback frame, in a task of its own.

    A bot has one live connection. When another process subscribes, this one is told so and stays off until it is
    started anew: connecting again would throw out the other, and only a person knows which of the two is meant.
    """

    def __init__(
        self, url: str, bot_id: str, secret: str, hear: Hear, words: Words, timing: Timing
    ) -> None:
        """Raises `proxies.BadProxy`."""
        self._url, self._bot_id, self._secret, self._proxy = url, bot_id, secret, proxy_for(url)
        self._hear, self._words, self._timing = hear, words, timing
        self._socket: ClientConnection | None = None
        self._waiting: dict[str, asyncio.Future[Frame]] = {}
        self._failures = self._refusals = 0
        self._subscribed = self._kicked = False
        self._trouble = ""
        self._tried = asyncio.Event()
        """The first connection is there, or has failed."""
        self.work = Work()

    @property
    def trouble(self) -> str:
        """Empty while subscribed."""
        if self._kicked:
            return self._words("wecom.kicked")
        return "" if self._subscribed else self._trouble or self._not_up(self._words("channel.no-answer-yet"))

    async def run(self) -> None:
        """Stay connected until cancelled, or until another process takes the bot."""
        self._kicked = False
        while not self._kicked:
            try:
                await self._connect_once()
            except (OSError, WebSocketException, TimeoutError, NotSent, Refused) as error:
                self._failed(error)
            except Exception as error:  # a kind nobody has seen: it comes back all the same
                log.exception("WeCom's aibot connection broke", action="aibot_broken")
                self._failed(error)
            if not self._kicked:
                await asyncio.sleep(self._pause())

    async def request(self, command: str, body: Frame | None = None, req_id: str = "") -> Frame:
        """Send a frame and wait for its acknowledgement; what that holds. Raises NotSent or Refused.

        Only one frame of a `req_id` may be in flight: a second one waits for the first (else errcode 6000).
        """
        req_id = req_id or uuid.uuid4().hex
        while earlier := self._waiting.get(req_id):
            await asyncio.wait({earlier})
        acknowledged: asyncio.Future[Frame] = asyncio.get_running_loop().create_future()
        self._waiting[req_id] = acknowledged
        try:
            with span("platform call", method=command):
                ack = await self._exchange(command, body, req_id, acknowledged)
        finally:
            del self._waiting[req_id]
            acknowledged.cancel()
        if code := code_of(ack):
            raise Refused(code, str(ack.get("errmsg", "")))
        held = ack.get("body")
        return held if isinstance(held, dict) else {}

    async def reachable(self) -> str:
        """Check whether the address answers: empty, or a sentence. Nothing is subscribed, so nobody is thrown out."""
        try:
            async with self._connection():
                return ""
        except (OSError, WebSocketException, TimeoutError) as error:
            return self._not_up(cause(error))

    # -- one connection ---------------------------------------------------------------------------------

    def _connection(self) -> connect:
        quiet = tamed_logger("tongpan.wecom_socket")
        times: dict[str, Any] = {"open_timeout": 10, "ping_interval": None, "close_timeout": 2}
        return connect(self._url, proxy=self._proxy, logger=quiet, **times)

    async def _connect_once(self) -> None:
        async with self._connection() as socket:
            self._socket = socket
            reading = asyncio.create_task(self._read(socket))
            pinging = asyncio.create_task(self._subscribe_and_ping())
            try:
                await asyncio.wait({reading, pinging}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                self._socket, self._subscribed = None, False
                why = await self._end(reading, pinging)
            if why is not None:  # not raised above: it would take the place of our own end, and we would go on
                raise why

    async def _end(self, *tasks: "asyncio.Task[None]") -> Exception | None:
        """Stop both; what ended the connection. Whoever waits for an ack is told that there is none."""
        for task in tasks:
            task.cancel()
        results = await asyncio.gather(*tasks, return_exceptions=True)
        for waiting in self._waiting.values():
            if not waiting.done():
                waiting.set_exception(NotSent(self._words("wecom.gone")))
        return next((result for result in results if isinstance(result, Exception)), None)

    async def _subscribe_and_ping(self) -> None:
        await self.request(SUBSCRIBE, {"bot_id": self._bot_id, "secret": self._secret})
        self._subscribed, self._refusals = True, 0
        self._tried.set()
        log.info("subscribed to WeCom's aibot", action="aibot_connected")
        while True:
            await asyncio.sleep(self._timing.ping)
            await self.request("ping")
            self._failures = 0

    async def _read(self, socket: ClientConnection) -> None:
        async for raw in socket:
            try:
                self._take(_parsed(raw))
            except Exception as error:  # whatever it holds, it ends no connection
                log.warning("a frame of WeCom's cannot be read", action="aibot_frame", error=type(error).__name__)
            if self._kicked:
                log.error("another process took this aibot's connection", action="aibot_kicked")
                return

    def _take(self, frame: Frame) -> None:
        if "cmd" not in frame:
            self._acknowledge(frame)
        elif _is_kick(frame):
            self._kicked = True
        elif len(self.work) < BUSY:
            self.work.start(self._hear(frame))
        else:
            log.error("too many events under way, one is dropped", action="aibot_overrun")

    def _acknowledge(self, frame: Frame) -> None:
        waiting = self._waiting.get(req_id_of(frame))
        if waiting and not waiting.done():
            waiting.set_result(frame)

    async def _exchange(
        self, command: str, body: Frame | None, req_id: str, acknowledged: "asyncio.Future[Frame]"
    ) -> Frame:
        frame = {"cmd": command, "headers": {"req_id": req_id}} | ({} if body is None else {"body": body})
        if command != SUBSCRIBE:
            await self._begun()
        if self._socket is None or not (self._subscribed or command == SUBSCRIBE):
            raise NotSent(self._words("channel.no-answer-yet"))
        try:
            async with asyncio.timeout(self._timing.ack):
                await self._socket.send(json.dumps(frame, ensure_ascii=False))
                return await acknowledged
        except TimeoutError:
            raise NotSent(self._words("wecom.no-ack", seconds=f"{self._timing.ack:g}")) from None
        except WebSocketException as error:
            raise NotSent(cause(error)) from None

    # -- coming back ------------------------------------------------------------------------------------

    async def _begun(self) -> None:
        """Wait a moment for the first connection: what was left by an earlier process is sent before it is there."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self._timing.ack):
                await self._tried.wait()

    def _failed(self, error: Exception) -> None:
        self._tried.set()
        if isinstance(error, Refused):
            self._refusals += 1
            seconds = round(self._refusal_pause())
            self._trouble = self._words("wecom.aibot-credentials", code=error.code, seconds=seconds)
            if error.code != BAD_BOT:
                self._trouble = self._not_up(str(error))
        else:
            why = str(error) if isinstance(error, NotSent) else cause(error)
            self._trouble = self._not_up(why)
        log.warning("WeCom's aibot connection failed", action="aibot_connection_failed", why=cause(error))

    def _pause(self) -> float:
        if self._refusals:
            return self._refusal_pause()
        self._failures += 1
        return backoff(self._failures, self._timing.first_retry, self._timing.last_retry)

    def _refusal_pause(self) -> float:
        return min(self._timing.refused_retry * 2.0 ** min(self._refusals - 1, 10), self._timing.refused_last)

    def _not_up(self, why: str) -> str:
        return self._words("channel.connecting", platform=self._words("wecom.aibot"), why=why)


def req_id_of(frame: Frame) -> str:
    headers = frame.get("headers")
    return str(headers.get("req_id", "")) if isinstance(headers, dict) else ""


def _parsed(raw: str | bytes) -> Frame:
    """An object, clean. Raises ValueError."""
    frame = parsed(raw)
    if not isinstance(frame, dict):
        raise ValueError("not an object")
    return frame


def _is_kick(frame: Frame) -> bool:
    body = frame.get("body")
    event = body.get("event") if isinstance(body, dict) else None
    return isinstance(event, dict) and event.get("eventtype") == "disconnected_event"


