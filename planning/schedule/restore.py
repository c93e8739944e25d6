"""An item with the values it had before."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from planning.plan.difference import amount
from planning.plan.item import Item, Mode, Status


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
