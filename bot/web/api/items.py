"""GET /api/v1/plan/items: the plan, item by item."""

import re
from datetime import UTC, date, datetime
from itertools import islice
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from bot.web.api.effects import Number
from bot.web.platform.auth import Caller, Known
from bot.web.platform.dependencies import AtDesk
from bot.web.platform.paging import Page, Paging, key_of, page
from bot.web.platform.problem import Problem, described
from handlers.govern.fences import Zones
from handlers.turn import Turn
from planning.plan.item import Item

router = APIRouter(prefix="/api/v1/plan", tags=["计划 | plan"])
LIST = "items"
_REVISION = re.compile(r"[0-9]{1,9}")


class PlanItem(BaseModel):
    code: str
    type: str
    title: str
    department: str = Field(description="部门编号，空：无部门 | a department's id; empty: nobody's")
    quantity: Number | None
    unit: str
    start: date = Field(description="首个工作日 | the first working day, inclusive")
    finish: date = Field(description="最后一个工作日 | the last working day, inclusive")
    status: str
    zone: str = Field(description="frozen, slushy, liquid")
    revision: int = Field(description="最近一次改动它的版本 | the revision that last changed it")

    @classmethod
    def of(cls, item: Item, revision: int, zones: Zones) -> "PlanItem":
        fields = ("code", "type", "title", "department", "quantity", "unit", "start", "finish")
        known: dict[str, Any] = {name: getattr(item, name) for name in fields}
        return cls(**known, status=item.status.value, zone=zones.of(item).value, revision=revision)


class PlanItemInFull(PlanItem):
    attributes: dict[str, str] = Field(
        description="导入文件的其他列；令牌没有 masked 权限时，遮盖的列是 ＊＊＊ | the import's further columns; "
        "＊＊＊ stands for masked ones unless the token has the scope masked"
    )


def _since(value: object) -> object:
    """`+` in an address that nobody encoded arrives as a blank."""
    if value in ("", None):
        return None
    text = str(value)
    if _REVISION.fullmatch(text):
        return int(text)
    try:
        moment = datetime.fromisoformat(text.replace(" ", "+"))
        return moment.astimezone(UTC) if moment.tzinfo else _no_since()
    except (ValueError, OverflowError):
        return _no_since()


def _no_since() -> object:
    raise PydanticCustomError("since", "a revision or an instant")


class ItemQuery(Paging):
    department: str = Field("", description="部门编号或名称 | a department's id or name")
    changed_since: Annotated[int | datetime | None, BeforeValidator(_since)] = Field(
        None,
        description=(
            "版本号或带时区的时刻（RFC 3339）：只要此后改动过的项。"
            "要同步，请先记下 /plan/revisions 的最新版本号再取各页，下次带上它 | "
            "A revision's number or an instant with its zone (RFC 3339): only items changed after it. To stay in step, "
            "note the newest number of /plan/revisions before you read the pages, and ask with it the next time."
        ),
    )


@router.get("/items", responses=described(401, 403, 404, 422), summary="计划的各项，按编码排序 | Items, by code")
async def items(desk: AtDesk, caller: Known, query: Annotated[ItemQuery, Query()]) -> Page[PlanItem]:
    return await desk.read(lambda turn: _page(turn, query))


@router.get("/items/{code:path}", responses=described(401, 403, 404, 422), summary="一项 | One item")
async def item(desk: AtDesk, caller: Known, code: str) -> PlanItemInFull:
    return await desk.read(lambda turn: _one(turn, caller, code))


def _page(turn: Turn, query: ItemQuery) -> Page[PlanItem]:
    since = _revision_of(turn, query.changed_since)
    # Revisions first: should the plan move in between, an item is told twice rather than never.
    changed = turn.uow.plans.revisions_of_items(since) if since else None
    plan = turn.plan()
    after = key_of(query.cursor, LIST, str) or ""
    wanted, zones = _department(turn, query.department), Zones(turn, plan)
    codes = sorted(code for code in (plan.items if changed is None else changed) if code > after)
    found = (plan.items[code] for code in codes if code in plan.items)
    rows = list(islice((item for item in found if wanted in (None, item.department)), query.limit + 1))
    revisions = turn.uow.plans.revisions_of([item.code for item in rows]) if changed is None else changed

    def told(item: Item) -> PlanItem:
        return PlanItem.of(item, revisions.get(item.code, plan.revision), zones)

    return page(LIST, rows, query.limit, lambda item: item.code, told)


def _one(turn: Turn, caller: Caller, code: str) -> PlanItemInFull:
    plan = turn.plan()
    found = plan.items.get(code)
    if found is None:
        raise Problem(404, "unknown-item", item=code)
    revisions = turn.uow.plans.revisions_of([code])
    told = PlanItem.of(found, revisions.get(code, plan.revision), Zones(turn, plan))
    return PlanItemInFull(**dict(told), attributes=caller.sees(turn, found.attributes))


def _revision_of(turn: Turn, since: int | datetime | None) -> int:
    """The newest revision the caller has; 0: none."""
    return turn.uow.revisions.number_at(since) if isinstance(since, datetime) else since or 0


def _department(turn: Turn, word: str) -> str | None:
    known = turn.organisation.find_department(word)
    return known.id if known else word or None
