"""POST /api/v1/impact: what if. Nothing is written."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field

from bot.web.api.departments import operations_of
from bot.web.api.effects import Effect, LineQuery
from bot.web.api.operations import Shape, Wishes
from bot.web.platform.auth import Caller, Known
from bot.web.platform.dependencies import AtDesk
from bot.web.platform.problem import described
from handlers.govern.classify import what_if
from handlers.turn import Turn
from planning.change.change import Change

router = APIRouter(prefix="/api/v1", tags=["变更 | changes"])


class WhatIf(Shape):
    operations: Wishes = Field(examples=[[{"item": "F20-016", "op": "set_duration", "to": 75}]])


@router.post(
    "/impact",
    responses=described(400, 401, 403, 404, 409, 413, 415, 422),
    summary="如果这样改，会怎样；不写入 | What if; writes nothing",
)
async def impact(desk: AtDesk, caller: Known, wanted: WhatIf, query: Annotated[LineQuery, Query()]) -> Effect:
    """最多 1000 行；要其余的，同样的操作再问一次，带上 next_cursor。409：期间影响变了 | At most 1,000 lines; for more
    ask the same with next_cursor. 409: the effect has become another."""
    return await desk.read(lambda turn: _effect(turn, caller, wanted, query))


def _effect(turn: Turn, caller: Caller, wanted: WhatIf, query: LineQuery) -> Effect:
    plan = turn.plan()
    operations = operations_of(wanted.operations, turn, plan)
    impact = turn.assess(plan, operations)
    imagined = Change(plan.id, "", caller.person, operations, impact, plan.revision, turn.now)
    return Effect.of(turn, what_if(turn, plan, imagined).impact, query)
