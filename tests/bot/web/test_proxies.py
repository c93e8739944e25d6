"""Whose address a caller has: what X-Forwarded-For says counts only from a proxy that the settings name."""

import asyncio
import socket

import httpx
import pytest
from fastapi import FastAPI, Request

from bot.serve import _Server
from bot.settings.model import Server


@pytest.mark.parametrize(
    ("proxies", "seen"),
    [
        ([], "127.0.0.1"),
        (["10.0.0.0/8"], "127.0.0.1"),
        (["127.0.0.1"], "203.0.113.9"),
        (["127.0.0.0/8"], "203.0.113.9"),
    ],
)
async def test_a_forwarded_address(proxies: list[str], seen: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", "*")  # uvicorn's own way; ours are the settings
    web = FastAPI()

    @web.get("/")
    async def address(request: Request) -> str:
        return request.client.host if request.client else ""

    server = _Server(web, Server.model_validate({"trusted_proxies": proxies}).trusted_proxies)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        async with httpx.AsyncClient(trust_env=False) as http:
            here = f"http://127.0.0.1:{listener.getsockname()[1]}/"
            answer = await http.get(here, headers={"X-Forwarded-For": "203.0.113.9"})
        server.should_exit = True
        await serving
    assert answer.json() == seen
