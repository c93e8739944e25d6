"""Entries of a section of the settings, where they stand in its document and what stands in them."""

from collections.abc import Mapping, Sequence
from typing import Any

from handlers.govern.settings_fields import LISTS

Entry = dict[str, Any]


def entries_of(section: str, document: Any) -> list[Entry]:
    return list(document or []) if section in LISTS else [document or {}]


def place_of(section: str, entries: Sequence[Mapping[str, Any]], known_as: str) -> int | None:
    """Place of an entry by its id, or by its number where it has none; None: it is not there."""
    if section not in LISTS:
        return 0
    if key := LISTS[section]:
        return next((n for n, one in enumerate(entries) if one.get(key) == known_as), None)
    return int(known_as) if known_as.isdecimal() and len(known_as) < 6 and int(known_as) < len(entries) else None


def known_as(section: str, place: int, entry: Mapping[str, Any]) -> str:
    key = LISTS.get(section, "")
    return str(entry.get(key, "")) if key else str(place)


def key_of(section: str, place: int) -> str:
    return f"{section}[{place}]" if section in LISTS else section


def at(entry: Mapping[str, Any], key: str) -> Any:
    """What stands under a key as `scope.types`; None: nothing."""
    value: Any = entry
    for part in key.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value


def put(entry: Entry, key: str, value: Any) -> None:
    """Put a value into its place. Empty values are left out, and sections that have nothing else."""
    *sections, name = key.split(".")
    if sections:
        inner = dict(entry.get(sections[0]) or {})
        put(inner, ".".join([*sections[1:], name]), value)
        value, name = inner, sections[0]
    if value in (None, "", [], {}):
        entry.pop(name, None)
    else:
        entry[name] = value


def listed(value: Any) -> list[Any]:
    """A value as a list; a single one is a list of one."""
    return list(value) if isinstance(value, list | tuple) else [] if value in (None, "") else [value]
