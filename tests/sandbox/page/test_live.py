"""Event streams over a real socket: hello, changes, and an end that nobody has to wait for."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx

from sandbox.server import serving
from sandbox.world import Platform
from tests import ROOT
from tests.sandbox.page.conftest import Stage
from tests.sandbox.page.town import ASK, PRODUCTION, SALES


@asynccontextmanager
async def events(address: str) -> AsyncIterator[AsyncIterator[tuple[str, dict[str, Any]]]]:
    async with httpx.AsyncClient(timeout=30) as client, client.stream("GET", f"{address}/events") as response:
        yield _parsed(response)


async def _parsed(response: httpx.Response) -> AsyncIterator[tuple[str, dict[str, Any]]]:
    name = ""
    async for line in response.aiter_lines():
        if line.startswith("event: "):
            name = line.removeprefix("event: ")
        elif line.startswith("data: "):
            yield name, json.loads(line.removeprefix("data: "))


async def test_a_stream_says_hello_and_then_where_something_changed(stage: Stage) -> None:
    async with events(stage.address) as stream:
        name, hello = await anext(stream)
        assert (name, set(hello)) == ("hello", {"boot", "stamp"})
        stage.town.post(PRODUCTION, "bot", "早")
        assert await anext(stream) == ("change", {"conversation": PRODUCTION})
        stage.town.show(SALES)
        stage.town.redraw(Platform.DINGTALK, "chg-1", ASK)
        assert [await anext(stream), await anext(stream)] == [("change", {"conversation": SALES})] * 2


async def test_the_stamp_tells_whether_something_was_missed(stage: Stage) -> None:
    stamps = []
    entry = stage.town.post(SALES, "bot", "…")
    stage.town.show(SALES)
    changes = (
        lambda: None,
        lambda: stage.town.post(SALES, "bot", "早"),
        lambda: stage.town.rewrite(entry, "早会"),
        lambda: stage.town.redraw(Platform.DINGTALK, "chg-1", ASK),
    )
    for change in changes:
        change()
        async with events(stage.address) as stream:
            stamps.append((await anext(stream))[1]["stamp"])
    assert len(set(stamps)) == len(stamps)
    async with httpx.AsyncClient() as client:
        assert f'data-stamp="{stamps[-1]}"' in (await client.get(stage.address)).text


async def test_a_window_that_goes_away_is_forgotten(stage: Stage) -> None:
    async with events(stage.address) as stream:
        await anext(stream)
        assert not stage.town.left.is_set()
    async with asyncio.timeout(30):
        await stage.town.left.wait()


async def test_closing_ends_every_stream(stage: Stage) -> None:
    async with events(stage.address) as one, events(stage.address) as other:
        await anext(one)
        await anext(other)
        stage.app.state.close()
        assert [event async for event in one] == []
        assert [event async for event in other] == []


async def test_a_stopping_server_lets_open_streams_finish(stage: Stage) -> None:
    """Without the close the server loses its patience and cuts the connection in the middle of an answer."""
    async with httpx.AsyncClient() as client:
        async with serving(stage.app) as address:
            response = await client.send(client.build_request("GET", f"{address}/events"), stream=True)
            stage.app.state.close()
        assert "event: hello" in [line async for line in response.aiter_lines()]


SERVER = """
import asyncio, sys, uvicorn
from sandbox.page import create_page
from tests.sandbox.page.town import Town
town = Town()
page = create_page(town, next_morning=town.next_morning, title="x")
server = uvicorn.Server(uvicorn.Config(page, port=0, log_config=None, lifespan="off"))
async def main():
    running = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    print(server.servers[0].sockets[0].getsockname()[1], flush=True)
    await running
asyncio.run(main())
"""


async def test_control_c_stops_a_server_that_browsers_look_at() -> None:
    """No patience is configured here: only the streams' own end lets the process go."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", SERVER, cwd=ROOT, env={**os.environ}, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    port = int(await process.stdout.readline())
    async with events(f"http://127.0.0.1:{port}") as stream:
        await anext(stream)
        process.send_signal(signal.SIGINT)
        async with asyncio.timeout(30):
            await process.wait()
