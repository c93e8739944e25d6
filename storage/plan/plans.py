"""The plan: its head, items, links and stock. Whole plans are kept in memory and refreshed by what changed since."""

import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from sqlalchemy import Row, Table, bindparam, delete, func, insert, select, update

from planning.plan.content import SIZE, Part, moved, plan_hash, stock_hash, sum_of
from planning.plan.impact import Impact, Line
from planning.plan.item import Item
from planning.plan.plan import Plan, Stock
from storage.plan.bulk import items_of, links_of, without_collecting
from storage.plan.calendars import calendars_from_json, calendars_to_json, hash_of
from storage.plan.item_history import Past, key_of
from storage.plan.plan_rows import item_of, item_row, link_of, link_row, stock_row
from storage.repository import Repository, in_parts
from storage.tables.plan import items, links, plans, stock


class NoPlan(LookupError):
    """The database holds no such plan yet: import one first."""


class NotKept(LookupError):
    """The plan at this revision cannot be told: it lies in the future, or before anything of the past was kept."""

    def __init__(self, revision: int, oldest: int, newest: int) -> None:
        super().__init__(revision, oldest, newest)
        self.revision, self.oldest, self.newest = revision, oldest, newest


Stamp = tuple[int, str]
"""Stamp of a plan beside its items: the revision of its links, and a hash of its calendars."""


PAST_REVISIONS = 4
"""So many are kept of all plans: the baselines that reports and weeks are measured by."""


class PlanCache:
    """The newest plan read so far, by plan id, and the items of a few past revisions. They are immutable, so sharing
    them is safe."""

    def __init__(self) -> None:
        self._plans: dict[str, tuple[Plan, Stamp]] = {}
        self._past: OrderedDict[tuple[str, int], Mapping[str, Item]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, plan_id: str) -> tuple[Plan, Stamp] | None:
        return self._plans.get(plan_id)

    def put(self, plan: Plan, stamp: Stamp) -> None:
        with self._lock:
            known = self._plans.get(plan.id)
            if known is None or known[0].revision <= plan.revision:
                self._plans[plan.id] = plan, stamp

    def items_at(self, plan_id: str, revision: int) -> Mapping[str, Item] | None:
        with self._lock:
            if (plan_id, revision) in self._past:
                self._past.move_to_end((plan_id, revision))
            return self._past.get((plan_id, revision))

    def keep_items(self, plan_id: str, revision: int, items: Mapping[str, Item]) -> None:
        with self._lock:
            self._past[plan_id, revision] = items
            while len(self._past) > PAST_REVISIONS:
                self._past.popitem(last=False)


_TELLING = [column for column in plans.columns if column.name not in ("calendars", "content_sum")]
_HEAD = select(*_TELLING).where(plans.c.plan_id == bindparam("plan"))
"""Columns that tell if a plan in memory is the newest."""


