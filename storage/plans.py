"""The plan: its head, items, links and stock. Whole plans are kept in memory and refreshed by what changed since."""

import threading
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Row, delete, func, insert, select, update

from planning.impact import Impact
from planning.item import Constraint, Item, Mode, Status
from planning.link import Drives, LagKind, Link, LinkKind
from planning.plan import Plan, Stock
from storage.repository import Repository
from storage.tables import items, links, plans, stock


class NoPlan(LookupError):
    """The database holds no such plan yet: import one first."""


class PlanCache:
    """The newest plan read so far, by plan id. A plan value is immutable, so sharing it is safe."""

    def __init__(self) -> None:
        self._plans: dict[str, tuple[Plan, int]] = {}
        self._lock = threading.Lock()

    def get(self, plan_id: str) -> tuple[Plan, int] | None:
        return self._plans.get(plan_id)

    def put(self, plan: Plan, links_revision: int) -> None:
        with self._lock:
            known = self._plans.get(plan.id)
            if known is None or known[0].revision < plan.revision:
                self._plans[plan.id] = plan, links_revision


class Plans(Repository):
    """`remember` is False inside a write: a plan that may still be rolled back must not be kept."""

    cache: PlanCache | None = None
    remember: bool = False

    def exists(self) -> bool:
        return self._connection.scalar(select(plans.c.plan_id).where(self._of_plan(plans))) is not None

    def lock(self) -> None:
        """Make this transaction the only one that changes this plan until it ends (domain part 4)."""
        self._connection.execute(select(plans.c.plan_id).where(self._of_plan(plans)).with_for_update())

    def head(self) -> int:
        """The newest revision's number; NoPlan without one."""
        number = self._connection.scalar(select(plans.c.head_revision).where(self._of_plan(plans)))
        if number is None:
            raise NoPlan(self._plan_id)
        return int(number)

    def load(self) -> Plan:
        """The plan at its head, from memory and what changed since when possible; NoPlan without one."""
        head = self._connection.execute(select(plans).where(self._of_plan(plans))).one_or_none()
        if head is None:
            raise NoPlan(self._plan_id)
        known = self.cache.get(self._plan_id) if self.cache else None
        if known and known[0].revision == head.head_revision:
            return known[0]
        if known and known[0].revision < head.head_revision and known[1] == head.links_revision:
            plan = replace(known[0], revision=head.head_revision).with_items(self._items_since(known[0].revision))
        else:
            plan = self._read(head)
        if self.cache and self.remember:
            self.cache.put(plan, head.links_revision)
        return plan

    def create(self, plan: Plan) -> None:
        """Write a whole plan at `plan.revision`, in the place of one of the same id."""
        head = {
            "name": plan.name,
            "calendar": plan.calendar,
            "head_revision": plan.revision,
            "links_revision": plan.revision,
            "department_calendars": dict(plan.department_calendars),
        }
        for table in (links, stock, items):
            self._connection.execute(delete(table).where(table.c.plan_id == self._plan_id))
        found = self._connection.execute(update(plans).where(self._of_plan(plans)).values(head))
        if found.rowcount == 0:
            self._connection.execute(insert(plans).values(plan_id=plan.id, **head))
        rows = [self._item_row(item, place, plan.revision) for place, item in enumerate(plan.items.values())]
        self._bulk(items, rows)
        self._bulk(links, [self._link_row(link, place) for place, link in enumerate(plan.links)])
        self._bulk(stock, [self._stock_row(kept) for kept in plan.stock.values()])

    def apply(self, impact: Impact, revision: int) -> None:
        """Make the impact's items and links the plan's, as this revision; the head moves with them."""
        self._upsert(impact.changed.values(), revision)
        for link in impact.links_removed:
            which = self._of_plan(
                links,
                predecessor=link.predecessor,
                successor=link.successor,
                kind=link.kind.value,
                drives=link.drives.value,
            )
            self._connection.execute(delete(links).where(which))
        last = self._connection.scalar(select(func.max(links.c.position)).where(self._of_plan(links))) or 0
        self._bulk(links, [self._link_row(link, last + n) for n, link in enumerate(impact.links_added, 1)])
        moved: dict[str, Any] = {"head_revision": revision}
        if impact.links_added or impact.links_removed:
            moved["links_revision"] = revision
        self._connection.execute(update(plans).where(self._of_plan(plans)).values(moved))

    def _upsert(self, changed: Iterable[Item], revision: int) -> None:
        last = self._connection.scalar(select(func.max(items.c.position)).where(self._of_plan(items))) or 0
        for place, item in enumerate(changed, last + 1):
            row = self._item_row(item, place, revision)
            kept = {name: value for name, value in row.items() if name not in ("plan_id", "code", "position")}
            found = self._connection.execute(update(items).where(self._of_plan(items, code=item.code)).values(kept))
            if found.rowcount == 0:
                self._connection.execute(insert(items).values(row))

    def _bulk(self, table: Any, rows: list[dict[str, Any]]) -> None:
        if rows:
            self._connection.execute(insert(table), rows)

    def _items_since(self, revision: int) -> list[Item]:
        rows = self._connection.execute(select(items).where(self._of_plan(items), items.c.revision > revision))
        return [_item(row) for row in rows]

    def _read(self, head: Row[Any]) -> Plan:
        found = self._connection.execute(select(items).where(self._of_plan(items)).order_by(items.c.position))
        joined = self._connection.execute(select(links).where(self._of_plan(links)).order_by(links.c.position))
        kept = self._connection.execute(select(stock).where(self._of_plan(stock)))
        return Plan(
            id=head.plan_id,
            name=head.name,
            revision=head.head_revision,
            items={row.code: _item(row) for row in found},
            links=tuple(_link(row) for row in joined),
            calendar=head.calendar,
            stock={row.product: Stock(row.product, row.on_hand, row.safety) for row in kept},
            department_calendars=head.department_calendars,
        )

    def revisions_of_items(self) -> Mapping[str, int]:
        """By code: the revision that last changed it."""
        rows = self._connection.execute(select(items.c.code, items.c.revision).where(self._of_plan(items)))
        return {row.code: row.revision for row in rows}

    def _item_row(self, item: Item, place: int, revision: int) -> dict[str, Any]:
        return {
            "plan_id": self._plan_id,
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

    def _stock_row(self, kept: Stock) -> dict[str, Any]:
        return {"plan_id": self._plan_id, "product": kept.product, "on_hand": kept.on_hand, "safety": kept.safety}

    def _link_row(self, link: Link, place: int) -> dict[str, Any]:
        return {
            "plan_id": self._plan_id,
            "predecessor": link.predecessor,
            "successor": link.successor,
            "kind": link.kind.value,
            "drives": link.drives.value,
            "lag": link.lag,
            "lag_kind": link.lag_kind.value,
            "ratio": link.ratio,
            "scrap": link.scrap,
            "hard": link.hard,
            "calendar": link.calendar,
            "position": place,
        }


def _item(row: Row[Any]) -> Item:
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


def _link(row: Row[Any]) -> Link:
    return Link(
        predecessor=row.predecessor,
        successor=row.successor,
        kind=LinkKind(row.kind),
        lag=row.lag,
        lag_kind=LagKind(row.lag_kind),
        drives=Drives(row.drives),
        ratio=row.ratio,
        scrap=row.scrap,
        hard=row.hard,
        calendar=row.calendar,
    )
