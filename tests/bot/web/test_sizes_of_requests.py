"""A request's head has an end, and so has the number of connections: whoever sends more is turned away."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from fastapi import FastAPI

from bot.serve import CONNECTIONS, HEAD_BYTES, _Server

MANY = 200 * 1024 * 1024


@asynccontextmanager
async def served() -> AsyncIterator[tuple[int, _Server]]:
    web = FastAPI()

    @web.get("/")
    async def here() -> str:
        return "here"

    server = _Server(web, ())
    with socket.create_server(("127.0.0.1", 0)) as listener:
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        yield listener.getsockname()[1], server
        server.should_exit = True
        await serving


async def refused_after(port: int, start: bytes) -> tuple[int, int]:
    """Bytes that were taken of a head that never ends, and the status of the answer; 0: the connection was cut."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    sent, block = len(start), b"x" * 4096
    writer.write(start)
    try:
        while sent < MANY and not reader.at_eof():
            writer.write(block)
            await writer.drain()
            sent += len(block)
            await asyncio.sleep(0)
        answer = await reader.read(200)
    except ConnectionError:
        answer = b""
    writer.close()
    return sent, int(answer.split()[1]) if answer else 0


@pytest.mark.parametrize("start", [b"GET /", b"GET / HTTP/1.1\r\nHost: a\r\nX-Much: "])
async def test_a_head_that_never_ends_is_not_kept(start: bytes) -> None:
    async with served() as (port, _):
        sent, status = await refused_after(port, start)
        assert sent < 100 * HEAD_BYTES, "what the sockets hold, and no more"
        assert status in (0, 400, 431)


async def test_a_head_of_the_usual_size_is_served() -> None:
    async with served() as (port, _):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        much = b"X-Much: " + b"x" * (HEAD_BYTES // 2)
        writer.write(b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + much + b"\r\n\r\n")
        assert (await reader.read()).startswith(b"HTTP/1.1 200")
        writer.close()


async def test_one_connection_too_many_is_told_so() -> None:
    async with served() as (port, server):
        open_ones = [await asyncio.open_connection("127.0.0.1", port) for _ in range(CONNECTIONS)]
        while len(server.server_state.connections) < CONNECTIONS:  # noqa: ASYNC110 - no event tells it
            await asyncio.sleep(0.01)
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        assert (await reader.read()).startswith(b"HTTP/1.1 503")
        for _, one in (*open_ones, (reader, writer)):
            one.close()
