"""Another system that calls the API, and a channel that works or does not."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, ClassVar

import httpx
from fastapi import APIRouter, FastAPI
from starlette.responses import PlainTextResponse
from starlette.routing import BaseRoute, Route

from bot.channels.common.channel import CardDelivery, Delivered, Inbound
from tests.small_company import TRAITS


class System:
    """`system.get(path)` as the ERP, which may read and write; `system.get(path, token="")` as nobody."""

    TOKENS: ClassVar = {
        "erp": "erp-令牌-7f3a",
        "mes": "mes-token-91c2",
        "intake": "intake-token-55d0",
        "auditor": "auditor-token-c04e",
        "floor": "floor-token-7d21",
    }

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client

    @classmethod
    @asynccontextmanager
    async def of(cls, app: FastAPI) -> AsyncIterator["System"]:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://tongpan") as client:
            yield cls(client)

    async def ask(self, method: str, path: str, *, token: str | None = None, **more: Any) -> httpx.Response:
        token = self.TOKENS["erp"] if token is None else token
        headers: dict[str, Any] = {"Authorization": f"Bearer {token}".encode()} if token else {}
        return await self._client.request(method, path, headers=headers | more.pop("headers", {}), **more)

    async def get(self, path: str, *, token: str | None = None, **query: Any) -> httpx.Response:
        return await self.ask("GET", path, token=token, params=query or None)

    async def found(self, path: str, **query: Any) -> Any:
        """The body of what has to succeed."""
        answer = await self.get(path, **query)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def post(
        self, path: str, body: object = None, *, token: str | None = None, key: str | None = None
    ) -> httpx.Response:
        headers = {} if key is None else {"Idempotency-Key": key}
        return await self.ask("POST", path, token=token, json=body, headers=headers)

    async def everything(self, path: str, **query: Any) -> list[Any]:
        """All pages of a list."""
        found: list[Any] = []
        while True:
            page = await self.found(path, **query)
            assert set(page) == {"items", "next_cursor"}
            found += page["items"]
            if page["next_cursor"] is None:
                return found
            query["cursor"] = page["next_cursor"]


class Channel:
    """A channel that only says how it is, with callbacks of both kinds."""

    traits = TRAITS.by_prefix["dingtalk"]

    def __init__(self) -> None:
        self.wrong = ""
        self.router = APIRouter()
        self.router.add_api_route("/callback/router", self._answer, methods=["POST"], response_class=PlainTextResponse)
        self.routes: list[BaseRoute] = [Route("/callback/route", lambda request: PlainTextResponse("routed"))]

    def trouble(self) -> str:
        return self.wrong

    async def start(self, inbound: Inbound) -> None: ...

    async def stop(self) -> None: ...

    async def check(self) -> str:
        return self.wrong

    async def put_card(self, delivery: CardDelivery) -> Delivered:
        return Delivered()

    async def post(self, conversation: str, markdown: str, key: str) -> None: ...

    async def show(self, conversation: str, png: bytes, key: str) -> None: ...

    async def _answer(self) -> str:
        return "success"


def problem(answer: httpx.Response, status: int, code: str) -> str:
    """The sentence of a problem of this status and code."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert body["type"] == f"urn:tongpan:problem:{code}"
    assert body["status"] == status
    assert body["title"]
    assert not [token for token in System.TOKENS.values() if token in answer.text]
    sentence: str = body["detail"]
    return sentence
