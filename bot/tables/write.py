"""Writing a plan: the import columns again, stamped with the plan's revision."""

import csv
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.cell.cell import Cell as WorkbookCell
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from bot.tables import vocabulary
from bot.tables.columns import ITEMS, LINKS, STOCK
from bot.tables.sheet import FORMULA_STARTS, beside
from planning.people.organisation import Organisation
from planning.plan.item import Item
from planning.plan.link import Link
from planning.plan.plan import Plan
from planning.plan.ratio import written

Cell = str | int | Decimal | date | None
EXACT_DIGITS = 15
"""Digits a spreadsheet's numbers keep; a number of more goes as text."""
Grid = Iterable[Sequence[Cell]]
TITLES = {"items": "事项", "links": "关系", "stock": "库存"}

def write_plan(
    plan: Plan, path: Path, *, organisation: Organisation | None = None, locale: str = "zh-CN"
) -> tuple[Path, ...]:
    """Write a plan to `.csv`, `.tsv` or `.xlsx`, so that `read_plan` gives the same plan again.

    A workbook has links and stock as further sheets; beside `PLAN.csv` they go to `PLAN.links.csv` and, if there is
    stock, `PLAN.stock.csv`. With an organisation, departments and owners are written by name. Returns the files
    written, items first; each appears complete or not at all.
    Raises ValueError for another kind of file, OSError when it cannot be written.
    """
    people = organisation or Organisation()
    grids: dict[str, Grid] = {"items": _items(plan, people, locale), "links": _links(plan, locale)}
    if plan.stock:
        grids["stock"] = _stock(plan, locale)
    match path.suffix.lower():
        case ".xlsx":
            _write_workbook(path, {name if locale == "en" else TITLES[name]: grid for name, grid in grids.items()})
            return (path,)
        case ".csv" | ".tsv" | ".txt":
            files = {path if name == "items" else beside(path, name): grid for name, grid in grids.items()}
            for file, grid in files.items():
                write_text(file, grid)
            return tuple(files)
    raise ValueError(path.suffix)


def _items(plan: Plan, organisation: Organisation, locale: str) -> Iterator[Sequence[Cell]]:
    extra = list(dict.fromkeys(name for item in plan.items.values() for name in item.attributes))
    yield [*(column.header(locale) for column in ITEMS), *extra]
    for item in plan.items.values():
        known = _item_cells(item, plan.revision, organisation, locale)
        yield [*(known[column.name] for column in ITEMS), *(item.attributes.get(name) for name in extra)]


def _item_cells(item: Item, revision: int, organisation: Organisation, locale: str) -> Mapping[str, Cell]:
    return {
        "code": item.code,
        "type": vocabulary.TYPES.written(item.type, locale),
        "title": item.title,
        "department": organisation.department_name(item.department),
        "also_informs": "|".join(map(organisation.department_name, item.also_informs)),
        "owner": organisation.name_of(item.owner),
        "quantity": item.quantity,
        "unit": item.unit,
        "duration_days": item.duration,
        "mode": vocabulary.MODES.written(item.mode, locale),
        "constraint": vocabulary.CONSTRAINTS.written(item.constraint, locale) if item.constraint else None,
        "constraint_date": item.constraint_date,
        "start": item.start,
        "finish": item.finish,
        "status": vocabulary.STATUSES.written(item.status, locale),
        "product": item.product,
        "lot_minimum": item.lot_minimum,
        "lot_multiple": item.lot_multiple,
        "calendar": vocabulary.CALENDARS.written(item.calendar, locale),
        "revision": revision,
    }


def _links(plan: Plan, locale: str) -> Iterator[Sequence[Cell]]:
    yield [column.header(locale) for column in LINKS]
    for link in plan.links:
        known = _link_cells(link, plan.revision, locale)
        yield [known[column.name] for column in LINKS]


def _link_cells(link: Link, revision: int, locale: str) -> Mapping[str, Cell]:
    return {
        "predecessor": link.predecessor,
        "successor": link.successor,
        "kind": link.kind.value,
        "lag_days": link.lag,
        "lag_kind": vocabulary.LAG_KINDS.written(link.lag_kind, locale),
        "drives": vocabulary.DRIVES.written(link.drives, locale),
        "ratio": written(link.ratio) if isinstance(link.ratio, Fraction) else link.ratio,
        "scrap": link.scrap,
        "hard": vocabulary.TRUTHS.written("yes" if link.hard else "no", locale),
        "calendar": vocabulary.CALENDARS.written(link.calendar, locale),
        "revision": revision,
    }


def _stock(plan: Plan, locale: str) -> Iterator[Sequence[Cell]]:
    yield [column.header(locale) for column in STOCK]
    for stock in plan.stock.values():
        yield [stock.product, stock.on_hand, stock.safety, stock.as_of and stock.as_of.isoformat(timespec="minutes")]


def write_text(path: Path, grid: Grid) -> None:
    """Write text with a byte order mark: without it, Excel takes the Chinese for another encoding."""
    delimiter = "," if path.suffix.lower() == ".csv" else "\t"
    with _replacing(path) as part, part.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows([escaped(cell) for cell in cells] for cells in grid)


def escaped(cell: Cell) -> str:
    """A cell of a text file, with an apostrophe before what a spreadsheet would run as a formula; `read_plan` takes it
    off again."""
    if not isinstance(cell, str):
        return "" if cell is None else f"{cell:f}" if isinstance(cell, Decimal) else str(cell)
    if cell.lstrip("'").startswith(FORMULA_STARTS) and not re.fullmatch(r"[+-]?\d+(\.\d+)?", cell):
        return f"'{cell}"
    return cell


def _write_workbook(path: Path, grids: Mapping[str, Grid]) -> None:
    book = Workbook(write_only=True)
    for title, grid in grids.items():
        sheet = book.create_sheet(title)
        sheet.freeze_panes = "C2"
        for cells in grid:
            sheet.append([_workbook_cell(sheet, cell) for cell in cells])
    with _replacing(path) as part:
        book.save(part)


def _workbook_cell(sheet: WriteOnlyWorksheet, value: Cell) -> Cell | WorkbookCell:
    if isinstance(value, Decimal) and len(value.as_tuple().digits) > EXACT_DIGITS:
        return f"{value:f}"
    if not isinstance(value, str):
        return value
    text = ILLEGAL_CHARACTERS_RE.sub(" ", value)
    if not text.startswith("="):
        return text or None
    cell: WorkbookCell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"  # a text that starts with = stays a text
    return cell


@contextmanager
def _replacing(path: Path) -> Iterator[Path]:
    """Write beside the file, then take its place: a reader never sees half a file."""
    part = path.with_name(f".{path.name}.part")
    try:
        yield part
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)
