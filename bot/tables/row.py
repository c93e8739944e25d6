"""A sheet with its header understood, row by row."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from decimal import Decimal
from itertools import chain, count, islice
from typing import Any, TypeVar

from bot.tables.cells import (
    Unreadable,
    code_of,
    day_of,
    instant_of,
    lag_of,
    lines_of,
    number_of,
    ratio_of,
    share_of,
    span_of,
    text_of,
    whole_of,
)
from bot.tables.columns import HEADERS, ITEMS, Column, Named, by_header
from bot.tables.problem import Problems
from bot.tables.sheet import MAX_COLUMNS, Line, Sheet
from bot.tables.vocabulary import Choices, folded, header_keys
from planning.plan.link import LagKind
from planning.plan.ratio import Ratio

HEADER_WITHIN = 10
"""Rows in which the header is looked for: people put a title above it."""
MAX_CODE, MAX_TEXT = 64, 1000
T = TypeVar("T")
C = TypeVar("C", bound=str)
NONE: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Header:
    """Positions of the known columns, and of the others by the name the file gives them."""

    known: Mapping[str, int]
    others: Mapping[str, int]
    names: Sequence[str]


@dataclass(slots=True)
class Row:
    """One line. Asking for a cell that cannot be read notes the problem, answers None and makes the row not `ok`."""

    sheet: Sheet
    line: int
    cells: Sequence[object]
    header: Header
    problems: Problems
    zone: tzinfo
    """The plan's."""
    ok: bool = True

    def fail(self, column: str, code: str, **facts: object) -> None:
        """Note a problem of this row's cell."""
        self.ok = False
        found = self.raw(column) if self.has(column) else ""
        self.problems.add(self.sheet.file, code, line=self.line, column=self.name(column), found=found, **facts)

    def name(self, column: str) -> str:
        """The column as the file's header has it."""
        position = self.header.known.get(column)
        return self.header.names[position] if position is not None else HEADERS[column].header(self.problems.locale)

    def raw(self, column: str) -> object:
        position = self.header.known.get(column)
        return self.cells[position] if position is not None and position < len(self.cells) else None

    def _read(self, column: str, read: Callable[[object], T]) -> T | None:
        value = self.raw(column)
        if value is None or value == "":
            return None
        try:
            return read(value)
        except Unreadable as problem:
            self.fail(column, problem.code, **problem.facts)
            return None

    def has(self, column: str) -> bool:
        """Tell whether anything stands in the cell."""
        value = self.raw(column)
        return value is not None and bool(str(value).strip())

    def text(self, column: str, limit: int = MAX_TEXT, *, required: bool = False) -> str:
        if required and not self.has(column):
            self.fail(column, "required")
        text = self._read(column, text_of) or ""
        if len(text) > limit:
            self.fail(column, "too_long", limit=limit)
        return text

    def lines(self, column: str) -> list[str]:
        """The cell's text where a line break stands between values."""
        lines = self._read(column, lines_of) or []
        if sum(map(len, lines)) > MAX_TEXT:
            self.fail(column, "too_long", limit=MAX_TEXT)
        return lines

    def code(self, column: str) -> str:
        """A code that must be there; empty: it was not, or not a proper one, and that is noted."""
        if not self.has(column):
            self.fail(column, "required")
            return ""
        return self._read(column, lambda value: code_of(value, MAX_CODE)) or ""

    def day(self, column: str) -> date | None:
        return self._read(column, lambda value: day_of(value, self.zone))

    def instant(self, column: str) -> datetime | None:
        """A moment; a day alone means its end."""
        return self._read(column, lambda value: instant_of(value, self.zone))

    def span(self, column: str, low: int, high: int, week: int) -> int | None:
        """Working days, perhaps with their unit; a week has `week` of them."""
        return self._read(column, lambda value: span_of(value, low, high, week))

    def lag(self, column: str, limit: int, week: int, said: LagKind | None) -> tuple[int, LagKind]:
        """Days from one item to the other, perhaps with their unit, and which; `said` is what stands beside them."""
        read = self._read(column, lambda value: lag_of(value, limit, week, said))
        return read or (0, said or LagKind.WORKING)

    def whole(self, column: str, low: int, high: int) -> int | None:
        return self._read(column, lambda value: whole_of(value, low, high))

    def number(self, column: str, *, above_zero: bool = False, below_zero: bool = False) -> Decimal | None:
        """A number that is not negative; `below_zero`: it may be."""
        number = self._read(column, number_of)
        if number is not None and not below_zero and (number < 0 or (above_zero and number == 0)):
            self.fail(column, "above_zero" if above_zero else "not_negative")
            return None
        return number

    def ratio(self, column: str) -> Ratio | None:
        """A number above 0, or a fraction such as 1/3."""
        ratio = self._read(column, ratio_of)
        if ratio is not None and ratio <= 0:
            self.fail(column, "above_zero")
            return None
        return ratio

    def share(self, column: str) -> Decimal | None:
        return self._read(column, share_of)

    def choice(self, column: str, choices: Choices[C], own: Mapping[str, C] = NONE) -> C | None:
        """`own` are further words, folded, which come first."""
        text = self.text(column)
        if not text:
            return None
        found = own.get(folded(text)) or choices.meanings.get(folded(text))
        if found is None:
            self.fail(column, "choice", choices=choices.listed(self.problems.locale))
        return found

    def attributes(self) -> dict[str, str]:
        """The columns the product does not know, without the empty ones."""
        found = {}
        for name, position in self.header.others.items():
            try:
                text = text_of(self.cells[position]) if position < len(self.cells) else ""
            except Unreadable as problem:
                self.ok = False
                found_there = self.cells[position]
                self.problems.add(
                    self.sheet.file, problem.code, line=self.line, column=name, found=found_there, **problem.facts
                )
                continue
            if text:
                found[name] = text
        return found


