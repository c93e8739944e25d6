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
from planning.plan.link import Drives, Link, LinkKind
from planning.plan.plan import Plan
from planning.plan.timetable import Timetable


def read_links(
    sheet: Sheet, table: ItemTable, plan: Plan, problems: Problems, zone: tzinfo, remarks: Problems
) -> tuple[Link, ...]:
    """The links of `plan`, whose calendars are known. `remarks` takes what a row says to no effect."""
    timetable = Timetable(plan)
    links: list[Link] = []
    lines: dict[tuple[str, str, LinkKind, Drives], int] = {}
    for row in rows(sheet, LINKS, ("predecessor", "successor"), MAX_LINKS, problems, zone):
        table.note_revision(row)
        link = _link(row, table, plan.calendars, timetable)
        key = (link.predecessor, link.successor, link.kind, link.drives)
        if row.ok and lines.setdefault(key, row.line) != row.line:
            row.fail("successor", "duplicate_link", first=lines[key])
        links.append(link)
        _remark_idle_drive(row, link, table, remarks)
    return tuple(links)


def _link(row: Row, table: ItemTable, own: Collection[str], timetable: Timetable) -> Link:
    predecessor, successor = _end(row, "predecessor", table.lines), _end(row, "successor", table.lines)
    if predecessor and predecessor == successor:
        row.fail("successor", "self_link")
    drives = row.choice("drives", DRIVES) or natural_drive(predecessor, table)
    calendar = calendar_in(row, own)
    week = week_of(calendar, predecessor if drives is Drives.PREDECESSOR else successor, table, timetable)
    lag, lag_kind = row.lag("lag_days", MAX_DAYS, week, row.choice("lag_kind", LAG_KINDS))
    return Link(
        predecessor=predecessor,
        successor=successor,
        kind=row.choice("kind", KINDS) or LinkKind.FS,
        lag=lag,
        lag_kind=lag_kind,
        drives=drives,
        ratio=row.ratio("ratio"),
        scrap=row.share("scrap") or Decimal(0),
        hard=row.choice("hard", TRUTHS) != "no",
        calendar=calendar,
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


def week_of(calendar: str, moved: str, table: ItemTable, timetable: Timetable) -> int:
    """Working days of a week of a lag: in the link's calendar, else in that of the item it moves."""
    item = table.items.get(moved)
    days = timetable.named(calendar) if calendar else timetable.of(item) if item else timetable.default
    return sum(days.week)
