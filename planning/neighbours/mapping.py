"""A mapping: versioned data that turns a source's row into facts, without expressions."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from planning.neighbours.canonical import Value, canonical
from planning.neighbours.row import Facts, Held, Row, Trouble

FAR = timedelta(days=3 * 366)
"""From the day a row is read, beyond which a date is no date."""
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:$|[T\s].*)", re.DOTALL)
_YES, _NO = ("true", "1", "yes", "y", "是", "√"), ("false", "0", "no", "n", "否", "")
_PART = re.compile(r"\{([^{}]+)\}")


class ValueKind(StrEnum):
    TEXT = "text"
    CODE = "code"
    WORD = "word"
    DECIMAL = "decimal"
    DAY = "day"
    MOMENT = "moment"
    FLAG = "flag"
    UNIT = "unit"


TRANSLATED = (ValueKind.WORD, ValueKind.UNIT)
"""Kinds whose words must be in a map; a code is translated where there is one."""


class Create(StrEnum):
    """What becomes of a row whose item the plan does not have."""

    DRAFT = "draft"
    NO = "no"


@dataclass(frozen=True, slots=True)
class FieldMap:
    source: str
    """Native name."""
    kind: ValueKind
    words: Mapping[str, str] | None = None
    minimum: Decimal | None = None
    scale: int | None = None
    """Decimal places that the source keeps."""
    write: str = ""
    """Native name under which our value is written; empty: it is read only."""


@dataclass(frozen=True, slots=True)
class StreamMapping:
    source: str
    stream: str
    version: int
    key: tuple[str, ...]
    type: str
    code: str
    """Template of the item's code, `{FBillNo}-{FSeq}`."""
    fields: Mapping[str, FieldMap]
    """By canonical name."""
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    all_or_nothing: frozenset[str] = frozenset()
    create: Create = Create.DRAFT
    stamp: str = ""

    @property
    def native(self) -> frozenset[str]:
        """Every native name that it reads."""
        parts = _PART.findall(self.code)
        return frozenset((*self.key, *parts, *self.only, *(one.source for one in self.fields.values())))

    def row_key(self, fields: Mapping[str, Any]) -> str:
        return "/".join(_text(fields.get(name)) for name in self.key)


def map_row(mapping: StreamMapping, row: Row, today: date, zone: tzinfo) -> Facts:
    """What the row says, field by field. What cannot be taken is held with its value, never guessed; a field that is
    not in the row says nothing. `today`: of the reading; `zone`: in which a moment is a day."""
    if not all(_text(row.fields.get(name)) in words for name, words in mapping.only.items()):
        return Facts(row.key, "", mapping.type, {}, is_selected=False)
    values: dict[str, Value] = {}
    held: list[Held] = []
    for name, one in mapping.fields.items():
        if one.source not in row.fields:
            continue
        found = row.fields[one.source]
        try:
            values[name] = read_value(one, found, today, zone)
        except _Untaken as untaken:
            held.append(Held(name, _text(found), untaken.trouble))
    code = _code(mapping, row)
    if not code:
        held.append(Held("code", row.key, Trouble.MISSING))
    waits = frozenset[str]()
    if not code or mapping.all_or_nothing.intersection(one.field for one in held):
        waits = mapping.all_or_nothing.intersection(values)
    gone_through = {name: value for name, value in values.items() if code and name not in waits}
    return Facts(row.key, code, mapping.type, gone_through, tuple(held), waits=waits)


def read_value(one: FieldMap, found: Any, today: date, zone: tzinfo) -> Value:
    """Raises _Untaken. An empty date or number is none; an empty text is a text."""
    text = _text(found)
    match one.kind:
        case ValueKind.TEXT:
            return canonical(text)
        case ValueKind.CODE | ValueKind.WORD | ValueKind.UNIT:
            return _word(one, text)
        case ValueKind.FLAG:
            return _flag(text)
    if text == "":
        return None
    match one.kind:
        case ValueKind.DECIMAL:
            return _number(one, text)
        case ValueKind.MOMENT:
            moment = _moment(text, zone)
            _require_near(moment.date(), today)
            return moment
    day = _day(text, zone)
    _require_near(day, today)
    return day


