"""GET /api/v1/sources: who tells the plan of facts, and how old the last word of each is."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from bot.web.platform.auth import Known
from bot.web.platform.dependencies import AtDesk
from bot.web.platform.paging import Page, Paging, key_of, page
from bot.web.platform.problem import described
from handlers.govern.sources import ages
from handlers.turn import Turn
from planning.facts.source import SourceAge
from storage.facts.sources import Known as Row

router = APIRouter(prefix="/api/v1/sources", tags=["数据来源 | sources"])
LIST = "sources"


class FactSource(BaseModel):
    id: str = Field(description="api:令牌名 | chat | import | stock")
    name: str
    expected_hours: float = Field(description="应在多少工时内，0：没有要求 | working hours; 0: none")
    age_hours: float = Field(description="已过的工时；从未有过的从设立起 | working hours since its last word")
    freshness: str = Field(description="fresh | late（超过 over 1×） | stale（超过 over 1.5×）")
    last_ok_at: datetime | None = Field(description="库存：最新的截至时间 | of stock: its newest as_of; null: never")
    last_rows: int
    last_trouble: str = Field(description="最近一次没记成的 | what was refused last")
    last_trouble_at: datetime | None
    owner: str

    @classmethod
    def of(cls, one: SourceAge, known: Mapping[str, Row]) -> "FactSource":
        row = known.get(one.id)
        return cls(
            id=one.id, name=one.name, expected_hours=one.expected_wh, age_hours=round(one.age_wh, 2),
            freshness=one.freshness.value, last_ok_at=one.heard_at, last_rows=row.rows if row else 0,
            last_trouble=row.trouble if row else "", last_trouble_at=row.trouble_at if row else None, owner=one.owner,
        )  # fmt: skip


@router.get("", responses=described(401, 403, 422), summary="数据来源和新旧 | Sources of facts and their age")
async def listed(desk: AtDesk, caller: Known, query: Annotated[Paging, Query()]) -> Page[FactSource]:
    return await desk.read(lambda turn: _page(turn, query))


def _page(turn: Turn, query: Paging) -> Page[FactSource]:
    known, after = turn.uow.sources.all(), key_of(query.cursor, LIST, str) or ""
    rows = sorted((one for one in ages(turn) if one.id > after), key=lambda one: one.id)
    return page(LIST, rows[: query.limit + 1], query.limit, lambda one: one.id, lambda one: FactSource.of(one, known))
