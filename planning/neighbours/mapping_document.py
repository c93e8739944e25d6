"""A mapping as people write it, read with its mistakes named by their place."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, TypeVar

from planning.neighbours.mapping import TRANSLATED, Create, FieldMap, StreamMapping, ValueKind
from planning.refusal import Refused

KNOWN = frozenset({"source", "stream", "version", "key", "stamp", "only", "item", "all_or_nothing", "fields", "words"})
OF_FIELD = frozenset({"from", "kind", "words", "min", "scale", "write"})
FIELDS = frozenset({
    "title", "quantity", "unit", "start", "finish", "status", "department", "owner", "product", "on_hand",
    "done_quantity", "scrap_quantity", "received_quantity", "shipped_quantity", "promise_date", "priority",
})  # fmt: skip
"""Canonical names that a mapping may fill."""


def read_mapping(document: Mapping[str, Any]) -> StreamMapping:
    """Raises Refused("mapping") with the place, what is wrong there and what may stand there instead."""
    _only_known(document, KNOWN, "")
    item = _part(document, "item")
    words = {name: _words(table, f"words.{name}") for name, table in _part(document, "words", {}).items()}
    fields = {
        name: _field(name, one, words) for name, one in _part(document, "fields").items()
    }
    whole = _names(document, "all_or_nothing", required=False)
    for name in whole:
        if name not in fields:
            raise _mistake("all_or_nothing", name, sorted(fields))
    return StreamMapping(
        source=_said(document, "source"), stream=_said(document, "stream"), version=_version(document),
        key=_names(document, "key"), type=_said(item, "type", "item."), code=_said(item, "code", "item."),
        create=_choice(Create, item.get("create", "draft"), "item.create"), fields=fields,
        only={name: tuple(map(str, these)) for name, these in _part(document, "only", {}).items()},
        all_or_nothing=frozenset(whole), stamp=str(document.get("stamp", "")),
    )  # fmt: skip


def _field(name: str, one: Any, words: Mapping[str, Mapping[str, str]]) -> FieldMap:
    at = f"fields.{name}"
    if name not in FIELDS:
        raise _mistake("fields", name, sorted(FIELDS))
    if not isinstance(one, Mapping):
        raise _mistake(at, one, ["{from: …, kind: …}"])
    _only_known(one, OF_FIELD, f"{at}.")
    kind = _choice(ValueKind, one.get("kind"), f"{at}.kind")
    table = one.get("words")
    if table not in words and (table is not None or kind in TRANSLATED):
        raise _mistake(f"{at}.words", table, sorted(words))
    scale = one.get("scale")
    if scale is not None and (not isinstance(scale, int) or not 0 <= scale <= 9):
        raise _mistake(f"{at}.scale", scale, ["0…9"])
    return FieldMap(
        source=_said(one, "from", f"{at}."), kind=kind, words=words[table] if table is not None else None,
        minimum=_number(one.get("min"), f"{at}.min"), scale=scale, write=str(one.get("write", "")),
    )  # fmt: skip


def _part(document: Mapping[str, Any], name: str, default: Mapping[str, Any] | None = None) -> Mapping[str, Any]:
    found = document.get(name, default)
    if not isinstance(found, Mapping):
        raise _mistake(name, found, ["{…}"])
    return found


def _said(document: Mapping[str, Any], name: str, at: str = "") -> str:
    found = document.get(name)
    if not isinstance(found, str) or not found.strip():
        raise _mistake(f"{at}{name}", found, ["…"])
    return found.strip()


def _names(document: Mapping[str, Any], name: str, *, required: bool = True) -> tuple[str, ...]:
    found = document.get(name, [])
    if not isinstance(found, list) or not all(isinstance(one, str) and one for one in found) or required > len(found):
        raise _mistake(name, found, ["[…]"])
    return tuple(found)


def _words(table: Any, at: str) -> Mapping[str, str]:
    if not isinstance(table, Mapping):
        raise _mistake(at, table, ["{…: …}"])
    return {str(theirs): str(ours) for theirs, ours in table.items()}


def _version(document: Mapping[str, Any]) -> int:
    found = document.get("version", 1)
    if not isinstance(found, int) or found < 1:
        raise _mistake("version", found, ["1…"])
    return found


def _number(found: Any, at: str) -> Decimal | None:
    try:
        return None if found is None else Decimal(str(found))
    except InvalidOperation:
        raise _mistake(at, found, ["0"]) from None


Choice = TypeVar("Choice", bound=StrEnum)


def _choice(kind: type[Choice], found: Any, at: str) -> Choice:
    try:
        return kind(found)
    except ValueError:
        raise _mistake(at, found, [one.value for one in kind]) from None


def _only_known(document: Mapping[str, Any], known: frozenset[str], at: str) -> None:
    for name in document:
        if name not in known:
            raise _mistake(f"{at}{name}", name, sorted(known))


def _mistake(at: str, found: object, known: list[str]) -> Refused:
    return Refused("mapping", at=at, found="-" if found in (None, "") else found, known=", ".join(known) or "-")
