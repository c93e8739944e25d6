"""Governance of a change request, as JSON: the fences it touches, and what is only shown because it runs in shadow."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, Field

from handlers.turn import Turn
from planning.control.fences import Breach
from planning.control.shadow import Shade


class Touched(BaseModel):
    id: str = Field(description="设置里的编号，或 F-001 | its id in the settings, or F-001")
    name: str
    zone: Literal["liquid", "slushy", "frozen"]
    item: str = Field(description="围栏内的项 | the item inside")
    earliest: date | None = Field(
        description="围栏外最早的开始日期；null：改日期出不去 | the earliest start outside; null: no date is outside"
    )
    approvals: list[str] = Field(
        description="要谁特批：部门编号或 role:角色 | whose special approval it takes: departments, role:…"
    )

    @classmethod
    def of(cls, breach: Breach) -> "Touched":
        return cls(
            id=breach.fence,
            name=breach.name,
            zone=breach.zone.value,
            item=breach.item,
            earliest=breach.earliest,
            approvals=list(breach.approvals),
        )


class Shown(BaseModel):
    """影子运行：正式启用后会怎样 | shadow mode: what would happen were all of it enforced"""

    asked: list[str] = Field(description="本来要谁同意：部门编号或 role:角色 | who would have to approve besides")
    fences: list[Touched] = Field(description="本来会管到它的围栏 | the fences that would hold it")
    refused: list[str] = Field(description="本来会被拦下的原因，各一句话 | why it would be refused, a sentence each")

    @classmethod
    def of(cls, turn: Turn, shade: Shade) -> "Shown":
        return cls(
            asked=list(shade.unasked),
            fences=[Touched.of(breach) for breach in shade.breaches],
            refused=[turn.sentence(refusal) for refusal in shade.refused],
        )
