"""POST /api/v1/impact: what if. Nothing is written."""

from fastapi import APIRouter
from pydantic import Field

from bot.web.api.departments import operations_of
from bot.web.api.effects import Effect
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
    responses=described(400, 401, 403, 404, 413, 415, 422),
    summary="如果这样改，会怎样；不写入 | What if; writes nothing",
)
async def impact(desk: AtDesk, caller: Known, wanted: WhatIf) -> Effect:
    return await desk.read(lambda turn: _effect(turn, caller, wanted))


def _effect(turn: Turn, caller: Caller, wanted: WhatIf) -> Effect:
    plan = turn.plan()
    operations = operations_of(wanted.operations, turn, plan)
    impact = turn.assess(plan, operations)
    imagined = Change(plan.id, "", caller.person, operations, impact, plan.revision, turn.now)
    return Effect.of(turn, what_if(turn, plan, imagined).impact)
