"""Reading a plan: all of it, or the list of what is wrong with it."""

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, date, tzinfo
from decimal import Decimal
from pathlib import Path

from bot.tables.columns import ITEMS_READ, LINK_SHEETS, STOCK, STOCK_SHEETS
from bot.tables.items import ItemTable, read_items
from bot.tables.links import read_links
from bot.tables.names import Names
from bot.tables.predecessors import read_predecessors
from bot.tables.problem import Problems
from bot.tables.row import has_header, rows
from bot.tables.sheet import TEXT_SUFFIXES, Sheet, beside, opened
from bot.tables.vocabulary import folded
from planning.people.organisation import Organisation
from planning.plan.calendar import WorkCalendar
from planning.plan.item import Item
from planning.plan.limits import FIRST_DAY, LAST_DAY, MAX_ITEMS
from planning.plan.plan import Plan, Stock
from planning.plan.timetable import Timetable
from planning.plan.wording import PLAIN, Wording
from planning.refusal import Refused
from planning.schedule import schedule

SHOWN_REMARKS = 10


@dataclass(frozen=True, slots=True)
class ReadPlan:
    """A plan from tables, and what they left to the program."""

    plan: Plan
    attributes: Sequence[str]
    """Columns of items that the product does not know, kept as attributes."""
    undated: int
    """Items without a date, placed as their links ask."""
    from_day: int
    """Those of them that begin on the first day they may."""
    earliest: date | None
    """That day; None: the plan is history."""
    remarks: Sequence[str] = ()
    """Rows that are taken and do not do what they say; of many the first, and how many more."""
    pushed: Sequence[str] = ()
    """Rows whose dates do not hold, with where they are placed; of many the first, and how many more."""


def read_plan(
    items: Path,
    links: Path | None,
    *,
    organisation: Organisation,
    calendar: str,
    today: date,
    plan_id: str,
    plan_name: str,
    calendars: Mapping[str, WorkCalendar] | None = None,
    zone: tzinfo = UTC,
    locale: str = "zh-CN",
    sheet: str = "",
    as_of: date | None = None,
    wording: Wording = PLAIN,
) -> ReadPlan:
    """A plan from the contract's import files. `calendar` names the plan's working calendar, a built-in one or one of
    the company's own `calendars`, which departments, items and links may name too; `zone` is where its days are.

    The items are in a workbook's sheet named `sheet`, else in the first that has their header; links come from its
    sheet 关系 (links, 链接) or from `links`, stock from its sheet 库存 (stock). Beside `PLAN.csv` the files an export
    leaves, `PLAN.links.csv` and `PLAN.stock.csv`, are taken too. `wording` are the company's own words. Items
    without dates are placed from today on (`as_of`: from another day) as their links ask. The plan's `revision` is the
    one stamped on the file by an export, 0 without.
    Raises TableError with every problem; then nothing was read.
    """
    problems = Problems(locale)
    with ExitStack() as stack:

        def sheets_of(path: Path) -> list[Sheet]:
            return [replace(one, headers=wording.headers) for one in stack.enter_context(opened(path, problems))]

        sheets = sheets_of(items)
        main = _items_among(sheets, sheet, items.name, problems)
        link_sheet = _titled(sheets, LINK_SHEETS, main)
        if links and link_sheet:
            problems.add(links.name, "links_twice", sheet=link_sheet.title)
        if other := links or _left_beside(items, "links"):
            link_sheet = sheets_of(other)[0]
        stock_sheet = _titled(sheets, STOCK_SHEETS, main)
        if other := _left_beside(items, "stock"):
            stock_sheet = sheets_of(other)[0]
        return plan_of(
            main,
            link_sheet,
            stock_sheet,
            organisation=organisation,
            plan=Plan(plan_id, plan_name, 0, {}, calendar=calendar, calendars=calendars or {}),
            today=today,
            problems=problems,
            zone=zone,
            as_of=as_of,
            wording=wording,
        )


def _items_among(sheets: list[Sheet], wanted: str, file: str, problems: Problems) -> Sheet:
    """The sheet of this title; without one the first that has a header of items, and does not hold links or stock."""
    if wanted:
        found = next((sheet for sheet in sheets if folded(sheet.title) == folded(wanted)), None)
        if found is None:
            titles = "、".join(sheet.title for sheet in sheets if sheet.title)
            problems.add(file, "no_sheet", found=wanted, sheets=titles or "–")
            raise problems.error()
        return found
    if len(sheets) == 1:
        return sheets[0]
    candidates = [sheet for sheet in sheets if folded(sheet.title) not in (*LINK_SHEETS, *STOCK_SHEETS)]
    with_header = (sheet for sheet in candidates if has_header(sheet, ITEMS_READ, ("code", "title")))
    return next(with_header, sheets[0])


