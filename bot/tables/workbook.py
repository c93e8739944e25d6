"""An .xlsx workbook read as a stream: one row at a time, in memory that its size does not decide.

openpyxl builds a tree of every row and keeps all texts as strings, so that a small file, which is a zip of something
larger by far, took gigabytes. What it knows of dates and formats is used here.
"""

import re
import zipfile
import zlib
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import IO
from xml.parsers import expat

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.utils.cell import column_index_from_string, get_column_letter
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel
from openpyxl.utils.escape import unescape

CHUNK = 1 << 16
MAX_SMALL_PART = 20_000_000
"""Bytes of the parts beside the sheets and their texts: list of sheets, styles."""
MAX_TEXT_BYTES = 100_000_000
"""Bytes of all texts of a workbook: as many as a text file may have."""
MAX_CELL_TEXT = 32_767
"""Characters Excel keeps in a cell; what a file has beyond them is cut off."""
MAX_MERGED = 200_000
LAST_COLUMN = 16_384
MAX_DEPTH = 100
UNUSABLE = (
    zipfile.BadZipFile, zlib.error, expat.ExpatError, KeyError, IndexError, ValueError, EOFError, OSError,
    NotImplementedError, RuntimeError, OverflowError,
)  # fmt: skip
"""What a file that is no workbook makes the readers below it raise: zip of an unknown kind, encrypted, cut, not XML."""
_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_MERGED = re.compile(
    rb"<(?:\w{1,20}:)?mergeCell\s[^<>]{0,200}?ref\s{0,20}=\s{0,20}[\"']([A-Z]{1,3}\d{1,7}):([A-Z]{1,3}\d{1,7})[\"']"
)
LONGEST_MERGED = 300
"""Bytes that an element of merged cells takes at most, as far as it is looked for."""
_CHINESE_DATES = frozenset((*range(27, 32), 36, *range(50, 55), 57, 58))
"""Formats that Chinese Excel writes by number alone."""
_WHOLE = re.compile(r"-?\d+")

Grid = Iterator[tuple[int, Sequence[object]]]


class TooBig(Exception):
    """More than a plan can need; `what` names the sentence about it."""


@dataclass(frozen=True, slots=True)
class Uncalculated:
    """A formula whose result the file does not have: the program that wrote it never calculated."""

    address: str
    formula: str

    def __str__(self) -> str:
        return f"={self.formula}"


class Workbook:
    """Sheets of an open file, in the order of their tabs."""

    def __init__(self, archive: zipfile.ZipFile, most_columns: int) -> None:
        self._archive, self._most = archive, most_columns
        main = self._related("", "/officeDocument")[0]
        targets = self._targets(main)
        self._epoch = WINDOWS_EPOCH
        self.sheets: list[tuple[str, str]] = []
        """Titles and parts."""
        for tag, attributes, _ in self._elements(main):
            if tag == "workbookPr" and attributes.get("date1904") in ("1", "true"):
                self._epoch = MAC_EPOCH
            if tag == "sheet" and (target := targets.get(attributes["id"])) and target[0].endswith("/worksheet"):
                self.sheets.append((attributes["name"], target[1]))
        kinds = {kind.rpartition("/")[2]: part for kind, part in targets.values()}
        self._strings_part, self._styles_part = kinds.get("sharedStrings"), kinds.get("styles")

    def rows(self, part: str) -> Grid:
        """Line numbers and cells of a sheet; a merged cell's value stands in every row it spans."""
        merged = _Merged(self._merges(part))
        reader = _Cells(self.strings, self.styles, self._epoch, self._most)
        with self._archive.open(part) as content:
            for line, cells in reader.rows(content):
                yield line, merged.fill(line, cells)

    @cached_property
    def strings(self) -> "_Strings":
        if not self._strings_part:
            return _Strings()
        if self._archive.getinfo(self._strings_part).file_size > MAX_TEXT_BYTES:
            raise TooBig("too_much_text")
        with self._archive.open(self._strings_part) as content:
            return _Strings.read(content)

    @cached_property
    def styles(self) -> Sequence[str]:
        """By number of style: `date`, `span` for a length of time, or empty."""
        if not self._styles_part:
            return ()
        formats: dict[str, str] = {str(number): code for number, code in BUILTIN_FORMATS.items()}
        formats |= {str(number): "yyyy-mm-dd" for number in _CHINESE_DATES}
        found = []
        for tag, attributes, parent in self._elements(self._styles_part):
            if tag == "numFmt" and parent == "numFmts":
                formats[attributes["numFmtId"]] = attributes.get("formatCode", "")
            if tag == "xf" and parent == "cellXfs":
                code = formats.get(attributes.get("numFmtId", "0"), "")
                found.append("span" if is_timedelta_format(code) else "date" if is_date_format(code) else "")
        return found

    def _targets(self, part: str) -> Mapping[str, tuple[str, str]]:
        """Kinds and parts that one is related to, by id."""
        place = PurePosixPath(part)
        relations = str(place.parent / "_rels" / f"{place.name}.rels") if part else "_rels/.rels"
        found = {}
        for tag, attributes, _ in self._elements(relations):
            if tag == "Relationship" and attributes.get("TargetMode") != "External":
                target = attributes["Target"]
                whole = target.lstrip("/") if target.startswith("/") else str(place.parent / target)
                found[attributes["Id"]] = attributes["Type"], _straight(whole)
        return found

    def _related(self, part: str, kind: str) -> list[str]:
        return [target for type_, target in self._targets(part).values() if type_.endswith(kind)]

    def _elements(self, part: str) -> Iterator[tuple[str, Mapping[str, str], str]]:
        """Names and attributes of a small part's elements, with the name of what each stands in."""
        if self._archive.getinfo(part).file_size > MAX_SMALL_PART:
            raise TooBig("too_much_text")
        found: list[tuple[str, Mapping[str, str], str]] = []
        path = [""]

        def start(tag: str, attributes: Mapping[str, str]) -> None:
            found.append((_local(tag), {_local(name): value for name, value in attributes.items()}, path[-1]))
            path.append(_local(tag))

        parser = _parser(start, lambda _: path.pop())
        with self._archive.open(part) as content:
            for last, chunk in _chunks(content):
                parser.Parse(chunk, last)
                yield from found
                found.clear()

    def _merges(self, part: str) -> Iterator[tuple[int, int, int]]:
        """Column, first and last row of each merged range of several rows; they stand behind the rows, so that the
        part is gone through twice."""
        count, rest = 0, b""
        with self._archive.open(part) as content:
            while chunk := content.read(CHUNK):
                window = rest + chunk
                end = 0
                for found in _MERGED.finditer(window):
                    end = found.end()
                    count += 1
                    if count > MAX_MERGED:
                        raise TooBig("too_many_merged")
                    (column, first), (_, last) = (_place(corner.decode()) for corner in found.groups())
                    if last > first:
                        yield column, first, last
                rest = window[max(end, len(window) - LONGEST_MERGED) :]


