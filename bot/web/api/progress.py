"""GET /api/v1/progress: how far each department is in a week and should be; or one item, and when it will be over."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from bot.web.api.operations import Day
from bot.web.platform.auth import Known
from bot.web.platform.dependencies import AtDesk
from bot.web.platform.paging import OfPlan
from bot.web.platform.problem import Problem, described
from handlers.govern.department_progress import this_week, week_progress
from handlers.govern.facts import outlook_of
from handlers.reads.facts.department_progress import Standing, standings
from handlers.reads.plan.figures import red_among, soon
from handlers.reads.plan.late_items import late_by_plan
from handlers.turn import Turn
from planning.facts.departments import percent
from planning.facts.promise import delta, push
from planning.facts.relation import Dates
from planning.plan.amount import plain
from planning.plan.limits import LAST_DAY

router = APIRouter(prefix="/api/v1/progress", tags=["进度 | progress"])
SIX_DAYS = timedelta(days=6)


class OfDepartment(BaseModel):
    department: str = Field(description="部门 id，空：没有部门的工作 | its id; empty: nobody's work")
    name: str
    items: int = Field(description="这些天里的，和以前没完的 | in these days, and still open from before")
    planned: float | None = Field(description="应到的份额，0.45；null：无 | share that should be done; null: none")
    actual: float | None = Field(description="做到的份额 | share that is done")
    planned_percent: int | None = Field(description="同群里和页面上的数 | as chat and pages tell it")
    actual_percent: int | None
    spi: float | None = Field(description="actual ÷ planned；null：还没有应做的 | null: nothing planned yet")
    overdue: int = Field(description="逾期的 | items that are overdue")
    short: int = Field(description="快开工而缺料的单 | orders that start soon and are short of material")
    silent: int = Field(description="在做而无报工的 | items that run without a report")
    milestones: int
    reached: int = Field(description="其中达成的里程碑 | milestones that were reached")
    provisional: bool = Field(description="日期过了已公布的放假安排：暂定 | days behind the known holidays")

    @classmethod
    def of(cls, one: Standing) -> "OfDepartment":
        told = one.progress
        return cls(
            department=one.id, name=one.name, items=told.items, planned=_number(told.planned),
            actual=_number(told.actual), planned_percent=_percent(told.planned), actual_percent=_percent(told.actual),
            spi=None if told.spi is None else round(float(told.spi), 4), overdue=one.overdue, short=one.red,
            silent=told.silent, milestones=told.milestones, reached=told.reached, provisional=told.provisional,
        )  # fmt: skip


class Progress(BaseModel):
    """进度 | progress"""

    revision: int
    at: datetime = Field(description="算到的时刻 | the instant up to which it counts")
    from_: date = Field(serialization_alias="from")
    to: date
    baseline: str | None = Field(description="量应到的周基线；null：按计划 | the weekly baseline; null: the plan")
    departments: list[OfDepartment]


class Dated(BaseModel):
    start: date
    finish: date


class OfItem(BaseModel):
    """一个单子的进度 | how far an item is"""

    revision: int
    at: datetime
    item: str
    title: str
    status: str = Field(description="按报工，可能还没进计划 | as reports leave it")
    quantity: str | None
    unit: str
    done: str = Field(description="单位同数量；没有数量的是份额 | in its unit; without a quantity its share")
    part: float = Field(description="做到的份额，可超过 1 | share that is done, not capped")
    estimated: bool = Field(description="最新的是百分数 | the newest word is a percent")
    scrap: str
    planned: Dated
    forecast: Dated
    unknown: bool = Field(description="该到了，没有人说什么时候 | it should have come, and nobody has said when")
    computed: date | None = Field(description="按速度算的完成日 | the finish by its rate")
    stated: date | None = Field(description="本人说的完成日 | the finish that was stated last")
    late_days: int = Field(description="比计划晚几个工作日，负的是早 | working days late; below 0: early")
    pushes: list[str] = Field(description="因此要动的 | items that would have to move")


class ProgressQuery(OfPlan):
    item: str = Field("", max_length=80, description="单号：只问这一个 | a code: of this item alone")
    by: Literal["department"] = Field("department", description="按什么分 | what it is divided by")
    from_: Day | None = Field(None, alias="from", description="从哪天，默认本周一 | from this day on; this Monday")
    to: Day | None = Field(None, description="到哪天，含，默认七天 | to this day, inclusive; seven days")


@router.get("", responses=described(401, 403, 404, 422), summary="进度 | How far each department is, or one item")
async def progress(desk: AtDesk, caller: Known, query: Annotated[ProgressQuery, Query()]) -> Progress | OfItem:
    return await desk.read(lambda turn: _of_item(turn, query.item) if query.item else _told(turn, query))


def _of_item(turn: Turn, code: str) -> OfItem:
    """The numbers that 进度 tells of it. Raises Problem("unknown-item")."""
    plan = turn.plan()
    if code not in plan.items:
        raise Problem(404, "unknown-item", item=code)
    outlook = outlook_of(turn, plan, [code])
    found, forecast, planned = outlook.progress_of(code), outlook[code], plan.items[code]
    return OfItem(
        revision=plan.revision, at=turn.now, item=code, title=planned.title, status=found.item.status.value,
        quantity=None if planned.quantity is None else plain(planned.quantity), unit=planned.unit,
        done=plain(round(Decimal(found.done.numerator) / found.done.denominator, 9)), part=round(float(found.part), 6),
        estimated=found.estimated, scrap=plain(found.scrap), planned=_dated(planned.start, planned.finish),
        forecast=_dated(*forecast.dates), unknown=forecast.unknown, computed=forecast.computed,
        stated=forecast.stated.expected if forecast.stated else None, late_days=delta(outlook, code),
        pushes=list(push(outlook, code)) if found.lives else [],
    )  # fmt: skip


def _dated(start: date, finish: date) -> Dated:
    return Dated(start=start, finish=finish)


def _told(turn: Turn, query: ProgressQuery) -> Progress:
    plan = turn.plan()
    first = query.from_ or this_week(turn.today).start
    week = week_progress(turn, plan, Dates(first, query.to or min(first, LAST_DAY) + SIX_DAYS))
    found = standings(turn, week, late_by_plan(turn), red_among(soon(turn, plan)[1]))
    return Progress(
        revision=plan.revision, at=turn.now, from_=week.span.start, to=week.span.finish,
        baseline=week.baseline.name if week.baseline else None, departments=[OfDepartment.of(one) for one in found],
    )  # fmt: skip


def _number(share: Fraction | None) -> float | None:
    return None if share is None else float(share)


def _percent(share: Fraction | None) -> int | None:
    return None if share is None else percent(share)