def _titled(sheets: list[Sheet], titles: tuple[str, ...], main: Sheet) -> Sheet | None:
    return next((sheet for sheet in sheets if sheet is not main and folded(sheet.title) in titles), None)


def _left_beside(items: Path, what: str) -> Path | None:
    path = beside(items, what)
    return path if items.suffix.lower() in TEXT_SUFFIXES and path.is_file() else None


def plan_of(
    items: Sheet,
    links: Sheet | None,
    stock: Sheet | None = None,
    *,
    organisation: Organisation,
    plan: Plan,
    today: date,
    problems: Problems,
    zone: tzinfo = UTC,
    as_of: date | None = None,
    wording: Wording = PLAIN,
) -> ReadPlan:
    """The empty `plan` filled from sheets; TableError with every problem."""
    names = Names(organisation, wording)
    plan = replace(plan, department_calendars=names.department_calendars())
    table = read_items(items, names, plan, today, problems, zone)
    if not table.lines and not problems:
        problems.add(items.file, "empty")
    remarks = Problems(problems.locale)
    listed = read_links(links, table, plan, problems, zone, remarks) if links else ()
    filled = replace(
        plan,
        items=table.items,
        links=(*listed, *read_predecessors(table, listed, Timetable(plan))),
        stock=_stock(stock, problems, zone, today) if stock else plan.stock,
        revision=_stamped(table, problems),
    )
    problems.settle()
    placed = _placed(items.file, filled, table, today, as_of, problems)
    earliest = schedule.earliest_of(filled, table.unplaced, today, as_of)
    timetable = Timetable(placed)
    begin = [code for code in table.unplaced if earliest and _begins(placed.items[code], earliest, timetable)]
    counts = len(table.unplaced), len(begin)
    pushed = _pushed(items.file, placed, table, problems.locale)
    return ReadPlan(placed, tuple(table.attributes), *counts, earliest, remarks.told(SHOWN_REMARKS), pushed)


def _pushed(file: str, placed: Plan, table: ItemTable, locale: str) -> tuple[str, ...]:
    found = Problems(locale)
    for code in sorted(table.items.keys() - table.unplaced, key=table.lines.__getitem__):
        given, there = table.items[code].start, placed.items[code].start
        if given != there:
            found.add(file, "pushed", line=table.lines[code], item=code, given=given, placed=there)
    return found.told(SHOWN_REMARKS)


def _begins(item: Item, day: date, timetable: Timetable) -> bool:
    return item.start == timetable.of(item).on_or_after(day)


def _stamped(table: ItemTable, problems: Problems) -> int:
    """The revision all rows carry; 0: they carry none."""
    if len(table.revisions) > 1:
        first, other, *_ = table.revisions
        file, line = table.revisions[other]
        problems.add(file, "revisions_differ", line=line, first=first, other=other)
    return next(iter(table.revisions), 0)


def _placed(
    file: str, plan: Plan, table: ItemTable, today: date, as_of: date | None, problems: Problems
) -> Plan:
    try:
        placed = schedule.place(plan, table.unplaced, today, as_of)
    except OverflowError:  # past the calendar's last year
        problems.add(file, "too_far", last=LAST_DAY)
        raise problems.error() from None
    except Refused as refused:
        _note_refusal(file, refused, table, problems)
        raise problems.error() from None
    for item in placed.items.values():
        if item.start < FIRST_DAY:
            problems.add(file, "too_early", line=table.lines[item.code], found=item.code, first=FIRST_DAY)
        if item.finish > LAST_DAY:
            problems.add(file, "too_far", line=table.lines[item.code], found=item.code, last=LAST_DAY)
    problems.settle()
    return placed


def _note_refusal(file: str, refused: Refused, table: ItemTable, problems: Problems) -> None:
    facts = refused.refusal.facts
    if refused.refusal.code == "loop":
        problems.add(file, "loop", loop=facts["path"])
        return
    told = "，".join(f"{name}={value}" for name, value in facts.items())
    line = table.lines.get(facts.get("item", ""), 0)
    problems.add(file, "cannot_place", line=line, code=refused.refusal.code, facts=told)


def _stock(sheet: Sheet, problems: Problems, zone: tzinfo, today: date) -> dict[str, Stock]:
    found: dict[str, Stock] = {}
    for row in rows(sheet, STOCK, ("product", "on_hand"), MAX_ITEMS, problems, zone):
        product = row.text("product", required=True)
        if product in found:
            row.fail("product", "duplicate_product")
        on_hand, safety, as_of = row.number("on_hand", below_zero=True), row.number("safety"), row.instant("as_of")
        if as_of and as_of.astimezone(zone).date() > today:
            row.fail("as_of", "after_today", today=today)
        found[product] = Stock(product, on_hand or Decimal(0), safety or Decimal(0), as_of)
    return found
