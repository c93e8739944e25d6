"""GET /api/v1/exceptions: what is going wrong, each with what it is about and since when."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from bot.web.platform.auth import Known
from bot.web.platform.dependencies import AtDesk
from bot.web.platform.paging import Page, Paging, key_of, page
from bot.web.platform.problem import described
from handlers.turn import Turn
from planning.exceptions.episode import Episode
from planning.exceptions.finding import Code

router = APIRouter(prefix="/api/v1/exceptions", tags=["异常 | exceptions"])
LIST = "exceptions"


class OpenException(BaseModel):
    no: str = Field(description="EX-n")
    code: str = Field(description="late-start | overdue | forecast-late | slack-eaten | short | blocked | silent | …")
    item: str = Field(description="单号；unacked 是变更单号，stale 是数据来源 | an item, a change request or a source")
    second: str | None = Field(description="前序、部门或规则 | a predecessor, a seat or a rule")
    severity: str = Field(description="info | warn | high | critical")
    root: str | None = Field(description="根因的单号，空：自己就是 | the item on whose card it stands; none: its own")
    opened_at: datetime | None
    facts: dict[str, str] = Field(description="日期用 ISO，数量用数字 | days in ISO, counts as digits")
    taken_by: str | None
    snoozed_until: datetime | None
    muted_until: datetime | None

    @classmethod
    def of(cls, one: Episode) -> "OpenException":
        return cls(
            no=f"EX-{one.number}", code=one.key.code.value, item=one.key.item, second=one.key.second or None,
            severity=one.severity.name.lower(), root=one.root or None, opened_at=one.opened_at, facts=dict(one.facts),
            taken_by=one.taken_by or None, snoozed_until=one.snoozed_until, muted_until=one.muted_until,
        )  # fmt: skip


class ExceptionQuery(Paging):
    code: Code | None = Field(None, description="只要这一种 | of this code only")
    item: str | None = Field(None, description="只要这个单号的 | of this item only")


@router.get("", responses=described(401, 403, 404, 422), summary="异常 | What is going wrong")
async def listed(desk: AtDesk, caller: Known, query: Annotated[ExceptionQuery, Query()]) -> Page[OpenException]:
    return await desk.read(lambda turn: _page(turn, query))


def _page(turn: Turn, query: ExceptionQuery) -> Page[OpenException]:
    after = key_of(query.cursor, LIST, int) or 0
    rows = [one for one in turn.uow.exceptions.open_ones() if one.number > after and _is_asked_for(one, query)]
    return page(LIST, rows[: query.limit + 1], query.limit, lambda one: one.number, OpenException.of)


def _is_asked_for(one: Episode, query: ExceptionQuery) -> bool:
    return query.code in (None, one.key.code) and query.item in (None, one.key.item)