class Plans(Repository):
    """Plans of one id. Only what a snapshot read is kept in the cache: a plan that may be rolled back must not be."""

    cache: PlanCache | None = None
    is_snapshot = False
    """Whether it reads from one moment and writes nothing."""
    _own: tuple[Plan, Stamp] | None = None
    """As this unit of work read it last: of what it writes itself, each time only what is newer is read."""

    @cached_property
    def _items_before(self) -> dict[int, Mapping[str, Item]]:
        """Past revisions read in this unit of work: a batch of reports asks for each of its items."""
        return {}

    @cached_property
    def _past(self) -> Past:
        return Past(self._connection, self._plan_id)

    def undone(self) -> None:
        super().undone()
        self._own = None
        self.__dict__.pop("_items_before", None)
        self.__dict__.pop("_past", None)

    def exists(self) -> bool:
        return self._head() is not None

    def _head(self) -> Row[Any] | None:
        return self._once("head", lambda: self._connection.execute(_HEAD, {"plan": self._plan_id}).one_or_none())

    def lock(self) -> None:
        """Make this transaction the only one that changes this plan until it ends (rule P1)."""
        self._connection.execute(select(plans.c.plan_id).where(self._of_plan(plans)).with_for_update())
        self.read_before.clear()

    def head(self) -> int:
        """The newest revision's number; NoPlan without one."""
        head = self._head()
        if head is None:
            raise NoPlan(self._plan_id)
        return int(head.head_revision)

    def load(self) -> Plan:
        """The plan at its head, from memory and what changed since when possible; NoPlan without one."""
        head = self._head()
        if head is None:
            raise NoPlan(self._plan_id)
        stamp = (head.links_revision, head.calendars_hash)
        known = self._own or (self.cache.get(self._plan_id) if self.cache else None)
        if known and (known[0].revision, known[1]) == (head.head_revision, stamp):
            return known[0]
        if known and known[0].revision < head.head_revision and known[1] == stamp:
            plan = replace(known[0], revision=head.head_revision).with_items(self._items_since(known[0].revision))
        else:
            plan = self._read(head)
        self._own = plan, stamp
        if self.cache and self.is_snapshot:
            self.cache.put(plan, stamp)
        return plan

    def at(self, revision: int) -> Plan:
        """The plan with the items and links it had at this revision; its stock and calendars are today's.

        Raises NotKept, and NoPlan without a plan. Costs what has changed since.
        """
        plan = self._reaching(revision)
        if revision == plan.revision:
            return plan
        items_then = self._items_then(plan, revision)
        # What is newer is asked first: should a revision come in between, its links are put back rather than lost.
        newer_links, joined = self._past.links_since(revision), plan.links
        gone = self._past.links_at(revision)
        if newer_links or gone:  # otherwise the very same tuple, which a compiled network recognises
            same = [link for link in plan.links if key_of(link) not in newer_links]
            joined = tuple(dict.fromkeys((*same, *gone)))
        return replace(plan, revision=revision, items=items_then, links=joined)

    def items_at(self, revision: int) -> Mapping[str, Item]:
        """The items of the plan at this revision; raises what `at` raises. Those of a past one are read once."""
        plan = self._reaching(revision)
        if revision == plan.revision:
            return plan.items
        found = self._items_before.get(revision) or (self.cache and self.cache.items_at(self._plan_id, revision))
        if not found:
            found = self._items_then(plan, revision)
            if self.cache and self.is_snapshot:
                self.cache.keep_items(self._plan_id, revision, found)
        self._items_before[revision] = found
        return found

    def _items_then(self, plan: Plan, revision: int) -> dict[str, Item]:
        """What is newer is asked first: should a revision come in between, its items are put back rather than lost."""
        newer, were = self._past.items_since(revision), self._past.items_at(revision)
        found = dict(plan.items)
        for code in newer - were.keys():
            found.pop(code, None)
        return found | were

    def item_at(self, code: str, revision: int) -> Item | None:
        """An item as it was at this revision, None without one; raises what `at` raises. Reads its own rows alone."""
        plan = self._reaching(revision)
        if revision == plan.revision:
            return plan.items.get(code)
        newer = self._past.is_newer(code, revision)
        return self._past.item_at(code, revision) or (None if newer else plan.items.get(code))

    def _reaching(self, revision: int) -> Plan:
        """The plan of today, where its history reaches back to this revision."""
        plan, oldest = self.load(), self.oldest()
        if not oldest <= revision <= plan.revision:
            raise NotKept(revision, oldest, plan.revision)
        return plan

    def oldest(self) -> int:
        """The first revision that `at` can tell; 0 without a plan."""
        return self._connection.scalar(select(plans.c.kept_since).where(self._of_plan(plans))) or 0

    def create(self, plan: Plan) -> None:
        """Write a whole plan at `plan.revision`, in the place of one of the same id; what stays the same keeps the
        revision it is of. Its content is hashed anew, whatever was there."""
        head = {
            "content_sum": _sum_text(sum_of((*plan.items.values(), *plan.links))),
            "name": plan.name,
            "head_revision": plan.revision,
            "links_revision": plan.revision,
            **_calendars_of(plan),
        }
        item_since, link_since = self._keep_what_differs(plan) if self.exists() else ({}, {})
        for table in (links, stock, items):
            self._connection.execute(delete(table).where(table.c.plan_id == self._plan_id))
        found = self._write(update(plans).where(self._of_plan(plans)).values(head))
        if found.rowcount == 0:
            self._write(insert(plans).values(plan_id=plan.id, kept_since=plan.revision, **head))
        new = plan.revision
        whole = [
            item_row(plan.id, item, place, item_since.get(item.code, new))
            for place, item in enumerate(plan.items.values())
        ]
        joined = [
            link_row(plan.id, link, place, link_since.get(key_of(link), new)) for place, link in enumerate(plan.links)
        ]
        self._bulk(items, whole)
        self._bulk(links, joined)
        self._bulk(stock, [stock_row(plan.id, kept) for kept in plan.stock.values()])

    def _keep_what_differs(self, plan: Plan) -> tuple[dict[str, int], dict[Any, int]]:
        """Copy what the new plan replaces to the past; gives since when the rest is as it is."""
        known = self.load()
        wanted = {key_of(link): link for link in plan.links}
        other = {code for code, item in known.items.items() if plan.items.get(code) != item}
        undone = {key_of(link) for link in known.links if wanted.get(key_of(link)) != link}
        self._past.keep_items(sorted(other), plan.revision)
        self._past.keep_links(sorted(undone), plan.revision)
        rows = self._connection.execute(select(links).where(self._of_plan(links)))
        since = {key_of(link_of(row)): row.revision for row in rows}
        return (
            {code: revision for code, revision in self.revisions_of_items().items() if code not in other},
            {key: revision for key, revision in since.items() if key not in undone},
        )

    def set_calendars(self, plan: Plan) -> None:
        """Keep the calendars of this plan value: which ones its items are counted in, and what they are."""
        self._write(update(plans).where(self._of_plan(plans)).values(_calendars_of(plan)))

    def sealed(self, lines: Iterable[Line]) -> tuple[str, str]:
        """The hashes of the plan as it stands and of its stock, for the revision of these lines."""
        return plan_hash(self._sum(), lines), stock_hash(self._stock())

    def apply(self, impact: Impact, revision: int) -> None:
        """Make the impact's items and links the plan's, as this revision; the head moves with them."""
        total = self._sum()
        known = self._known(list(impact.changed))
        gone: tuple[Part, ...] = (*known.values(), *impact.links_removed)
        come: tuple[Part, ...] = (*impact.changed.values(), *impact.links_added)
        self._upsert(impact.changed.values(), known, revision)
        self._past.keep_links(map(key_of, impact.links_removed), revision)
        for link in impact.links_removed:
            which = self._of_plan(
                links,
                predecessor=link.predecessor,
                successor=link.successor,
                kind=link.kind.value,
                drives=link.drives.value,
            )
            self._connection.execute(delete(links).where(which))
        added = enumerate(impact.links_added, self._last(links) + 1) if impact.links_added else ()
        self._bulk(links, [link_row(self._plan_id, link, place, revision) for place, link in added])
        head: dict[str, Any] = {"head_revision": revision, "content_sum": _sum_text(moved(total, gone, come))}
        if impact.links_added or impact.links_removed:
            head["links_revision"] = revision
        self._write(update(plans).where(self._of_plan(plans)).values(head))

    def _sum(self) -> int:
        """The sum of the content's hashes, kept up from revision to revision; counted where an older program kept
        none."""
        kept = self._connection.scalar(select(plans.c.content_sum).where(self._of_plan(plans)))
        if kept:
            return int(kept, 16)
        found = self._connection.execute(select(items).where(self._of_plan(items)))
        joined = self._connection.execute(select(links).where(self._of_plan(links)))
        return (sum_of(map(item_of, found)) + sum_of(map(link_of, joined))) % SIZE

    def _stock(self) -> list[Stock]:
        rows = self._connection.execute(select(stock).where(self._of_plan(stock)))
        return [Stock(row.product, row.on_hand, row.safety) for row in rows]

    def _upsert(self, changed: Iterable[Item], known: Mapping[str, Item], revision: int) -> None:
        changed = list(changed)
        codes = [item.code for item in changed]
        self._past.keep_items(codes, revision)
        last = self._last(items) if len(known) < len(codes) else 0
        rows = {item.code: item_row(self._plan_id, item, n, revision) for n, item in enumerate(changed, last + 1)}
        if known:
            which = self._of_plan(items, code=bindparam("wanted_code"))
            self._connection.execute(update(items).where(which), [_kept(rows[code]) for code in codes if code in known])
        self._bulk(items, [row for code, row in rows.items() if code not in known])

    def _last(self, table: Table) -> int:
        """The last place in the plan's order: looks at every row, so only what is new asks for it."""
        return self._connection.scalar(select(func.max(table.c.position)).where(self._of_plan(table))) or 0

    def _known(self, codes: Sequence[str]) -> dict[str, Item]:
        """Those of these items that exist, as they are."""
        parts = in_parts(codes)
        queries = (select(items).where(self._of_plan(items), items.c.code.in_(part)) for part in parts)
        return {row.code: item_of(row) for query in queries for row in self._connection.execute(query)}

    def _bulk(self, table: Any, rows: list[dict[str, Any]]) -> None:
        if rows:
            self._connection.execute(insert(table), rows)

    def _items_since(self, revision: int) -> list[Item]:
        rows = self._connection.execute(select(items).where(self._of_plan(items), items.c.revision > revision))
        return [item_of(row) for row in rows]

    def _read(self, head: Row[Any]) -> Plan:
        with without_collecting():
            found = {item.code: item for item in items_of(self._connection, self._plan_id)}
            joined = tuple(links_of(self._connection, self._plan_id))
        calendars = self._connection.scalar(select(plans.c.calendars).where(self._of_plan(plans)))
        return Plan(
            id=head.plan_id,
            name=head.name,
            revision=head.head_revision,
            items=found,
            links=joined,
            calendar=head.calendar,
            stock={kept.product: kept for kept in self._stock()},
            department_calendars=head.department_calendars,
            calendars=calendars_from_json(calendars or {}),
        )

    def revisions_of_items(self, since: int = 0) -> Mapping[str, int]:
        """Last revision of each item, by code; only of those changed after revision `since`."""
        newer = items.c.revision > since
        query = select(items.c.code, items.c.revision).where(self._of_plan(items), *([newer] if since else []))
        return {row.code: row.revision for row in self._connection.execute(query)}

    def revisions_of(self, codes: Sequence[str]) -> Mapping[str, int]:
        """Last revision of these items: reads their rows alone."""
        parts = in_parts(codes)
        wanted = select(items.c.code, items.c.revision).where(self._of_plan(items))
        queries = (wanted.where(items.c.code.in_(part)) for part in parts)
        return {row.code: row.revision for query in queries for row in self._connection.execute(query)}


def _kept(row: Mapping[str, Any]) -> dict[str, Any]:
    """Columns of an existing item that change; its place stays."""
    kept = {name: value for name, value in row.items() if name not in ("plan_id", "code", "position")}
    return {"wanted_code": row["code"], **kept}


def _calendars_of(plan: Plan) -> dict[str, Any]:
    stored = calendars_to_json(plan.calendars)
    named = {"calendar": plan.calendar, "department_calendars": dict(plan.department_calendars)}
    told = {**stored, "": named}
    return {**named, "calendars": stored, "calendars_hash": hash_of(told)}


def _sum_text(total: int) -> str:
    return f"{total:x}"
