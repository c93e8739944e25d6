"""Opening a file as sheets of cells, whatever its kind and encoding."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from bot.tables.problem import Problems
from planning.plan.limits import MAX_LINKS

MAX_MEGABYTES = 100
MAX_UNPACKED_MEGABYTES = 800
"""Limit for a workbook, which is a zip file: a small one may unpack to anything."""
MAX_LINES = 2 * MAX_LINKS
"""Limit for a text file, beyond which no reading would end well; each table has its own limit besides."""
TEXT_SUFFIXES = (".csv", ".tsv", ".txt")
MEGABYTE = 1_000_000

Line = tuple[int, Sequence[object]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A grid of cells. `file` is how problems name it; `rows` can be gone through once: line number and cells."""

    file: str
    title: str
    rows: Iterable[Line]


def beside(items: Path, what: str) -> Path:
    """Path of another table beside `PLAN.csv`: `PLAN.links.csv`, `PLAN.stock.csv`."""
    return items.with_name(f"{items.stem}.{what}{items.suffix}")


@contextmanager
def opened(path: Path, problems: Problems) -> Iterator[list[Sheet]]:
    """The file's sheets, read while they are gone through. Raises TableError when it cannot be opened."""
    suffix = path.suffix.lower()
    if suffix not in (*TEXT_SUFFIXES, ".xlsx"):
        problems.add(path.name, "kind_of_file", found=path.suffix)
    elif not path.is_file():
        problems.add(path.name, "no_file")
    elif path.stat().st_size > MAX_MEGABYTES * MEGABYTE:
        problems.add(path.name, "too_big", limit=MAX_MEGABYTES)
    problems.settle()
    if suffix == ".xlsx":
        with _workbook(path, problems) as sheets:
            yield sheets
    else:
        yield [text_sheet(path.name, _decoded(path, problems), problems)]


def text_sheet(file: str, text: str, problems: Problems) -> Sheet:
    """Comma, tab or semicolon separated text, whichever the first line has most of."""
    first = text.partition("\n")[0]
    delimiter = max(",\t;", key=first.count)
    return Sheet(file, "", _records(file, text, delimiter, problems))


def _records(file: str, text: str, delimiter: str, problems: Problems) -> Iterator[Line]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    line = 1
    try:
        for cells in reader:
            yield line, [_unescaped(cell) for cell in cells]
            line = reader.line_num + 1
    except csv.Error as error:
        problems.add(file, "csv", line=line, why=error)


def _unescaped(cell: str) -> str:
    """Takes off the apostrophe that keeps a spreadsheet from running a text as a formula."""
    return cell[1:] if cell[:1] == "'" and cell.lstrip("'")[:1] in FORMULA_STARTS else cell


FORMULA_STARTS = tuple("=+-@＝＋－＠\t\r")


def _decoded(path: Path, problems: Problems) -> str:
    content = path.read_bytes()
    if content.count(b"\n") > MAX_LINES:
        problems.add(path.name, "too_many_rows", limit=MAX_LINES)
        raise problems.error()
    encodings = ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    problems.add(path.name, "encoding")
    raise problems.error()


@contextmanager
def _workbook(path: Path, problems: Problems) -> Iterator[list[Sheet]]:
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
        if unpacked > MAX_UNPACKED_MEGABYTES * MEGABYTE:
            problems.add(path.name, "too_big", limit=MAX_UNPACKED_MEGABYTES)
            raise problems.error()
        book = load_workbook(path, read_only=True, data_only=True)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, OSError, SyntaxError):
        # openpyxl lets its parsers' own errors through; SyntaxError is the XML parser's.
        problems.add(path.name, "not_a_workbook")
        raise problems.error() from None
    try:
        yield [Sheet(f"{path.name}[{sheet.title}]", sheet.title, _grid(sheet)) for sheet in book.worksheets]
    finally:
        book.close()


def _grid(sheet: Any) -> Iterator[Line]:
    sheet.reset_dimensions()  # some writers declare a wrong size, and cells outside it would be lost
    yield from enumerate(sheet.iter_rows(values_only=True), start=1)
