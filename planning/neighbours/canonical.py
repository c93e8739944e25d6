"""Canonical text of a value and of a row, by which two systems are compared."""

import json
import unicodedata
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

from planning.plan.amount import plain

Value = Decimal | date | datetime | str | bool | None
"""A mapped value; None: the source says that there is none."""


def canonical(value: Value) -> str:
    """`800`, `2026-12-10`, `2026-12-09T16:00:00Z`, `true`, `null`, or text in NFC without blanks around it."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case Decimal():
            return plain(value)
        case datetime():
            return f"{value.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='seconds')}Z"
        case date():
            return value.isoformat()
        case str():
            return unicodedata.normalize("NFC", value).strip()


def value_hash(value: Value) -> str:
    return _hash(canonical(value))


def canonical_json(fields: Mapping[str, Any]) -> str:
    """Native fields as one text: keys sorted by code point, numbers as plain decimals, absent keys left out."""
    return _json(fields)


def row_hash(fields: Mapping[str, Any]) -> str:
    return _hash(canonical_json(fields))


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _json(value: Any) -> str:
    match value:
        case None | bool() | str():
            return json.dumps(value, ensure_ascii=False)
        case int() | Decimal():
            return plain(Decimal(value))
        case float():
            return plain(Decimal(repr(value)))
        case Mapping():
            return "{" + ",".join(f"{_json(key)}:{_json(value[key])}" for key in sorted(value)) + "}"
        case list() | tuple():
            return "[" + ",".join(map(_json, value)) + "]"
    raise TypeError(f"no JSON: {type(value).__name__}")
