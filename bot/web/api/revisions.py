"""GET /api/v1/plan/revisions: what became of the plan, newest first."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from bot.web.platform.auth import Known
from bot.web.platform.dependencies import AtDesk
from bot.web.platform.paging import Page, Paging, key_of, page
from bot.web.platform.problem import described
from handlers.turn import Turn
from planning.plan.revision import Revision

router = APIRouter(prefix="/api/v1/plan", tags=["计划 | plan"])
LIST = "revisions"


class PlanRevision(BaseModel):
    revision: int
    change: str = Field(description="变更单号，或导入的来源 | the change request, or what was imported")
    applied_at: datetime = Field(description="UTC")
    applied_by: str
    hash: str = Field(description="与上一版的 hash 相连 | chained to the hash of the one before")

    @classmethod
    def of(cls, known: Revision) -> "PlanRevision":
        return cls(
            revision=known.number,
            change=known.change,
            applied_at=known.applied_at,
            applied_by=known.applied_by,
            hash=known.hash,
        )


@router.get("/revisions", responses=described(401, 403, 422), summary="各版本，新的在前 | Revisions, newest first")
async def revisions(desk: AtDesk, caller: Known, query: Annotated[Paging, Query()]) -> Page[PlanRevision]:
    return await desk.read(lambda turn: _page(turn, query))


def _page(turn: Turn, query: Paging) -> Page[PlanRevision]:
    rows = turn.uow.revisions.newest_first(query.limit + 1, key_of(query.cursor, LIST, int))
    return page(LIST, rows, query.limit, lambda row: row.number, PlanRevision.of)
