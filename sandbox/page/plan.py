"""Where the plan tab gets the plan from: the product's HTTP API, read like any other system would."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Protocol

import httpx
from pydantic import BaseModel

PAGE_SIZE = 200
MOST_PAGES = 25
"""A plan of 5,000 items; more than that, or a cursor that never ends, is not for this page."""


class PlanItem(BaseModel):
    """A line of the plan as `GET /api/v1/plan/items` tells it; `start` and `finish` are inclusive working dates."""

    code: str
    title: str
    type: str = ""
    department: str | None = None
    """A department's id or name."""
    quantity: Decimal | None = None
    unit: str | None = None
    start: date | None = None
    finish: date | None = None
    status: str = ""
    zone: str | None = None
    revision: int = 0
    """The revision that last changed it."""


class Revision(BaseModel):
    """One revision of the plan as `GET /api/v1/plan/revisions` tells it."""

    revision: int
    change: str | None = None
    """The change request's number; none for the import that began the plan."""
    applied_at: datetime
    applied_by: str | None = None
    hash: str = ""


class PlanUnavailable(Exception):
    """The plan cannot be read now; the message is a Chinese sentence for the person who looks at the page."""


class PlanSource(Protocol):
    """What the plan tab reads. Both may raise `PlanUnavailable`."""

    async def items(self) -> Sequence[PlanItem]: ...

    async def revisions(self) -> Sequence[Revision]:
        """The latest ones, newest first."""
        ...


class _ItemPage(BaseModel):
    items: list[PlanItem]
    next_cursor: str | None = None


class _RevisionPage(BaseModel):
    items: list[Revision]


class HttpPlan:
    """The plan behind `base_url` (the product's address, without `/api/v1`), read with an API token."""

    def __init__(self, base_url: str, token: str) -> None:
        self._base_url = base_url.rstrip("/")
        self._headers = {"Authorization": f"Bearer {token}"}

    async def items(self) -> Sequence[PlanItem]:
        found: list[PlanItem] = []
        cursor: str | None = None
        async with self._client() as client:
            for _ in range(MOST_PAGES):
                query = {"limit": str(PAGE_SIZE)} | ({"cursor": cursor} if cursor else {})
                page = _ItemPage.model_validate(await self._get(client, "items", query))
                found += page.items
                cursor = page.next_cursor
                if not cursor:
                    return found
        raise PlanUnavailable(f"计划超过 {MOST_PAGES * PAGE_SIZE} 项，这个页面放不下。")

    async def revisions(self) -> Sequence[Revision]:
        async with self._client() as client:
            return _RevisionPage.model_validate(await self._get(client, "revisions", {"limit": "50"})).items

    @asynccontextmanager
    async def _client(self) -> AsyncIterator[httpx.AsyncClient]:
        """A client whose failures leave as sentences."""
        address = f"{self._base_url}/api/v1/plan/"
        try:
            # The demo talks to itself: a proxy from the environment has no business in between.
            async with httpx.AsyncClient(
                base_url=address, headers=self._headers, timeout=10, trust_env=False
            ) as client:
                yield client
        except httpx.HTTPError as error:
            raise PlanUnavailable("暂时读不到计划：机器人没有应答，请稍后再看。") from error
        except ValueError as error:
            raise PlanUnavailable("计划接口的回答看不懂，请看运行窗口里的日志。") from error

    async def _get(self, client: httpx.AsyncClient, path: str, query: dict[str, str]) -> Any:
        answer = await client.get(path, params=query)
        if answer.status_code in (401, 403):
            raise PlanUnavailable("计划接口不认这个令牌，请检查演示的设置。")
        if answer.status_code != 200:
            raise PlanUnavailable(f"计划接口暂时不能用（HTTP {answer.status_code}），请稍后再看。")
        return answer.json()