def rows(
    sheet: Sheet, columns: tuple[Column, ...], required: tuple[str, ...], limit: int, problems: Problems, zone: tzinfo
) -> Iterator[Row]:
    """The rows below the header; empty ones are passed over. Notes a missing header and too many rows."""
    lines = iter(sheet.rows)
    header, lines = _header(sheet, lines, columns, required, problems)
    if header is None:
        return
    filled = 0
    for line, cells in lines:
        if not _is_filled(cells):
            continue
        filled += 1
        if filled > limit:
            problems.add(sheet.file, "too_many_rows", line=line, limit=limit)
            return
        if _is_filled(cells[MAX_COLUMNS:]):
            problems.add(sheet.file, "too_many_columns", line=line, limit=MAX_COLUMNS)
            return
        row = Row(sheet, line, cells[:MAX_COLUMNS], header, problems, zone)
        _note_strays(row)
        yield row


def _is_filled(cells: Sequence[object]) -> bool:
    return any(cell is not None and cell != "" for cell in cells)


def has_header(sheet: Sheet, columns: tuple[Column, ...], required: tuple[str, ...]) -> bool:
    """Tell whether a sheet that can be gone through again begins with a header of these columns."""
    names = by_header(columns, sheet.headers)
    return any(_is_header(cells, names, required) for _, cells in islice(sheet.rows, HEADER_WITHIN))


def is_header_of(column: str, header: str, own: Sequence[tuple[str, str]]) -> bool:
    """Tell whether a header is one of the words for a column of items, or one of the company's `own`."""
    named = _named(header, by_header(ITEMS, own))
    return named is not None and named[0] == column


def _header(
    sheet: Sheet, lines: Iterator[Line], columns: tuple[Column, ...], required: tuple[str, ...], problems: Problems
) -> tuple[Header | None, Iterator[Line]]:
    """The header, and the lines below it. Of a header of two rows, whose merged cells stand in both, the lower one."""
    names = by_header(columns, sheet.headers)
    for line, cells in islice(lines, HEADER_WITHIN):
        if _is_header(cells, names, required):
            below = next(lines, None)
            if below and _is_header(below[1], names, required):
                return _understood(sheet, *below, names, problems), lines
            return _understood(sheet, line, cells, names, problems), chain([below] if below else [], lines)
    wanted = "、".join(f"{column.chinese}({column.name})" for column in columns if column.name in required)
    problems.add(sheet.file, "no_header", rows=HEADER_WITHIN, columns=wanted)
    return None, lines


def _is_header(cells: Sequence[object], names: Mapping[str, Named], required: tuple[str, ...]) -> bool:
    return set(required) <= {named[0] for cell in cells if cell is not None and (named := _named(str(cell), names))}


def _named(header: str, names: Mapping[str, Named]) -> Named | None:
    return next((names[key] for key in header_keys(header) if key in names), None)


def _understood(
    sheet: Sheet, line: int, cells: Sequence[object], names: Mapping[str, Named], problems: Problems
) -> Header:
    """Of several headers for one column the first of its list of words is meant; the others are columns of their own.
    The same header twice is none for a known column; unknown ones are numbered."""
    written = [" ".join(str(cell).split()) if cell is not None else "" for cell in cells]
    best: dict[str, tuple[int, int]] = {}
    for position, cell in enumerate(cells):
        named = _named(str(cell), names) if cell is not None else None
        if named is None:
            continue
        column, place = named
        if column in best and best[column][0] == place:
            problems.add(sheet.file, "repeated_header", line=line, column=written[position])
        if column not in best or place < best[column][0]:
            best[column] = place, position
    known = {column: position for column, (_, position) in best.items()}
    others: dict[str, int] = {}
    for position, name in enumerate(written):
        if name and position not in known.values():
            others[_free(name, others)] = position
    return Header(known, others, written)


def _free(name: str, taken: Collection[str]) -> str:
    """The name, with a number where there is one of that name already."""
    return next(one for n in count(1) if (one := name if n == 1 else f"{name} {n}") not in taken)


def _note_strays(row: Row) -> None:
    names = row.header.names
    for position, cell in enumerate(row.cells):
        if cell is not None and cell != "" and not (position < len(names) and names[position]):
            row.ok = False
            row.problems.add(row.sheet.file, "stray_cell", line=row.line, found=cell, number=position + 1)
