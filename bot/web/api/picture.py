"""An impact as a picture: of a change request, or of a what-if. As SVG, and of a change request as PNG too."""

import asyncio

from fastapi import APIRouter

from bot.rasterising import NoPicture, rasterised
from bot.web.api.changes import seen_by
from bot.web.api.departments import operations_of
from bot.web.api.impact import WhatIf
from bot.web.platform.auth import Caller, Known
from bot.web.platform.dependencies import AtDesk, Desk
from bot.web.platform.drawing import SAFE, Png, Svg
from bot.web.platform.problem import Problem, described
from cards.picture import Graph, picture_of, svg_of
from handlers.turn import Turn
from planning.change.change import Change

router = APIRouter(prefix="/api/v1", tags=["变更 | changes"])


@router.get(
    "/changes/{no}/picture.svg",
    response_class=Svg,
    responses=described(401, 403, 404, 422),
    summary="影响图，SVG | The impact as a picture, SVG",
)
async def change_svg(desk: AtDesk, caller: Known, no: str) -> Svg:
    """最多 60 个框，再多则按部门合并 | At most 60 boxes; more are put together by department."""
    return Svg(await _drawn(desk, caller, no), headers=SAFE)


@router.get(
    "/changes/{no}/picture.png",
    response_class=Png,
    responses=described(401, 403, 404, 422, 503),
    summary="影响图，PNG | The impact as a picture, PNG",
)
async def change_png(desk: AtDesk, caller: Known, no: str) -> Png:
    """503：服务器上没有中文字体 | This machine has no Chinese font."""
    try:
        return Png(await rasterised(await _drawn(desk, caller, no)), headers=SAFE)
    except NoPicture as nothing:
        raise Problem(503, nothing.reason) from nothing


@router.post(
    "/impact/picture.svg",
    response_class=Svg,
    responses=described(400, 401, 403, 404, 413, 415, 422),
    summary="如果这样改，影响图；不写入 | What if, as a picture; writes nothing",
)
async def what_if_svg(desk: AtDesk, caller: Known, wanted: WhatIf) -> Svg:
    graph = await desk.read(lambda turn: _imagined(turn, caller, wanted))
    return Svg(await asyncio.to_thread(svg_of, graph), headers=SAFE)


async def _drawn(desk: Desk, caller: Caller, no: str) -> str:
    graph = await desk.read(lambda turn: graph_of(turn, seen_by(caller, turn, no)))
    return await asyncio.to_thread(svg_of, graph)


def graph_of(turn: Turn, change: Change) -> Graph:
    """The impact as the people saw it who decided, along the links of the plan as it is now."""
    return picture_of(turn.view(change), turn.plan())


def _imagined(turn: Turn, caller: Caller, wanted: WhatIf) -> Graph:
    plan = turn.plan()
    operations = operations_of(wanted.operations, turn, plan)
    impact = turn.assess(plan, operations)
    change = Change(plan.id, "", caller.person, operations, impact, plan.revision, turn.now)
    return picture_of(turn.view(change), plan)