@contextmanager
def open_workbook(path: Path, most_columns: int, most_unpacked: int) -> Iterator[Workbook]:
    """Raises TooBig, and one of UNUSABLE for what is no workbook; reading its rows may still do so."""
    with zipfile.ZipFile(path) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > most_unpacked:
            raise TooBig("too_big")
        yield Workbook(archive, most_columns)


@dataclass(slots=True)
class _Strings:
    """Texts that cells share, as bytes: millions of short ones as objects would take ten times as much. What was asked
    for is remembered, so that cells share the text, too."""

    content: bytearray = field(default_factory=bytearray)
    ends: "array[int]" = field(default_factory=lambda: array("Q"))
    known: dict[int, str] = field(default_factory=dict)

    @classmethod
    def read(cls, content: IO[bytes]) -> "_Strings":
        strings, text, path = cls(), list[str](), list[str]()

        def start(tag: str, _: Mapping[str, str]) -> None:
            path.append(_local(tag))
            if len(path) > MAX_DEPTH:
                raise ValueError("nested too deep")

        def end(_: str) -> None:
            if path.pop() == "si":
                strings.content += unescape("".join(text)[:MAX_CELL_TEXT]).encode(errors="replace")
                strings.ends.append(len(strings.content))
                text.clear()

        def words(said: str) -> None:
            if path and path[-1] == "t" and "rPh" not in path:
                text.append(said)

        parser = _parser(start, end, words)
        for last, chunk in _chunks(content):
            parser.Parse(chunk, last)
        return strings

    def __getitem__(self, number: int) -> str:
        if number < 0:  # Counted from the end it would be all texts at once.
            raise IndexError(number)
        if number not in self.known:
            begin = self.ends[number - 1] if number else 0
            self.known[number] = self.content[begin : self.ends[number]].decode()
        return self.known[number]


class _Merged:
    """Values of merged cells, handed to the rows below their first."""

    def __init__(self, ranges: Iterator[tuple[int, int, int]]) -> None:
        self._waiting = sorted(((first, column, last) for column, first, last in ranges), reverse=True)
        self._open: dict[int, tuple[int, object]] = {}
        """By column: the last row, and the value."""

    def fill(self, line: int, cells: list[object]) -> list[object]:
        if self._open and any(cell is not None and cell != "" for cell in cells):
            for column, (last, value) in [*self._open.items()]:
                if line > last:
                    del self._open[column]
                    continue
                cells.extend([None] * (column - len(cells)))
                if cells[column - 1] in (None, ""):
                    cells[column - 1] = value
        while self._waiting and self._waiting[-1][0] <= line:
            first, column, last = self._waiting.pop()
            if first == line and column <= len(cells) and cells[column - 1] is not None:
                self._open[column] = last, cells[column - 1]
        return cells


