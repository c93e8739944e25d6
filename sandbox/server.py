"""Serve an ASGI app on the loopback inside the running event loop."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Iterator
from typing import Any

import uvicorn


@contextlib.asynccontextmanager
async def serving(app: Any, port: int = 0, host: str = "127.0.0.1") -> AsyncIterator[str]:
    """Serve `app` until the block ends and give its base URL, e.g. `http://127.0.0.1:41235`.

    Port 0 takes a free one. The block starts when requests are answered and ends when the socket is closed
    and the app's shutdown has run. Signals stay with the caller. OSError when the port is taken.
    """
    listener = socket.create_server((host, port))
    server = _Server(uvicorn.Config(app, log_config=None, access_log=False, timeout_graceful_shutdown=1))
    running = asyncio.create_task(server.serve(sockets=[listener]), name="sandbox-server")
    try:
        await server.up(running)
        yield f"http://{host}:{listener.getsockname()[1]}"
    finally:
        server.leave()
        await asyncio.gather(running, return_exceptions=True)
        listener.close()


class _Server(uvicorn.Server):
    """Uvicorn that leaves the process's signals alone, says when it is up and goes at once when told."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._up, self._leave = asyncio.Event(), asyncio.Event()

    def leave(self) -> None:
        self.should_exit = True
        self._leave.set()

    async def main_loop(self) -> None:
        await self._leave.wait()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._up.set()

    async def up(self, running: asyncio.Task[None]) -> None:
        """Return once requests are answered; raise what ended the server before that."""
        waiting = asyncio.create_task(self._up.wait())
        await asyncio.wait({waiting, running}, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        if running.done():
            running.result()
            raise RuntimeError("the sandbox server ended before it was up")
