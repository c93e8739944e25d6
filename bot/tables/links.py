"""Links from rows of the links table."""

from collections.abc import Collection, Mapping
from datetime import tzinfo
from decimal import Decimal

from bot.tables.columns import LINKS
from bot.tables.items import ItemTable
from bot.tables.names import calendar_in
from bot.tables.problem import Problems
from bot.tables.row import Row, rows
from bot.tables.sheet import Sheet
from bot.tables.vocabulary import DRIVES, KINDS, LAG_KINDS, MODES, TRUTHS
from planning.plan.item import Mode
from planning.plan.limits import MAX_DAYS, MAX_LINKS
from planning.plan.link import Drives, LagKind, Link, LinkKind


def read_links(
    sheet: Sheet, table: ItemTable, own: Collection[str], problems: Problems, zone: tzinfo, remarks: Problems
) -> tuple[Link, ...]:
    """`own` are the names of the company's own calendars. `remarks` takes what a row says to no effect."""
    links: list[Link] = []
    lines: dict[tuple[str, str, LinkKind, Drives], int] = {}
    for row in rows(sheet, LINKS, ("predecessor", "successor"), MAX_LINKS, problems, zone):
        table.note_revision(row)
        link = _link(row, table, own)
        key = (link.predecessor, link.successor, link.kind, link.drives)
        if row.ok and lines.setdefault(key, row.line) != row.line:
            row.fail("successor", "duplicate_link", first=lines[key])
        links.append(link)
        _remark_idle_drive(row, link, table, remarks)
    return tuple(links)


def _link(row: Row, table: ItemTable, own: Collection[str]) -> Link:
    predecessor, successor = _end(row, "predecessor", table.lines), _end(row, "successor", table.lines)
    if predecessor and predecessor == successor:
        row.fail("successor", "self_link")
    return Link(
        predecessor=predecessor,
        successor=successor,
        kind=row.choice("kind", KINDS) or LinkKind.FS,
        lag=row.whole("lag_days", -MAX_DAYS, MAX_DAYS) or 0,
        lag_kind=row.choice("lag_kind", LAG_KINDS) or LagKind.WORKING,
        drives=row.choice("drives", DRIVES) or natural_drive(predecessor, table),
        ratio=row.ratio("ratio"),
        scrap=row.share("scrap") or Decimal(0),
        hard=row.choice("hard", TRUTHS) != "no",
        calendar=calendar_in(row, own),
    )


def _remark_idle_drive(row: Row, link: Link, table: ItemTable, remarks: Problems) -> None:
    """Only an item planned as late as possible can be moved by what comes after it."""
    item = table.items.get(link.predecessor)
    if link.drives is Drives.SUCCESSOR or item is None or item.mode is Mode.ALAP:
        return
    code = "idle_drive" if link.ratio is None else "idle_drive_of_dates"
    mode = MODES.written(item.mode, remarks.locale)
    remarks.add(row.sheet.file, code, line=row.line, column=row.name("drives"), item=item.code, mode=mode)


def _end(row: Row, column: str, known: Mapping[str, int]) -> str:
    code = row.code(column)
    if code and code not in known:
        row.fail(column, "no_such_item")
    return code


def natural_drive(predecessor: str, table: ItemTable) -> Drives:
    """Default of a link's drive: an item planned as late as possible is there for its successor, which moves it."""
    item = table.items.get(predecessor)
    return Drives.PREDECESSOR if item and item.mode is Mode.ALAP else Drives.SUCCESSOR
