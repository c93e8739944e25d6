"""Proxies of the environment: the outside goes through them, this machine never does, a useless one is named."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest

from bot.channels.common.http import client
from bot.channels.common.proxies import BadProxy, is_loopback, proxy_for

OUTSIDE = "https://api.dingtalk.com"
SOCKS = "socks5://127.0.0.1:9"


@pytest.fixture(autouse=True)
def _no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http", "https", "all", "no"):
        for variable in (f"{name}_proxy", f"{name}_PROXY".upper()):
            monkeypatch.delenv(variable, raising=False)


@pytest.mark.parametrize(
    ("address", "environment", "proxy"),
    [
        (OUTSIDE, {}, None),
        (OUTSIDE, {"HTTPS_PROXY": "http://p:3128"}, "http://p:3128"),
        (OUTSIDE, {"ALL_PROXY": "http://p:3128"}, "http://p:3128"),
        (OUTSIDE, {"all_proxy": "p:3128"}, "http://p:3128"),
        (OUTSIDE, {"HTTPS_PROXY": "http://p:1", "ALL_PROXY": SOCKS}, "http://p:1"),
        (OUTSIDE, {"HTTP_PROXY": SOCKS}, None),
        (OUTSIDE, {"ALL_PROXY": SOCKS, "NO_PROXY": "dingtalk.com"}, None),
        ("wss://openws.work.weixin.qq.com", {"HTTPS_PROXY": "http://p:3128"}, "http://p:3128"),
        ("ws://platform.example", {"HTTP_PROXY": "http://p:3128"}, "http://p:3128"),
        ("http://127.0.0.1:8080", {"ALL_PROXY": SOCKS}, None),
        ("http://127.8.9.1:8080", {"HTTP_PROXY": SOCKS}, None),
        ("ws://localhost:8080/ws", {"ALL_PROXY": SOCKS}, None),
        ("http://[::1]:8080", {"ALL_PROXY": "http://p:3128"}, None),
        ("https://demo.localhost", {"HTTPS_PROXY": "http://p:3128"}, None),
    ],
)
def test_the_way_of_an_address(
    address: str, environment: dict[str, str], proxy: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable, value in environment.items():
        monkeypatch.setenv(variable, value)
    assert proxy_for(address) == proxy


@pytest.mark.parametrize(
    ("variable", "value", "shown"),
    [
        ("ALL_PROXY", SOCKS, SOCKS),
        ("all_proxy", "socks5h://me:secret@p:1080", "socks5h://p:1080"),
        ("HTTPS_PROXY", "http://p:port", "http://p:port"),
        ("https_proxy", "ftp://p", "ftp://p"),
        ("ALL_PROXY", "http://", "http://"),
        ("ALL_PROXY", "http://p:99999", "http://p:99999"),
        ("ALL_PROXY", "http://me:se/cret@p:3128", "http://p:3128"),
        ("ALL_PROXY", "http://me:12/34@p:3128", "http://p:3128"),
        ("ALL_PROXY", "http://me:1#2?@3@p:3128", "http://p:3128"),
        ("ALL_PROXY", "me:1#2@p:3128", "http://p:3128"),
        ("ALL_PROXY", "socks5://me:a#b@p", "socks5://p"),
    ],
)
def test_one_that_cannot_be_used_is_named_without_its_password(
    variable: str, value: str, shown: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(BadProxy) as bad:
        client(OUTSIDE)
    assert (bad.value.variable, bad.value.found) == (variable, shown)


@pytest.mark.parametrize("host", ["127.0.0.2.example.com", "10.0.0.1", "localhost.example.com", "0.0.0.0", ""])
def test_what_only_looks_like_this_machine(host: str) -> None:
    assert not is_loopback(host)


async def test_requests_take_their_way(monkeypatch: pytest.MonkeyPatch) -> None:
    async with asked() as (here, at_home), asked() as (there, at_the_proxy), client() as http:
        monkeypatch.setenv("ALL_PROXY", there)
        monkeypatch.setenv("http_proxy", there)
        assert (await http.get(f"{here}/direct")).status_code == 204
        assert (await http.get("http://platform.example/outside")).status_code == 204
    assert at_home == ["GET /direct HTTP/1.1"]
    assert at_the_proxy == ["GET http://platform.example/outside HTTP/1.1"]


async def test_one_that_became_useless_is_a_failed_request(monkeypatch: pytest.MonkeyPatch) -> None:
    async with client(OUTSIDE) as http:
        monkeypatch.setenv("HTTPS_PROXY", SOCKS)
        with pytest.raises(httpx.ProxyError, match="HTTPS_PROXY"):
            await http.get("/v1.0")


@asynccontextmanager
async def asked() -> AsyncIterator[tuple[str, list[str]]]:
    """A server that notes what it is asked, and answers nothing."""
    lines: list[str] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        lines.append((await reader.readuntil(b"\r\n\r\n")).decode().splitlines()[0])
        writer.write(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", lines
