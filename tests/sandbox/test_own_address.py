"""The demo is for who opened it: a page of another site, or another name for this machine, is turned away."""

from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from bot.demo import stage
from sandbox.own_address import OwnAddress

HERE = "127.0.0.1:8080"


async def _done(_: Request) -> PlainTextResponse:
    return PlainTextResponse("done")


APP = Starlette(routes=[Route("/", _done, methods=["GET", "POST"])], middleware=[Middleware(OwnAddress)])


@pytest.mark.parametrize(
    ("method", "headers", "status"),
    [
        ("GET", {"Host": HERE}, 200),
        ("GET", {"Host": "localhost:8080"}, 200),
        ("GET", {"Host": "[::1]:8080"}, 200),
        ("GET", {"Host": "evil.example:8080"}, 403),
        ("GET", {"Host": "127.0.0.1.evil.example"}, 403),
        ("GET", {"Host": "10.0.0.7:8080"}, 403),
        ("GET", {"Host": ""}, 403),
        ("GET", {"Host": "[::1"}, 403),
        ("GET", {"Host": HERE, "Origin": "https://evil.example"}, 200),  # it cannot read the answer
        ("POST", {"Host": HERE}, 200),
        ("POST", {"Host": HERE, "Origin": f"http://{HERE}", "Sec-Fetch-Site": "same-origin"}, 200),
        ("POST", {"Host": HERE, "Origin": "https://evil.example"}, 403),
        ("POST", {"Host": HERE, "Origin": "null"}, 403),
        ("POST", {"Host": HERE, "Origin": "null", "Sec-Fetch-Site": "cross-site"}, 403),
        ("POST", {"Host": HERE, "Origin": "null", "Sec-Fetch-Site": "same-origin"}, 200),  # its address untold
        ("POST", {"Host": HERE, "Origin": "http://127.0.0.1:9090"}, 403),
        ("POST", {"Host": HERE, "Sec-Fetch-Site": "cross-site"}, 403),
        ("POST", {"Host": HERE, "Sec-Fetch-Site": "same-site"}, 403),
    ],
)
async def test_who_is_let_in(method: str, headers: dict[str, str], status: int) -> None:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(APP), base_url="http://x") as http:
        answer = await http.request(method, "/", headers=headers)
    assert answer.status_code == status
    assert status == 200 or "请从本机打开" in answer.text


async def test_the_demo_stands_behind_it(tmp_path: Path) -> None:
    async with stage(f"sqlite:///{tmp_path / 'plan.db'}") as set_up, httpx.AsyncClient(
        base_url=set_up.address, trust_env=False
    ) as http:
        assert (await http.get("/")).status_code == 200
        for path in ("/", "/healthz", "/sandbox/wecom/"):
            assert (await http.get(path, headers={"Host": "evil.example"})).status_code == 403
        assert (await http.post("/", headers={"Origin": "https://evil.example"})).status_code == 403
