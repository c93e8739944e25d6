"""POST /api/v1/stock: what another system counts in the warehouse."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, BeforeValidator, Field, ValidationError

from bot.channels.common.clean import clean
from bot.web.api.audit import instant
from bot.web.api.effects import number
from bot.web.api.heard import hear_call
from bot.web.api.operations import Shape, Word
from bot.web.platform.auth import Caller, Known
from bot.web.platform.dependencies import AtDesk
from bot.web.platform.errors import sentence_of
from bot.web.platform.problem import described
from handlers.lifecycle.count_stock import count_stock, require_past
from handlers.turn import Turn
from planning.facts.report import NONE
from planning.readiness.shelf import Count
from planning.refusal import Refused

router = APIRouter(prefix="/api/v1/stock", tags=["库存 | stock"])
MOST = 1000
"""Products of one call."""
Amount = Annotated[Decimal, Field(max_digits=18, decimal_places=6, allow_inf_nan=False)]


class CountedStock(Shape):
    """一个产品的库存 | the stock of one product."""

    product: Word = Field(description="产品或单号 | a product, or the code of an item that has none")
    on_hand: Amount = Field(description="现存量 | what is there")
    safety: Annotated[Amount, Field(ge=0)] | None = Field(
        None, description="安全库存，默认不变 | kept for safety; as it was where left out"
    )
    as_of: Annotated[datetime | None, BeforeValidator(instant)] = Field(
        None, description="截至什么时候（带时区），默认现在 | when it was counted; now where left out"
    )


class CountOutcome(BaseModel):
    index: int
    product: str
    difference: Decimal | int | float | None = Field(
        None, description="盘差：比应有的多 | what was found, less what was expected"
    )
    code: str = Field("", description="为什么没有记；空：记了 | why it was not kept; empty: it was")
    detail: str = ""


class CountOutcomes(BaseModel):
    accepted: int
    refused: int
    results: list[CountOutcome] = Field(description="与请求逐条对应 | one for each, in order")


Rows = Annotated[
    list[dict[str, Any]],
    Field(max_length=MOST, examples=[[{"product": "steel", "on_hand": 500, "safety": 50}]]),
]


@router.post("", responses=described(400, 401, 403, 404, 413, 415, 422), summary="库存快照 | Counts of stock")
async def post(desk: AtDesk, caller: Known, rows: Rows) -> CountOutcomes:
    """同一产品以截至时间最新的为准；之后的到货、报工再往上加。同样的再发一次，不会再记。没有要报的就发 []，表示还在。

    Of a product the newest counts, and what arrives or is made after it is added. The same sent again is kept once.
    Nothing to say is said with [].
    """
    return await desk.write(lambda turn: _post(turn, caller, rows))


def _post(turn: Turn, caller: Caller, rows: Sequence[dict[str, Any]]) -> CountOutcomes:
    turn.plan()
    before = turn.uow.counts.newest({clean(str(row.get("product", "")).strip()) for row in rows})
    read = [_read(turn, caller, before, row, index) for index, row in enumerate(rows)]
    kept = count_stock(turn, [one for one in read if isinstance(one, Count)], caller.person)
    difference = {one.count: one.difference for one in kept}
    results = [
        one if isinstance(one, CountOutcome)
        else CountOutcome(index=index, product=one.product, difference=_number(difference.get(one)))
        for index, one in enumerate(read)
    ]  # fmt: skip
    refused = sum(1 for one in results if one.code)
    accepted, why = len(results) - refused, [one.detail for one in results if one.code]
    hear_call(turn, caller, accepted, why, rows=accepted)
    return CountOutcomes(accepted=accepted, refused=refused, results=results)


def _read(
    turn: Turn, caller: Caller, before: Mapping[str, Count], row: dict[str, Any], index: int
) -> Count | CountOutcome:
    """The count that a row tells of, or why it is refused."""
    named = clean(str(row.get("product", "")))
    try:
        said = CountedStock.model_validate(row)
        known = before.get(said.product)
        safety = said.safety if said.safety is not None else known.safety if known else NONE
        count = Count(said.product, said.on_hand, said.as_of or turn.now, safety, caller.person)
        require_past(turn, count)
    except ValidationError as error:
        return CountOutcome(index=index, product=named, code="invalid", detail=sentence_of(error.errors(), turn.words))
    except Refused as refused:
        told = turn.sentence(refused.refusal)
        return CountOutcome(index=index, product=named, code=refused.refusal.code, detail=told)
    return count


def _number(difference: Decimal | None) -> int | float | None:
    return None if difference is None else number(difference)
