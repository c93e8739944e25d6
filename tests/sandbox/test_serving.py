"""Serving an app inside the running loop, alone or with both simulators mounted in it."""

import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest
import websockets
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Route

from sandbox.dingtalk import DingTalk
from sandbox.server import serving
from sandbox.wecom import WeCom
from sandbox.world import World
from tests.sandbox.aibot import AibotClient


async def hello(_: object) -> PlainTextResponse:
    return PlainTextResponse("hello")


async def fetch(url: str) -> str:
    async with httpx.AsyncClient(trust_env=False, verify=False) as client:
        return (await client.get(url)).text


async def test_an_app_is_served_until_the_block_ends() -> None:
    async with serving(Starlette(routes=[Route("/", hello)])) as url:
        assert await fetch(url) == "hello"
    with pytest.raises(httpx.ConnectError):
        await fetch(url)


async def test_a_given_port_is_taken() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    async with serving(Starlette(routes=[Route("/", hello)]), port=port) as url:
        assert url == f"http://127.0.0.1:{port}"
        with pytest.raises(OSError, match="in use"):
            async with serving(Starlette(), port=port):
                pass


async def test_startup_and_shutdown_run() -> None:
    steps: list[str] = []

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        steps.append("up")
        yield
        steps.append("down")

    async with serving(Starlette(lifespan=lifespan)):
        assert steps == ["up"]
    assert steps == ["up", "down"]


async def test_a_mistake_inside_the_block_comes_out_and_the_server_ends() -> None:
    with pytest.raises(LookupError):
        async with serving(Starlette(routes=[Route("/", hello)])) as url:
            raise LookupError
    with pytest.raises(httpx.ConnectError):
        await fetch(url)


async def test_both_platforms_mounted_in_one_app(
    world: World, ding_sim: DingTalk, wecom_sim: WeCom
) -> None:
    mounted = Starlette(routes=[Mount("/dingtalk", ding_sim.app), Mount("/wecom", wecom_sim.app)])
    subscription = {"type": "CALLBACK", "topic": "/v1.0/im/bot/messages/get"}
    body = {"clientId": "ding1", "clientSecret": "s3cret", "subscriptions": [subscription]}
    async with serving(mounted) as url:
        async with httpx.AsyncClient(trust_env=False, verify=False) as client:
            answer = await client.post(
                f"{url}/dingtalk/v1.0/gateway/connections/open", json=body, headers={"Accept": "application/json"}
            )
        opened = answer.json()
        async with websockets.connect(f"{opened['endpoint']}?ticket={opened['ticket']}") as stream:
            await world.say("dingtalk:cid1==", "wang", "钉钉")
            data = json.loads(json.loads(await stream.recv())["data"])
            assert data["sessionWebhook"].startswith(f"{url}/dingtalk/robot/sendBySession?")
        async with AibotClient(f"{url}/wecom") as bot:
            await world.say("wecom:wr1", "wang", "企微")
            assert (await bot.told())["body"]["chatid"] == "wr1"
        await ding_sim.close()
        await wecom_sim.close()
