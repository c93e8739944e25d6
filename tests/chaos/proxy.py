"""A proxy before PostgreSQL that cuts connections at a COMMIT: before the server hears of it, or before its answer."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from random import Random

from sqlalchemy import make_url

COMMIT = b"COMMIT\x00"
CHUNK = 2**16
Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Proxy:
    """`one_in`: of so many commits one is cut; 0: none."""

    def __init__(self, url: str, random: Random) -> None:
        self._server, self._random = make_url(url), random
        self.one_in = 0
        self.port = 0
        self.unheard = 0
        """Commits that the server never heard of."""
        self.unanswered = 0
        """Commits that were done, and nobody was told."""
        self._open: set[asyncio.Task[None]] = set()

    @property
    def url(self) -> str:
        plainly = {"sslmode": "disable", "gssencmode": "disable"}
        through = self._server.set(host="127.0.0.1", port=self.port, query=plainly)
        return through.render_as_string(hide_password=False)

    @property
    def cut(self) -> int:
        return self.unheard + self.unanswered

    async def serve(self, client: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        answers, server = await self._connect()
        answering = asyncio.create_task(_copy(answers, back))
        try:
            while data := await client.read(CHUNK):
                if COMMIT in data and self._is_cut():
                    if self._random.random() < 0.5:
                        self.unheard += 1
                        break
                    answering.cancel()
                    await asyncio.wait([answering])
                    server.write(data)
                    await answers.read(CHUNK)  # it is done
                    self.unanswered += 1
                    break
                server.write(data)
                await server.drain()
        except ConnectionError:
            pass
        finally:
            answering.cancel()
            await asyncio.wait([answering])
            for writer in (server, back):
                writer.transport.abort()

    def _is_cut(self) -> bool:
        return bool(self.one_in) and self._random.randrange(self.one_in) == 0

    async def _connect(self) -> Streams:
        folder = str(self._server.query.get("host", ""))
        if folder:
            return await asyncio.open_unix_connection(f"{folder}/.s.PGSQL.{self._server.port or 5432}")
        return await asyncio.open_connection(self._server.host or "127.0.0.1", self._server.port or 5432)


async def _copy(answers: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
    try:
        while data := await answers.read(CHUNK):
            back.write(data)
            await back.drain()
    except ConnectionError:
        pass
    back.transport.abort()


@asynccontextmanager
async def before(url: str, random: Random) -> AsyncIterator[Proxy]:
    proxy = Proxy(url, random)
    listening = await asyncio.start_server(proxy.serve, "127.0.0.1", 0)
    proxy.port = listening.sockets[0].getsockname()[1]
    try:
        yield proxy
    finally:
        listening.close()