class _Cells:
    """Rows of a sheet, from its elements as they come."""

    def __init__(self, strings: _Strings, styles: Sequence[str], epoch: datetime, most_columns: int) -> None:
        self._strings, self._styles, self._epoch, self._most = strings, styles, epoch, most_columns
        self._done: list[tuple[int, list[object]]] = []
        self._line, self._column = 0, 0
        self._cells: list[object] = []
        self._attributes: Mapping[str, str] = {}
        self._in, self._phonetic = "", False
        self._texts: dict[str, list[str]] = {}
        self._length = 0
        self._written = 0
        """Characters of texts in the cells themselves."""

    def rows(self, content: IO[bytes]) -> Iterator[tuple[int, list[object]]]:
        parser = _parser(self._start, self._end, self._words)
        for last, chunk in _chunks(content):
            parser.Parse(chunk, last)
            yield from self._done
            self._done.clear()

    def _start(self, tag: str, attributes: Mapping[str, str]) -> None:
        match _local(tag):
            case "row":
                self._line = int(attributes.get("r", self._line + 1))
                self._column, self._cells = 0, []
            case "c":
                address = _ADDRESS.fullmatch(attributes.get("r", ""))
                self._column = column_index_from_string(address[1]) if address else self._column + 1
                self._attributes, self._texts, self._length = attributes, {}, 0
            case "rPh":
                self._phonetic = True
            case "v" | "f" | "t" as name if not self._phonetic:
                self._in = name
                self._texts.setdefault(name, [])

    def _words(self, said: str) -> None:
        if self._in in self._texts and self._length < MAX_CELL_TEXT:
            self._texts[self._in].append(said)
            self._length += len(said)

    def _end(self, tag: str) -> None:
        match _local(tag):
            case "row":
                self._done.append((self._line, self._cells))
            case "c":
                self._put()
                self._texts = {}
            case "v" | "f" | "t":
                self._in = ""
            case "rPh":
                self._phonetic = False

    def _put(self) -> None:
        """Cells beyond the most columns are kept as one, so that it shows that there are any."""
        value = self._value() if self._column <= LAST_COLUMN else None
        if value is None:
            return
        place = min(self._column, self._most + 1)
        self._cells.extend([None] * (place - len(self._cells)))
        self._cells[place - 1] = value

    def _value(self) -> object:
        said, kind = "".join(self._texts.get("v", ())), self._attributes.get("t", "n")
        if "f" in self._texts and not said and ("v" not in self._texts or kind != "str"):
            return Uncalculated(f"{get_column_letter(self._column)}{self._line}", "".join(self._texts["f"]))
        match kind:
            case "inlineStr":
                return self._text("".join(self._texts.get("t", ())))
            case "str":
                return self._text(said)
            case "s":
                return self._strings[int(said)] if said else None
            case "b":
                return said == "1"
            case "e" | "d":
                return said or None
        return self._number(said) if said else None

    def _text(self, said: str) -> str | None:
        self._written += len(said)
        if self._written > MAX_TEXT_BYTES:
            raise TooBig("too_much_text")
        return unescape(said[:MAX_CELL_TEXT]) or None

    def _number(self, said: str) -> object:
        number = int(said) if _WHOLE.fullmatch(said) and len(said) < 20 else float(said)
        style = int(self._attributes.get("s", "0"))
        kind = self._styles[style] if style < len(self._styles) else ""
        if not kind:
            return number
        try:
            found = from_excel(number, self._epoch, timedelta=kind == "span")
        except (OverflowError, ValueError):
            return "#VALUE!"
        return found if isinstance(found, date) else str(found)


def _parser(
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], object],
    words: Callable[[str], None] | None = None,
) -> expat.XMLParserType:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    if words:
        parser.CharacterDataHandler = words
    parser.StartDoctypeDeclHandler = _no_doctype
    return parser


def _no_doctype(*_: object) -> None:
    raise ValueError("a workbook declares no document type")


def _chunks(content: IO[bytes]) -> Iterator[tuple[bool, bytes]]:
    """Pieces of a part; True with the last one, which is empty."""
    while chunk := content.read(CHUNK):
        yield False, chunk
    yield True, b""


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _straight(part: str) -> str:
    """A part's name without `..`."""
    kept: list[str] = []
    for piece in part.split("/"):
        if piece == "..":
            del kept[-1:]
        elif piece not in (".", ""):
            kept.append(piece)
    return "/".join(kept)


def _place(address: str) -> tuple[int, int]:
    found = _ADDRESS.fullmatch(address)
    return (column_index_from_string(found[1]), int(found[2])) if found else (0, 0)