class _Untaken(Exception):
    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble)
        self.trouble = trouble


def _word(one: FieldMap, text: str) -> Value:
    words = one.words
    if words is None or (text == "" and one.kind not in TRANSLATED):
        return text or None
    if text not in words:
        raise _Untaken(Trouble.UNKNOWN_WORD)
    return words[text]


def _flag(text: str) -> bool:
    low = text.lower()
    if low not in _YES + _NO:
        raise _Untaken(Trouble.NOT_A_FLAG)
    return low in _YES


def _number(one: FieldMap, text: str) -> Decimal:
    written = unicodedata.normalize("NFKC", text)
    if "," in written:
        if not re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d+)?", written):
            raise _Untaken(Trouble.NOT_A_NUMBER)
        written = written.replace(",", "")
    try:
        number = Decimal(written)
    except InvalidOperation:
        raise _Untaken(Trouble.NOT_A_NUMBER) from None
    if not number.is_finite():
        raise _Untaken(Trouble.NOT_A_NUMBER)
    if one.minimum is not None and number < one.minimum:
        raise _Untaken(Trouble.BELOW_MIN)
    return number if one.scale is None else rounded(number, one.scale)


def rounded(number: Decimal, scale: int) -> Decimal:
    """The number as a source keeps it that has so many decimal places."""
    return number.quantize(Decimal(1).scaleb(-scale), rounding=ROUND_HALF_UP)


def _moment(text: str, zone: tzinfo) -> datetime:
    try:
        found = datetime.fromtimestamp(int(text) / 1000, UTC) if _is_epoch(text) else datetime.fromisoformat(text)
    except (ValueError, OverflowError, OSError):
        raise _Untaken(Trouble.NOT_A_DATE) from None
    return (found if found.tzinfo else found.replace(tzinfo=zone)).astimezone(UTC)


def _day(text: str, zone: tzinfo) -> date:
    """A moment with a zone, or milliseconds, is the local day it falls on; other texts say their day themselves."""
    if _is_epoch(text) or re.search(r"T.*(Z|[+-]\d\d:?\d\d)$", text):
        return _moment(text, zone).astimezone(zone).date()
    if not (parts := _DAY.fullmatch(unicodedata.normalize("NFKC", text))):
        raise _Untaken(Trouble.NOT_A_DATE)
    try:
        return date(*map(int, parts.groups()))
    except ValueError:
        raise _Untaken(Trouble.NOT_A_DATE) from None


def _require_near(day: date, today: date) -> None:
    if abs(day - today) > FAR:
        raise _Untaken(Trouble.TOO_FAR)


def _is_epoch(text: str) -> bool:
    return bool(re.fullmatch(r"\d{12,13}", text))


def _code(mapping: StreamMapping, row: Row) -> str:
    """Empty where a part of it is not there."""
    parts = {name: _text(row.fields.get(name)) for name in _PART.findall(mapping.code)}
    if not all(parts.values()):
        return ""
    return _PART.sub(lambda part: parts[part[1]], mapping.code)


def _text(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return canonical(value)
        case float():
            return canonical(Decimal(repr(value)))
        case int() | Decimal():
            return canonical(Decimal(value))
    return str(value).strip()


def native_of(mapping: StreamMapping, values: Mapping[str, Value]) -> Iterator[tuple[str, str, Value]]:
    """Canonical name, native name and value, rounded as the source keeps it, of what may be written there."""
    for name, value in values.items():
        one = mapping.fields.get(name)
        if one and one.write:
            if one.scale is not None and isinstance(value, Decimal):
                value = rounded(value, one.scale)
            yield name, one.write, value
