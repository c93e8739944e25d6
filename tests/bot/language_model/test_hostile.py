"""Whatever the endpoint does: an answer comes, nothing is done, nothing secret is told."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.inbox_worker import InboxWorker
from bot.language_model.asking import Asking, Fuse
from bot.language_model.client import MOST_BYTES, ChatModel, NoAnswer
from handlers.inbound.speech.proposals import Inquiry
from planning.people.organisation import Organisation
from planning.people.pseudonyms import Hiding, Pseudonyms
from sandbox.language_model import PATH, LanguageModel, Slow, right
from tests.bot.language_model.room import ASKS, KEY, NAME, PATIENT, SECONDS, Room, room_in

HONEST = json.dumps({"commands": ["齐套 MO-1"]}, ensure_ascii=False)
DEEP = "[" * 20_000
NASTY: dict[str, Callable[[], Response]] = {
    "hangs": lambda: Slow(20),
    "drips": lambda: Slow(0.05, [b" "] * 400),
    "stops in the middle": lambda: Slow(20, [b'{"choices": [', b"..."]),
    "a megabyte": lambda: right("x" * 1_000_000),
    "a megabyte in pieces": lambda: Slow(0, [b"x" * 1000] * 1000),
    "HTML with 200": lambda: HTMLResponse("<html><body>502 Bad Gateway</body></html>"),
    "a redirect": lambda: RedirectResponse(f"{PATH}?elsewhere", 307),
    "a redirect out": lambda: RedirectResponse("http://127.0.0.1:9/v1", 302),
    "401": lambda: right("", status=401),
    "429": lambda: right("", status=429),
    "500": lambda: right(HONEST, status=500),
    "201": lambda: right(HONEST, status=201),
    "nothing": lambda: Response(b""),
    "null": lambda: Response(b"null", media_type="application/json"),
    "no choices": lambda: Response(b'{"choices": []}'),
    "a list": lambda: Response(b'["choices"]'),
    "content null": lambda: right(None),
    "content in parts": lambda: right([{"type": "text", "text": HONEST}]),
    "words": lambda: right("我建议改期 MO-1"),
    "no commands": lambda: right('{"command": "齐套 MO-1"}'),
    "commands a text": lambda: right('{"commands": "齐套 MO-1"}'),
    "too deep": lambda: Response(f'{{"choices": {DEEP}'.encode()),
    "too deep inside": lambda: right(f'{{"commands": {DEEP}'),
    "no UTF-8": lambda: Response(b'{"choices": [{"message": {"content": "\xff\xfe"}}]}'),
    "packed": lambda: Response(b"\x1f\x8b", headers={"Content-Encoding": "gzip"}),
    "packed, it says": lambda: Response(right(HONEST).body, headers={"Content-Encoding": "br"}),
    "a huge number": lambda: Response(b'{"choices": [{"message": {"content": 1' + b"0" * 5000 + b"}}]}"),
    "a function call": lambda: Response(b'{"choices": [{"message": {"content": null, "tool_calls": [{"id": "1"}]}}]}'),
}
USABLE: dict[str, str] = {
    "plain": HONEST,
    "markdown": f"```json\n{HONEST}\n```",
    "words around": f"好的，如下：{HONEST}\n请确认。",
    "NUL and half a surrogate": '{"commands": ["齐\\u0000套 MO-1\\ud83d"]}',
    "beside others": '{"commands": ["同意 CR-20261123-001", 7, "齐套 MO-1", "改期 SO-1 推迟2天"], "note": "x"}',
}


LATE = ("hangs", "drips", "stops in the middle")


@pytest.fixture
async def room(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Room]:
    how = request.node.callspec.params.get("how") if hasattr(request.node, "callspec") else None
    async with room_in("sqlite", tmp_path, seconds=SECONDS if how in LATE else PATIENT) as room:
        yield room


@pytest.mark.parametrize("how", NASTY)
async def test_it_is_answered_as_if_nobody_had_been_asked(room: Room, how: str) -> None:
    before = await room.state()
    room.model.always = NASTY[how]
    offers = await room.offers(ASKS)
    assert offers == ["进度 MO-1", "查计划 MO-1", "为什么 MO-1"]
    assert len(room.model.bodies) <= 1, "nothing is tried twice or followed"
    assert room.fuse.failures == 1
    assert await room.state() == before


@pytest.mark.parametrize("how", USABLE)
async def test_what_can_be_read_is_read(room: Room, how: str) -> None:
    room.model.always = lambda: right(USABLE[how])
    assert (await room.offers(ASKS))[0] == "齐套 MO-1"
    assert room.fuse.failures == 0


def an_inquiry() -> Inquiry:
    return Inquiry("…", "{}", Pseudonyms(Hiding.of(Organisation(), (), ())))


async def test_a_door_that_is_shut(room: Room) -> None:
    """Nobody listens there."""
    listener = await asyncio.start_server(lambda reader, writer: None, "127.0.0.1", 0)
    port = listener.sockets[0].getsockname()[1]
    listener.close()
    await listener.wait_closed()
    client = ChatModel(f"http://127.0.0.1:{port}{PATH}", KEY, NAME, SECONDS)
    company = room.company
    asking = Asking(client, Fuse(), company.database, company.current, company.clock)
    company.inbox_worker = InboxWorker(company.database, company.current, company.clock, asking)
    assert await room.offers(ASKS) == ["进度 MO-1", "查计划 MO-1", "为什么 MO-1"]
    await client.close()


RAW = {
    "no HTTP": b"220 mail.example.com ESMTP\r\n",
    "cut": b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{",
    "lies about its length": b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n{}",
    "endless head": b"HTTP/1.1 200 OK\r\n" + b"X-A: " + b"a" * 300_000 + b"\r\n\r\n",
    "bad chunks": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n{}\r\n",
    "nothing": b"",
}


@pytest.mark.parametrize("how", RAW)
async def test_what_is_no_http(how: str) -> None:
    async def speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(RAW[how])
        writer.close()

    server = await asyncio.start_server(speak, "127.0.0.1", 0)
    client = ChatModel(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}{PATH}", KEY, NAME, 20.0)
    with pytest.raises(NoAnswer) as caught:
        await client.ask(an_inquiry())
    assert caught.value.__cause__ is None
    assert "127.0.0.1" not in str(caught.value)
    await client.close()
    server.close()
    await server.wait_closed()


async def test_no_more_is_received_than_may_be() -> None:
    """Whoever sends without an end is hung up on."""
    sent = 0

    class Endless(Response):
        async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
            nonlocal sent
            await send({"type": "http.response.start", "status": 200, "headers": []})
            while sent < 100 * MOST_BYTES:
                await send({"type": "http.response.body", "body": b"x" * 4096, "more_body": True})
                sent += 4096
                await asyncio.sleep(0)

    model = LanguageModel(KEY, NAME, always=Endless)
    async with model.served() as url:
        client = ChatModel(f"{url}{PATH}", KEY, NAME, 60.0)
        with pytest.raises(NoAnswer, match="too big"):
            await client.ask(an_inquiry())
        await client.close()


async def test_this_machine_is_never_spoken_to_through_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(variable, "http://127.0.0.1:9")
    model = LanguageModel(KEY, NAME, always=lambda: right(HONEST))
    async with model.served() as url:
        client = ChatModel(f"{url}{PATH}", KEY, NAME, 60.0)
        assert (await client.ask(an_inquiry())).commands == ("齐套 MO-1",)
        await client.close()


async def test_neither_key_nor_address_is_told(room: Room, caplog: pytest.LogCaptureFixture, capfd: Any) -> None:
    caplog.set_level(logging.INFO)
    room.model.key = "another"
    for how in ("nothing", "500", "a redirect"):
        room.model.always = NASTY[how]
        await room.says(ASKS)
    logged = [one.getMessage() for one in caplog.records if not one.name.startswith("uvicorn")]  # the sandbox's own
    told = f"{logged}{capfd.readouterr()}{[*map(dict, await room.recorded())]}"
    room.model.refused.clear()
    assert KEY not in told
    assert PATH not in told
    assert "language.unanswered" in told


async def test_an_error_of_a_library_is_told_by_its_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    async def fails(transport: object, request: httpx.Request) -> httpx.Response:
        raise RuntimeError(f"{request.url} {request.headers}")

    monkeypatch.setattr(httpx.AsyncHTTPTransport, "handle_async_request", fails)
    client = ChatModel(f"http://127.0.0.1:1{PATH}", KEY, NAME, SECONDS)
    with pytest.raises(NoAnswer) as caught:
        await client.ask(an_inquiry())
    assert str(caught.value) == "RuntimeError"
    assert caught.value.__suppress_context__
    await client.close()
