"""Values of an operation, read from its `to`: checked for kind and range, Refused("bad-value") otherwise."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from planning.plan.difference import amount
from planning.plan.item import Item, Mode, Status
from planning.plan.limits import FIRST_DAY, LAST_DAY, MAX_DAYS, MAX_QUANTITY
from planning.plan.operation import Operation
from planning.refusal import Refused


def day_of(operation: Operation) -> date:
    if type(operation.to) is not date:
        raise _bad(operation, "YYYY-MM-DD")
    refuse_outside(operation.to, operation.to)
    return operation.to


def whole_of(operation: Operation, least: int) -> int:
    to = operation.to
    if type(to) is not int or not least <= to <= MAX_DAYS:
        raise _bad(operation, f"{least} … {MAX_DAYS}")
    return to


def amount_of(operation: Operation) -> Decimal:
    to = operation.to
    if isinstance(to, bool) or not isinstance(to, int | Decimal):
        raise _bad(operation, f"0 … {MAX_QUANTITY}")
    amount = Decimal(to)
    if not amount.is_finite() or not 0 <= amount <= MAX_QUANTITY:
        raise _bad(operation, f"0 … {MAX_QUANTITY}")
    return amount


def word_of(operation: Operation) -> str:
    if not isinstance(operation.to, str) or not operation.to.strip():
        raise _bad(operation, "a department")
    return operation.to.strip()


def cells_of(operation: Operation) -> Mapping[str, object]:
    if not isinstance(operation.to, Mapping):
        raise _bad(operation, "import columns")
    return operation.to


def restored_item(item: Item, cells: Mapping[str, object]) -> Item:
    """The item with the fields that a restore operation gives back."""
    read = {name: str(value) for name, value in cells.items()}
    quantity = read.get("quantity", amount(item.quantity))
    return replace(
        item,
        start=date.fromisoformat(read.get("start", str(item.start))),
        finish=date.fromisoformat(read.get("finish", str(item.finish))),
        duration=int(read.get("duration", item.duration)),
        mode=Mode(read.get("mode", item.mode)),
        quantity=Decimal(quantity) if quantity else None,
        status=Status(read.get("status", item.status)),
        department=read.get("department", item.department),
    )


def _bad(operation: Operation, wanted: str) -> Refused:
    return Refused("bad-value", item=operation.item, op=operation.op.value, found=operation.to, wanted=wanted)


def refuse_outside(*days: date) -> None:
    for day in days:
        if not FIRST_DAY <= day <= LAST_DAY:
            raise Refused("date-out-of-range", date=day, first=FIRST_DAY, last=LAST_DAY)
