"""An impact as JSON."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, Field, PlainSerializer

from bot.web.platform.paging import MOST, Page, Paging, cursor_after, key_of, list_of
from bot.web.platform.problem import Problem
from handlers.turn import Turn
from planning.plan import impact as impacts
from planning.plan.impact import Impact
from planning.refusal import Refusal
from planning.schedule.cause_path import step_of

LIST = "lines of "
Paths = Literal["short", "full"]


def usual_lines(value: object) -> object:
    """`?limit=` says nothing about the limit."""
    return MOST if value == "" else value


def number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


Number = Annotated[Decimal, PlainSerializer(number, return_type=int | float)]
"""An exact number inside, a JSON number outside."""


class Line(BaseModel):
    item: str
    department: str
    field: str = Field(description="start, finish, duration, quantity, status, mode, department, link")
    before: str = Field(description="空：原来没有 | empty: did not exist")
    after: str
    days: int | None = Field(description="推迟为正的工作日 | working days, positive: later")
    path: list[str] = Field(
        description="改动项、前一步、此项的编码；全程用 paths=full | codes of the changed item, the last step and this "
        "item; all of them with paths=full"
    )

    @classmethod
    def of(cls, line: impacts.Line, paths: Paths) -> "Line":
        told = line.path if paths == "full" else step_of(line.path)
        fields = {name: getattr(line, name) for name in cls.model_fields if name != "path"}
        return cls(**fields, path=list(told))


class LineQuery(Paging):
    """Which lines of an effect, and how much of their paths."""

    limit: Annotated[int, BeforeValidator(usual_lines)] = Field(
        MOST, ge=1, le=MOST, description="一次最多几行 | lines an answer has at most"
    )
    item: str = Field("", max_length=64, description="只要这一项的行 | the lines of this item only")
    paths: Paths = Field("short", description="full：路径写全 | full: every code of a path")


def lines_of(impact: Impact, query: LineQuery, most: int = MOST) -> tuple[Page[Line], int]:
    """A page of an effect's lines, with so many lines at most; and how many there are."""
    found = [line for line in impact.lines if query.item in ("", line.item)]
    listed = f"{LIST}{impact.hash}" + (f" {query.item}" if query.item else "")
    first = _place(impact, query.cursor, listed)
    shown = found[first : first + min(query.limit, most)]
    last = first + len(shown)
    following = cursor_after(listed, last) if last < len(found) else None
    return Page(items=[Line.of(line, query.paths) for line in shown], next_cursor=following), len(found)


def _place(impact: Impact, cursor: str, listed: str) -> int:
    """The line a page begins with. Raises a Problem for a cursor of another effect, or of other lines of this one."""
    known = list_of(cursor)
    if known.startswith(LIST) and known.removeprefix(LIST).partition(" ")[0] != impact.hash:
        raise Problem(409, "effect-changed")
    return key_of(cursor, listed, int) or 0


class Note(BaseModel):
    """What the card says beside the lines: a supplier has to confirm, a link does not hold, and the like."""

    code: str = Field(examples=["supplier-must-confirm", "link-broken"])
    facts: dict[str, str]
    text: str = Field(description="给人看的一句话 | a sentence for people")

    @classmethod
    def of(cls, turn: Turn, remark: Refusal) -> "Note":
        return cls(code=remark.code, facts={**remark.facts}, text=turn.words.refusal(remark))


class LateOrder(BaseModel):
    item: str
    title: str
    due: date
    finish: date
    days: int = Field(description="晚几个工作日 | working days late")


class Shortage(BaseModel):
    product: str
    unit: str
    before: Number = Field(description="正数为缺，负数为余 | positive: short, negative: over")
    after: Number


WHOLE = LineQuery()


class Effect(BaseModel):
    """按当前计划算出的影响 | what operations do to the plan where it stands."""

    revision: int = Field(description="按哪一版计划算的 | the revision it was computed on")
    hash: str = Field(description="同样的影响有同样的 hash | the same effect has the same hash")
    lines: list[Line] = Field(description="最多 1000 行，其余见 next_cursor | 1,000 at most, then see next_cursor")
    line_count: int = Field(description="一共几行 | lines there are")
    next_cursor: str | None = Field(
        description="还有行时：POST /impact 或 GET /changes/{no}/lines 带上它 | there are more lines: pass it to POST "
        "/impact or GET /changes/{no}/lines"
    )
    departments: list[str] = Field(description="要审批的部门编号 | ids of the departments to ask")
    informed: list[str] = Field(description="只知会的部门编号 | ids of those that are only told")
    late_orders: list[LateOrder]
    shortages: list[Shortage]
    refused: list[str] = Field(description="不能做的，各一句话；有则不能提交 | what cannot be done, a sentence each")
    notes: list[Note] = Field(description="卡片上的提示 | what the card says beside the lines")
    unconfirmed: bool = Field(description="有日期在已公布的节假日之后 | some date lies beyond the published holidays")

    @classmethod
    def of(cls, turn: Turn, impact: Impact, query: LineQuery = WHOLE, most: int = MOST) -> "Effect":
        """At most so many lines of it."""
        page, count = lines_of(impact, query, most)
        return cls(
            revision=impact.revision,
            hash=impact.hash,
            lines=page.items,
            line_count=count,
            next_cursor=page.next_cursor,
            departments=list(impact.departments),
            informed=list(impact.informed),
            late_orders=[LateOrder.model_validate(late, from_attributes=True) for late in impact.late_orders],
            shortages=[Shortage.model_validate(short, from_attributes=True) for short in impact.shortages],
            refused=[turn.sentence(refusal) for refusal in impact.refused],
            notes=[Note.of(turn, remark) for remark in impact.exceptions],
            unconfirmed=impact.provisional,
        )
