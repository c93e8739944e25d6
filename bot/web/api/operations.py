"""Operations as other systems send them: JSON with one shape for each `op`, turned into the rules' own values."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from planning.plan.limits import MAX_DAYS, MAX_QUANTITY
from planning.plan.operation import Op, Operation, Value
from planning.plan.ratio import WRITTEN

MOST = 1000
"""Operations in one request."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def readable(text: str) -> str:
    if _CONTROL.search(text):
        raise PydanticCustomError("unreadable", "control characters")
    return text


def _one_line(value: object) -> object:
    return " ".join(value.split()) if isinstance(value, str) else value


def _day(value: object) -> date:
    """Read only what the contract says: pydantic would also take timestamps."""
    try:
        if isinstance(value, str) and _DAY.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise PydanticCustomError("day", "a date")


def _cell(value: object) -> object:
    """A cell of a row: what JSON can say in one value, or a list of words."""
    if isinstance(value, list) and all(isinstance(word, str) for word in value):
        return "|".join(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | int | float):
        return str(value)
    raise PydanticCustomError("cell", "one value")


Word = Annotated[str, Field(min_length=1, max_length=64), AfterValidator(readable)]
Reason = Annotated[str, Field(min_length=1, max_length=500), AfterValidator(readable), BeforeValidator(_one_line)]
Day = Annotated[date, BeforeValidator(_day)]
Days = Annotated[int, Field(strict=True, ge=-MAX_DAYS, le=MAX_DAYS)]
Amount = Annotated[Decimal, Field(ge=0, le=MAX_QUANTITY, allow_inf_nan=False, decimal_places=9)]
Fractional = Annotated[str, Field(pattern=f"^{WRITTEN.pattern}$")]
Cell = Annotated[
    str,
    Field(max_length=1000),
    AfterValidator(readable),
    BeforeValidator(_cell),
    WithJsonSchema({"type": ["string", "number", "boolean", "array"], "items": {"type": "string"}}),
]


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True, str_strip_whitespace=True)


class Columns(Shape):
    """A row of an import file, as the rules take it: every cell a text."""

    def cells(self) -> Mapping[str, str]:
        return {name: str(value) for name, value in self.model_dump(exclude_none=True).items()}


class Wish(Shape):
    item: Word = Field(description="编码；link 和 unlink 时为前置项 | its code; for link and unlink the predecessor")
    pull: StrictBool = Field(False, description="联动：后续项也尽量提前 | what follows moves earlier too")



class Move(Wish):
    op: Literal["set_start", "set_finish"]
    to: Day


class Shift(Wish):
    op: Literal["shift"]
    to: Days = Field(description="工作日，负数为提前 | working days; negative: earlier")


class Duration(Wish):
    op: Literal["set_duration"]
    to: Annotated[int, Field(strict=True, ge=0, le=MAX_DAYS)] = Field(description="工作日 | working days")


class Quantity(Wish):
    op: Literal["set_quantity"]
    to: Amount


class Parts(Columns):
    """前一段和余下的一段 | the part that keeps the code, and the rest."""

    first: Amount = Field(description="前一段的数量 | the quantity of the first part")
    finish: Day = Field(description="前一段做到哪天 | its last day")
    rest: Word = Field(description="余下一段的新单号 | the code of the rest")
    start: Day = Field(description="余下从哪天起 | the day the rest begins")
    days: Annotated[int, Field(strict=True, ge=1, le=MAX_DAYS)] = Field(description="余下几个工作日 | its working days")


class Split(Wish):
    op: Literal["split"]
    to: Parts


class Plain(Wish):
    op: Literal["cancel", "pin", "unpin"]
    to: None = None


class Reassign(Wish):
    op: Literal["reassign"]
    to: Word = Field(description="部门编号或名称 | a department's id or name")


class NewItem(Columns):
    """导入文件的各列，其他列作为属性保留 | the columns of an import file; others are kept as attributes."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Cell | None]

    title: Cell
    type: Cell | None = None
    department: Cell | None = Field(None, description="编号或名称 | id or name")
    also_informs: Cell | None = None
    owner: Cell | None = None
    quantity: Amount | None = None
    unit: Cell | None = None
    duration_days: Cell | None = None
    mode: Cell | None = None
    constraint: Cell | None = None
    constraint_date: Cell | None = None
    start: Cell | None = None
    finish: Cell | None = None
    status: Cell | None = None
    product: Cell | None = None
    lot_minimum: Amount | None = None
    lot_multiple: Amount | None = None
    calendar: Cell | None = None

    @model_validator(mode="after")
    def _readable_names(self) -> Self:
        for name in self.model_extra or {}:
            readable(name)
        return self


class LinkColumns(Columns):
    """导入文件的各列；unlink 只写能认出是哪一条的列 | the columns of an import file; for unlink those that tell it."""

    successor: Cell
    kind: Cell | None = None
    lag_days: Cell | None = None
    lag_kind: Cell | None = None
    drives: Cell | None = None
    ratio: Amount | Fractional | None = Field(None, description="1.5 或 1/3 | 1.5 or 1/3")
    scrap: Amount | None = None
    hard: Cell | None = None
    calendar: Cell | None = None


class Add(Wish):
    op: Literal["add"]
    to: NewItem


class Relink(Wish):
    op: Literal["link", "unlink"]
    to: LinkColumns


AnyWish = Annotated[
    Move | Shift | Duration | Quantity | Plain | Reassign | Add | Relink | Split,
    Field(discriminator="op", title="Operation"),
]
Wishes = Annotated[list[AnyWish], Field(min_length=1, max_length=MOST)]


def operation_of(wish: AnyWish) -> Operation:
    """Operation as the rules take it; departments still as they were written."""
    to: Value = wish.to.cells() if isinstance(wish.to, Columns) else wish.to
    return Operation(wish.item, Op(wish.op), to, wish.pull)
