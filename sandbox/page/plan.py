"""Source of the plan tab's plan: the product's HTTP API, read like any other system would."""

import ssl
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, Protocol

import httpx
from pydantic import BaseModel

PAGE_SIZE = 200
LATEST = 50
"""So many revisions are told, and so many change requests are asked for their reasons."""
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
    """The change request's number, or what was imported."""
    reason: str = ""
    """Reason for which it was requested."""
    applied_at: datetime
    applied_by: str | None = None
    hash: str = ""


class PlanUnavailable(Exception):
    """The plan cannot be read now; the message is a Chinese sentence for the person who looks at the page."""


class PlanSource(Protocol):
    """Source that the plan tab reads. Every read may raise `PlanUnavailable`."""

    async def items(self) -> Sequence[PlanItem]: ...

    async def revisions(self) -> Sequence[Revision]:
        """The latest ones, newest first."""
        ...

    async def latest_revision(self) -> int:
        """The number of the latest one; 0 when there is none yet."""
        ...


class _ItemPage(BaseModel):
    items: list[PlanItem]
    next_cursor: str | None = None


class _RevisionPage(BaseModel):
    items: list[Revision]


class _Change(BaseModel):
    no: str
    reason: str = ""


class _ChangePage(BaseModel):
    items: list[_Change]


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
                page = _ItemPage.model_validate(await self._get(client, "plan/items", query))
                found += page.items
                cursor = page.next_cursor
                if not cursor:
                    return found
        raise PlanUnavailable(f"计划超过 {MOST_PAGES * PAGE_SIZE} 项，这个页面放不下。")

    async def revisions(self) -> Sequence[Revision]:
        async with self._client() as client:
            known = await self._revisions(client, LATEST)
            changes = _ChangePage.model_validate(await self._get(client, "changes", {"limit": str(LATEST)})).items
        reasons = {change.no: change.reason for change in changes}
        return [told.model_copy(update={"reason": reasons.get(told.change or "", "")}) for told in known]

    async def latest_revision(self) -> int:
        async with self._client() as client:
            return max((told.revision for told in await self._revisions(client, 1)), default=0)

    async def _revisions(self, client: httpx.AsyncClient, limit: int) -> Sequence[Revision]:
        return _RevisionPage.model_validate(await self._get(client, "plan/revisions", {"limit": str(limit)})).items

    @asynccontextmanager
    async def _client(self) -> AsyncIterator[httpx.AsyncClient]:
        """A client whose failures leave as sentences."""
        address = f"{self._base_url}/api/v1/"
        try:
            # The demo talks to itself: a proxy from the environment has no business in between.
            async with httpx.AsyncClient(
                base_url=address, headers=self._headers, timeout=10, trust_env=False, verify=_trusted()
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


@cache
def _trusted() -> ssl.SSLContext:
    """Reading the certificates takes longer than reading the plan: once is enough."""
    return ssl.create_default_context()
