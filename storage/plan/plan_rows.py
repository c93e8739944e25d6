"""Items, links and stock as rows of their tables, and back."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from sqlalchemy import Row

from planning.plan.item import Constraint, Item, Mode, Status
from planning.plan.link import Drives, LagKind, Link, LinkKind
from planning.plan.plan import Stock


def item_row(plan_id: str, item: Item, place: int, revision: int) -> dict[str, Any]:
    return {
        "plan_id": plan_id,
        "code": item.code,
        "title": item.title,
        "start": item.start,
        "finish": item.finish,
        "duration": item.duration,
        "type": item.type,
        "department": item.department,
        "also_informs": list(item.also_informs),
        "owner": item.owner,
        "quantity": item.quantity,
        "unit": item.unit,
        "mode": item.mode.value,
        "constraint": item.constraint.value if item.constraint else None,
        "constraint_date": item.constraint_date,
        "status": item.status.value,
        "product": item.product,
        "lot_minimum": item.lot_minimum,
        "lot_multiple": item.lot_multiple,
        "calendar": item.calendar,
        "attributes": dict(item.attributes),
        "position": place,
        "revision": revision,
    }


def stock_row(plan_id: str, kept: Stock) -> dict[str, Any]:
    return {"plan_id": plan_id, "product": kept.product, "on_hand": kept.on_hand, "safety": kept.safety}


def link_row(plan_id: str, link: Link, place: int, revision: int) -> dict[str, Any]:
    return {
        "plan_id": plan_id,
        "predecessor": link.predecessor,
        "successor": link.successor,
        "kind": link.kind.value,
        "drives": link.drives.value,
        "lag": link.lag,
        "lag_kind": link.lag_kind.value,
        "ratio": Decimal(link.ratio.numerator) if isinstance(link.ratio, Fraction) else link.ratio,
        "ratio_per": Decimal(link.ratio.denominator) if isinstance(link.ratio, Fraction) else None,
        "scrap": link.scrap,
        "hard": link.hard,
        "calendar": link.calendar,
        "position": place,
        "revision": revision,
    }


def item_of(row: Row[Any]) -> Item:
    return Item(
        code=row.code,
        title=row.title,
        start=row.start,
        finish=row.finish,
        duration=row.duration,
        type=row.type,
        department=row.department,
        also_informs=tuple(row.also_informs),
        owner=row.owner,
        quantity=row.quantity,
        unit=row.unit,
        mode=Mode(row.mode),
        constraint=Constraint(row.constraint) if row.constraint else None,
        constraint_date=row.constraint_date,
        status=Status(row.status),
        product=row.product,
        lot_minimum=row.lot_minimum,
        lot_multiple=row.lot_multiple,
        calendar=row.calendar,
        attributes=row.attributes,
    )


def link_of(row: Row[Any]) -> Link:
    return Link(
        predecessor=row.predecessor,
        successor=row.successor,
        kind=LinkKind(row.kind),
        lag=row.lag,
        lag_kind=LagKind(row.lag_kind),
        drives=Drives(row.drives),
        ratio=row.ratio if row.ratio_per is None else Fraction(int(row.ratio), int(row.ratio_per)),
        scrap=row.scrap,
        hard=row.hard,
        calendar=row.calendar,
    )
