"""Opening a file as sheets of cells, whatever its kind and encoding."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.tables.problem import Problems, TableError
from bot.tables.workbook import UNUSABLE, TooBig, Workbook, open_workbook
from planning.plan.limits import MAX_LINKS

MAX_MEGABYTES = 100
MAX_UNPACKED_MEGABYTES = 800
"""Limit for a workbook, which is a zip file: a small one may unpack to anything."""
MAX_COLUMNS = 200
MAX_LINES = 2 * MAX_LINKS
"""Limit for a text file, beyond which no reading would end well; each table has its own limit besides."""
TEXT_SUFFIXES = (".csv", ".tsv", ".txt")
MEGABYTE = 1_000_000

Line = tuple[int, Sequence[object]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A grid of cells. `file` is how problems name it; `rows` are line numbers and cells; those of a workbook can
    be gone through again."""

    file: str
    title: str
    rows: Iterable[Line]
    headers: Sequence[tuple[str, str]] = ()
    """The company's own words for columns."""


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
    with ExitStack() as stack:
        with _told(path.name, problems):
            book = stack.enter_context(open_workbook(path, MAX_COLUMNS, MAX_UNPACKED_MEGABYTES * MEGABYTE))
            names = [(title, f"{path.name}[{title}]", part) for title, part in book.sheets]
            if not names:
                raise ValueError("no sheets")
        yield [Sheet(file, title, _Grid(book, part, file, problems)) for title, file, part in names]


@dataclass(frozen=True, slots=True)
class _Grid:
    book: Workbook
    part: str
    file: str
    problems: Problems

    def __iter__(self) -> Iterator[Line]:
        with _told(self.file, self.problems):
            yield from self.book.rows(self.part)


@contextmanager
def _told(file: str, problems: Problems) -> Iterator[None]:
    """Tell what cannot be read of a workbook, in a sentence. Raises TableError."""
    try:
        yield
    except TableError:
        raise
    except TooBig as big:
        problems.add(file, str(big), limit=MAX_UNPACKED_MEGABYTES)
        raise problems.error() from None
    except UNUSABLE:
        problems.add(file, "not_a_workbook")
        raise problems.error() from None
