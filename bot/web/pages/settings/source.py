"""A section of the settings as text: as it is exported, and read back with the lines of what is wrong."""

import unicodedata
from collections.abc import Iterator
from typing import Any

import yaml

from bot.settings.document import Document, KeyPath
from cards.words import Words

LONGEST = 100_000
LARGEST = 10**15
"""Of a number; nothing in the settings comes near."""


class Unreadable(ValueError):
    """The text is no section; as a sentence."""


def as_text(document: Any) -> str:
    return yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=100) if document else ""


def read(text: str, words: Words) -> Any:
    """Values as they are typed in a settings file. Raises Unreadable."""
    if len(text) > LONGEST:
        raise Unreadable(words("setting.text.long", most=LONGEST))
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text)):
            raise Unreadable(words("setting.text.alias"))
        document = Document(text)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        if isinstance(error, Unreadable):
            raise
        mark = getattr(error, "problem_mark", None)
        raise Unreadable(words("setting.text.unreadable", line=mark.line + 1 if mark else 1)) from None
    if document.findings:
        first = document.findings[0]
        raise Unreadable(words("setting.text.twice", name=first.facts["name"], line=document.line_of(first.path)))
    for path, value in _parts(document.values):
        if trouble := _trouble(value):
            raise Unreadable(words(trouble, line=document.line_of(path) or 1))
    return _without_empty(document.values)


def _parts(value: object, path: KeyPath = ()) -> Iterator[tuple[KeyPath, object]]:
    """Every value with where it stands, the keys among them."""
    yield path, value
    if isinstance(value, dict):
        for key, part in value.items():
            yield (*path, str(key)), key
            yield from _parts(part, (*path, str(key)))
    elif isinstance(value, list):
        for n, part in enumerate(value):
            yield from _parts(part, (*path, n))


def _trouble(value: object) -> str:
    """What a draft cannot hold; empty: it can. YAML makes bytes, sets and dates of what is tagged so (`!!binary`)."""
    if isinstance(value, str):
        return "setting.text.control" if any(map(_is_control, value)) else ""
    if isinstance(value, int | float):
        return "" if abs(value) < LARGEST else "setting.text.kind"  # infinity, and what is no number, are not below
    return "" if value is None or isinstance(value, dict | list) else "setting.text.kind"


def _is_control(character: str) -> bool:
    return character not in "\n\t" and unicodedata.category(character) in ("Cc", "Cs")


def _without_empty(value: Any) -> Any:
    """Empty keys are dropped, as in a file."""
    if isinstance(value, dict):
        return {str(key): _without_empty(part) for key, part in value.items() if part is not None}
    return [_without_empty(part) for part in value] if isinstance(value, list) else value
