"""GET /api/v1/readiness: whether what orders need is there before they start."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from bot.web.api.effects import number
from bot.web.api.operations import Day
from bot.web.platform.auth import Known
from bot.web.platform.dependencies import AtDesk
from bot.web.platform.paging import Page, Paging, key_of, page
from bot.web.platform.problem import described
from handlers.govern.readiness import in_turn, readiness_of, starting
from handlers.turn import Turn
from planning.plan.limits import LAST_DAY
from planning.readiness.line import Line, Order, Prerequisite

router = APIRouter(prefix="/api/v1/readiness", tags=["齐套 | readiness"])
LIST = "readiness"
A_WEEK = timedelta(days=7)


class ReadyLine(BaseModel):
    name: str = Field(description="物料，或要先完成的单号 | a material, or the code of what is to be done before")
    colour: str = Field(description="green | yellow | grey（库存未知 unknown） | red")
    need: Decimal | int | float | None = Field(description="要先完成的事没有数量 | none of what is only to be done")
    there: Decimal | int | float | None = Field(description="开工前有的 | there by the start")
    short: Decimal | int | float | None
    eta: date | None = Field(description="齐的日子；红而空：无来源 | when it comes; red without one: no source")

    @classmethod
    def of(cls, line: Line | Prerequisite) -> "ReadyLine":
        if isinstance(line, Prerequisite):
            return cls(name=line.name, colour=line.colour.value, need=None, there=None, short=None, eta=line.eta)
        amounts = {"need": number(line.need), "there": number(line.there), "short": number(line.short)}
        return cls(name=line.name, colour=line.colour.value, eta=line.eta, **amounts)


class ReadyOrder(BaseModel):
    item: str
    start: date = Field(description="计划开工；已过的算今天 | the planned start; one that has passed counts as today")
    colour: str = Field(description="green | yellow | red | none（无料单 without lines）")
    eta: date | None
    can_begin: Decimal | int | float = Field(description="可先做 | pieces that can be begun")
    lines: list[ReadyLine]

    @classmethod
    def of(cls, order: Order) -> "ReadyOrder":
        facts = {"item": order.item.code, "start": order.start, "colour": order.colour.value, "eta": order.eta}
        return cls(**facts, can_begin=number(order.can_begin), lines=[ReadyLine.of(one) for one in order.all])


class ReadinessQuery(Paging):
    from_: Day | None = Field(None, alias="from", description="从哪天开工，默认今天 | starts from this day on; today")
    to: Day | None = Field(None, description="到哪天，含，默认再过一周 | to this day, inclusive; a week later")


@router.get("", responses=described(401, 403, 404, 422), summary="齐套 | Is everything there before orders start")
async def listed(desk: AtDesk, caller: Known, query: Annotated[ReadinessQuery, Query()]) -> Page[ReadyOrder]:
    return await desk.read(lambda turn: _page(turn, query))


def _page(turn: Turn, query: ReadinessQuery) -> Page[ReadyOrder]:
    plan, first = turn.plan(), query.from_ or turn.today
    codes = starting(turn, plan, first, query.to or min(first, LAST_DAY) + A_WEEK)
    orders = in_turn(readiness_of(turn, plan, codes), codes)
    after = key_of(query.cursor, LIST, str) or ""
    rows = [order for order in orders if _place(order) > after]
    return page(LIST, rows[: query.limit + 1], query.limit, _place, ReadyOrder.of)


def _place(order: Order) -> str:
    return f"{order.start.isoformat()} {order.item.code}"
