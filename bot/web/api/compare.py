"""GET /api/v1/plan/compare and /baselines: two states of the plan side by side, as JSON or as a table."""

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from bot.tables.write import escaped
from bot.web.api.effects import LateOrder
from bot.web.platform.auth import Known
from bot.web.platform.dependencies import AtDesk
from bot.web.platform.paging import OfPlan, Page, Paging, key_of, page
from bot.web.platform.problem import described
from handlers.language import NOW
from handlers.reads.plan.compare_states import Sides, compared, state
from handlers.reads.plan.plan_states import Point, reference
from handlers.turn import Turn
from planning.plan.impact import Line
from planning.plan.summary import Summary, Total

router = APIRouter(prefix="/api/v1/plan", tags=["计划 | plan"])
LIST = "baselines"
COLUMNS = ("code", "title", "department", "field", "before", "after", "days")


class PlanBaseline(BaseModel):
    name: str
    revision: int
    kind: str = Field(description="import, promise, weekly, monthly")
    frozen_at: datetime = Field(description="UTC")
    frozen_by: str


class Side(BaseModel):
    revision: int
    baseline: str = Field(description="基线的名称，空：按版本号 | the baseline's name; empty: by its number")


class Sum(BaseModel):
    items: int = Field(description="有差别的项 | items that differ")
    added: int
    dropped: int = Field(description="取消或不在计划里了 | cancelled, or gone from the plan")
    later: int = Field(description="完成推迟的项 | items that finish later")
    earlier: int
    days: int = Field(description="完成日期净差，工作日 | working days of finish in all, signed")
    late: int = Field(description="late_orders 里的单 | orders among late_orders")


class DepartmentSum(Sum):
    department: str = Field(description="部门编号，空：无部门 | a department's id; empty: nobody's")


class ComparedLine(BaseModel):
    item: str
    title: str
    department: str
    field: str = Field(description="start, finish, duration, quantity, status, mode, department, link")
    before: str = Field(description="空：原来没有 | empty: did not exist")
    after: str = Field(description="空：后来没有了 | empty: exists no more")
    days: int | None = Field(description="推迟为正的工作日 | working days, positive: later")


class Compared(BaseModel):
    """两版计划的差别，按 to 一侧的日历数天 | Days are counted as the later side's calendars count them."""

    model_config = ConfigDict(populate_by_name=True)

    from_: Side = Field(serialization_alias="from")
    to: Side
    whole: Sum
    departments: list[DepartmentSum] = Field(description="差别多的在前 | most differences first")
    late_orders: list[LateOrder] = Field(description="比 from 更晚的，最晚的在前 | later than before, worst first")
    lines: list[ComparedLine]

    @classmethod
    def of(cls, sides: Sides, found: Summary) -> "Compared":
        return cls(
            from_=_side(sides.before),
            to=_side(sides.after),
            whole=Sum(**_counts(found.whole)),
            departments=[DepartmentSum(department=total.department, **_counts(total)) for total in found.totals],
            late_orders=[LateOrder.model_validate(late, from_attributes=True) for late in found.late_orders],
            lines=[ComparedLine.model_validate(line, from_attributes=True) for line in found.lines],
        )


def _given(value: object) -> object:
    return value or None


class CompareQuery(OfPlan):
    from_: str = Field(
        "",
        alias="from",
        max_length=64,
        description="版本号或基线名称；默认最近的承诺基线，没有则最早一版 | a revision's number or a baseline's name; "
        "by default the newest promise, or the oldest revision there is",
    )
    to: str = Field("", max_length=64, description="版本号、基线名称或 now（默认） | as `from`, or now, the default")
    department: str = Field("", max_length=64, description="只看一个部门，编号或名称 | one department's, id or name")
    format: Annotated[Literal["json", "csv"] | None, BeforeValidator(_given)] = Field(
        None, description="json（默认）或 csv（给人看的表格） | json, the default, or csv, a table for people"
    )


TABLE: dict[int | str, dict[str, Any]] = {200: {"content": {"text/csv": {"schema": {"type": "string"}}}}}


@router.get(
    "/compare",
    response_model=Compared,
    responses={**TABLE, **described(401, 403, 404, 422)},
    summary="两版计划的差别 | What differs between two states of the plan",
)
async def compare(desk: AtDesk, caller: Known, query: Annotated[CompareQuery, Query()]) -> Compared | Response:
    return await desk.read(lambda turn: _compared(turn, query))


@router.get("/baselines", responses=described(401, 403, 422), summary="基线，新的在前 | Baselines, newest first")
async def baselines(desk: AtDesk, caller: Known, query: Annotated[Paging, Query()]) -> Page[PlanBaseline]:
    return await desk.read(lambda turn: _baselines(turn, query))


def _compared(turn: Turn, query: CompareQuery) -> Compared | Response:
    turn.plan()
    before = state(turn, query.from_) if query.from_ else reference(turn)
    department = _department(turn, query.department) if query.department else ""
    sides = Sides(before, state(turn, query.to or NOW), department)
    found = compared(turn, sides)
    if query.format != "csv":
        return Compared.of(sides, found)
    name = f"compare-{sides.before.revision}-{sides.after.revision}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(_table(turn, found), headers=headers, media_type="text/csv; charset=utf-8")


def _department(turn: Turn, word: str) -> str:
    known = turn.organisation.find_department(word)
    if known is None:
        raise turn.no_such_department(word)
    return known.id


def _table(turn: Turn, found: Summary) -> bytes:
    """Table with a byte order mark: without it, Excel takes the Chinese for another encoding."""
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow([turn.words(f"compare.column.{name}") for name in COLUMNS])
    writer.writerows([escaped(cell) for cell in row] for row in _rows(turn, found.lines))
    return written.getvalue().encode("utf-8-sig")


def _rows(turn: Turn, lines: Sequence[Line]) -> Iterator[tuple[str | int | None, ...]]:
    for line in lines:
        name, field = turn.organisation.department_name, turn.words(f"value.field.{line.field}")
        before, after = (_value(turn, line.field, value) for value in (line.before, line.after))
        yield line.item, line.title, name(line.department), field, before, after, line.days


def _value(turn: Turn, field: str, stored: str) -> str:
    """Words as people know them; dates and numbers as a spreadsheet does."""
    if field == "department":
        return turn.organisation.department_name(stored)
    code = f"value.{field}.{stored}"
    return turn.words(code) if turn.words.knows(code) else stored


def _baselines(turn: Turn, query: Paging) -> Page[PlanBaseline]:
    rows = turn.uow.baselines.newest_first()
    after = key_of(query.cursor, LIST, str)
    names = [row.name for row in rows]
    start = names.index(after) + 1 if after in names else 0
    return page(
        LIST,
        rows[start:],
        query.limit,
        lambda row: row.name,
        lambda row: PlanBaseline.model_validate(row, from_attributes=True),
    )


def _side(there: Point) -> Side:
    return Side(revision=there.revision, baseline=there.baseline)


def _counts(total: Total) -> dict[str, int]:
    return {name: getattr(total, name) for name in Sum.model_fields}
