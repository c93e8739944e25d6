"""Serving: the service and its HTTP side in one event loop, until somebody asks for the end."""

import asyncio
import contextlib
import gc
import os
import signal
import socket
import sys
from collections.abc import Callable, Iterator, Sequence
from types import FrameType

import structlog
import uvicorn
from fastapi import FastAPI

from bot.app import Service, build, running
from bot.settings import Settings
from bot.spans import exporting

GOODBYE_SECONDS = 10
"""Seconds that requests under way may take once the end is asked for."""

HEAD_BYTES = 16 * 1024
"""Bytes of a request's first line and headers; more is refused before it is kept."""
CONNECTIONS = 500
"""Connections at a time; to more it says 503, and what is under way goes on."""

SWITCH_SECONDS = 0.0005
"""How long a thread computes until another has its turn. A click is a hundred statements, and waits for its turn after
each of them while the readiness of a large plan is worked out."""

log = structlog.get_logger()


class CannotListen(Exception):
    """The address of the settings cannot be listened on. The message is the system's reason."""


def serve(settings: Settings, errand: Callable[[], None] | None = None) -> None:
    """Serve until SIGTERM or SIGINT, finish what is under way, and return. The tables must be up to date. `errand`:
    what it is served for alone; done in a thread, its end is the end.

    Raises CannotListen, `bot.spans.CannotTrace`, `storage.connection.lock.InUse`, or what a part raises that cannot be
    put together.
    """
    sys.setswitchinterval(SWITCH_SECONDS)
    with _listening(settings.server.host, settings.server.port) as listener, exporting(os.environ):
        service = build(settings, migrate=False)
        server = _Server(service.web, settings.server.trusted_proxies)
        with server.asked_to_end():
            asyncio.run(_serve(service, server, listener, errand))


async def _serve(
    service: Service, server: "_Server", listener: socket.socket, errand: Callable[[], None] | None = None
) -> None:
    host, port = listener.getsockname()[:2]
    async with contextlib.AsyncExitStack() as stack:
        starting = asyncio.create_task(stack.enter_async_context(running(service)), name="start")
        with server.ending(starting):
            await asyncio.wait([starting])
        if starting.cancelled():
            log.info("stopped while it started", action="service.interrupted")
            return
        await starting
        _keep_from_the_collector()
        log.info("listening", action="service.listening", host=host, port=port)
        doing = asyncio.create_task(server.during(errand)) if errand else None
        await server.serve(sockets=[listener])
        if doing:
            await doing
        log.info("stopping", action="service.stopping")
    log.info("stopped", action="service.stopped")


def _keep_from_the_collector() -> None:
    """Leave what is here to stay out of every later search for garbage, which stops all threads: with a plan of 100,000
    items in memory a full one takes 150 ms."""
    gc.collect()
    gc.freeze()


class _Server(uvicorn.Server):
    """Uvicorn that stops when told and then returns; by itself it would end the process before our own goodbye."""

    def __init__(self, web: FastAPI, proxies: Sequence[str]) -> None:
        """`proxies`: whose X-Forwarded-For is believed; anybody can write one, so by default nobody's."""
        self._interrupt: Callable[[], object] | None = None
        super().__init__(
            uvicorn.Config(
                web,
                log_config=None,
                access_log=False,  # the address of a callback is signed
                server_header=False,
                http="h11",  # the other one keeps a request line and headers of any size
                h11_max_incomplete_event_size=HEAD_BYTES,
                limit_concurrency=CONNECTIONS,
                proxy_headers=bool(proxies),
                forwarded_allow_ips=[*proxies],
                timeout_graceful_shutdown=GOODBYE_SECONDS,
            )
        )

    async def during(self, errand: Callable[[], None]) -> None:
        """Do the errand beside serving, and end with it. Raises what it raises."""
        try:
            await asyncio.to_thread(errand)
        finally:
            self.should_exit = True

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    @contextlib.contextmanager
    def ending(self, starting: "asyncio.Task[object]") -> Iterator[None]:
        """Let the end, asked for meanwhile, end the start: what was left lying may wait for a database in trouble."""
        loop = asyncio.get_running_loop()
        self._interrupt = lambda: loop.call_soon_threadsafe(starting.cancel)
        if self.should_exit:
            starting.cancel()
        try:
            yield
        finally:
            self._interrupt = None

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        super().handle_exit(sig, frame)
        if self._interrupt:
            self._interrupt()

    @contextlib.contextmanager
    def asked_to_end(self) -> Iterator[None]:
        """Let SIGTERM and SIGINT only ask for the end, from before the first connection until after the last."""
        before = {number: signal.signal(number, self.handle_exit) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


@contextlib.contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    """Taken first of all: a second bot started by mistake does not even open the database."""
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.create_server((str(address[0]), int(address[1])), family=family)
    except OSError as error:
        raise CannotListen(error.strerror or str(error)) from None
    with listener:
        yield listener
