"""History of items and links: whole rows, copied when a later revision replaces them.

A row was so from its `revision` on, until revision `until` made it another or took it away. So a plan of the past is
the plan of today with what changed since put back: reading it costs what changed, and nothing is left out, whatever
brought the change.
"""

from collections.abc import Collection, Iterable

from sqlalchemy import Table, bindparam, insert, literal, select

from planning.plan.item import Item
from planning.plan.link import Link
from storage.plan.plan_rows import item_of, link_of
from storage.repository import Repository
from storage.tables.plan import items, links, past_items, past_links

LinkKey = tuple[str, str, str, str]
LINK_KEY = ("predecessor", "successor", "kind", "drives")


def key_of(link: Link) -> LinkKey:
    return link.predecessor, link.successor, link.kind.value, link.drives.value


class Past(Repository):
    def keep_items(self, codes: Iterable[str], until: int) -> None:
        """Copy the rows of these items as they stand; call it before they change. Codes without a row are new."""
        self._keep(items, past_items, ("code",), [(code,) for code in codes], until)

    def keep_links(self, keys: Iterable[LinkKey], until: int) -> None:
        self._keep(links, past_links, LINK_KEY, list(keys), until)

    def items_since(self, revision: int) -> set[str]:
        """Codes of the items that are as they are only since a later revision."""
        query = select(items.c.code).where(self._of_plan(items), items.c.revision > revision)
        return set(self._connection.scalars(query))

    def is_newer(self, code: str, revision: int) -> bool:
        """Tell whether an item is as it is only since a later revision."""
        query = select(items.c.code).where(self._of_plan(items, code=code), items.c.revision > revision)
        return self._connection.scalar(query) is not None

    def items_at(self, revision: int) -> dict[str, Item]:
        """Items other at this revision than today, or gone since; by code, in plan order."""
        then = (past_items.c.revision <= revision) & (past_items.c.until > revision)
        query = select(past_items).where(self._of_plan(past_items), then).order_by(past_items.c.position)
        return {row.code: item_of(row) for row in self._connection.execute(query)}

    def item_at(self, code: str, revision: int) -> Item | None:
        """An item that was other at this revision than today, or is gone since; None: it is not in the past."""
        then = (past_items.c.revision <= revision) & (past_items.c.until > revision)
        row = self._connection.execute(select(past_items).where(self._of_plan(past_items, code=code), then)).first()
        return item_of(row) if row else None

    def links_since(self, revision: int) -> set[LinkKey]:
        query = select(*(links.c[name] for name in LINK_KEY)).where(self._of_plan(links), links.c.revision > revision)
        return {(row.predecessor, row.successor, row.kind, row.drives) for row in self._connection.execute(query)}

    def links_at(self, revision: int) -> list[Link]:
        then = (past_links.c.revision <= revision) & (past_links.c.until > revision)
        query = select(past_links).where(self._of_plan(past_links), then).order_by(past_links.c.position)
        return [link_of(row) for row in self._connection.execute(query)]

    def _keep(
        self, now: Table, past: Table, key: tuple[str, ...], rows: Collection[tuple[str, ...]], until: int
    ) -> None:
        if not rows:
            return
        names = [column.name for column in now.columns]
        wanted = self._of_plan(now, **{name: bindparam(f"wanted_{name}") for name in key})
        copied = select(*now.columns, literal(until)).where(wanted)
        which = [{f"wanted_{name}": value for name, value in zip(key, row, strict=True)} for row in rows]
        self._connection.execute(insert(past).from_select([*names, "until"], copied), which)
