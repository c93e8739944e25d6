"""An impact as JSON."""

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, Field, PlainSerializer

from handlers.turn import Turn
from planning.plan.impact import Impact


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
    path: list[str] = Field(description="从改动项到此项的编码 | codes from the changed item to this one")


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


class Effect(BaseModel):
    """按当前计划算出的影响 | what operations do to the plan where it stands."""

    revision: int = Field(description="按哪一版计划算的 | the revision it was computed on")
    hash: str = Field(description="同样的影响有同样的 hash | the same effect has the same hash")
    lines: list[Line]
    departments: list[str] = Field(description="要审批的部门编号 | ids of the departments to ask")
    informed: list[str] = Field(description="只知会的部门编号 | ids of those that are only told")
    late_orders: list[LateOrder]
    shortages: list[Shortage]
    refused: list[str] = Field(description="不能做的，各一句话；有则不能提交 | what cannot be done, a sentence each")

    @classmethod
    def of(cls, turn: Turn, impact: Impact) -> "Effect":
        return cls(
            revision=impact.revision,
            hash=impact.hash,
            lines=[Line.model_validate(line, from_attributes=True) for line in impact.lines],
            departments=list(impact.departments),
            informed=list(impact.informed),
            late_orders=[LateOrder.model_validate(late, from_attributes=True) for late in impact.late_orders],
            shortages=[Shortage.model_validate(short, from_attributes=True) for short in impact.shortages],
            refused=[turn.sentence(refusal) for refusal in impact.refused],
        )
