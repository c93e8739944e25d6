"""Report of broken rules as mistakes that can be printed: the line, the value found, the value wanted."""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import get_args

from pydantic import BaseModel, SecretStr, ValidationError
from pydantic.fields import FieldInfo

from bot.settings.document import Document, KeyPath, value_at
from bot.settings.mistake import Finding, Mistake, SettingsError, key_path
from bot.settings.model import Settings
from cards.words import Words
from planning.control.settings_version import SettingsVersion

SHOWN = 60
SAME = {"int_type": "int_parsing", "int_from_float": "int_parsing", "model_attributes_type": "model_type",
        "date_from_datetime_inexact": "date_parsing"}  # fmt: skip
CHOICE = re.compile(r"<[^<>:]+: ([^<>]*)>")
"""Python's form of an enumeration's member."""


class Reporter:
    """Reporter of the findings of one file, and of the sections that the database keeps instead."""

    def __init__(
        self, path: Path, document: Document, kind: type[Settings], kept: Mapping[str, SettingsVersion] | None = None
    ) -> None:
        self.path = path
        self.document = document
        self.kind = kind
        self.kept = kept or {}
        self._words = Words("en" if document.at(("locale",)) == "en" else "zh-CN")

    def error(self, findings: Iterable[Finding]) -> SettingsError:
        mistakes = {str(mistake): mistake for mistake in map(self.mistake, findings)}
        return SettingsError(sorted(mistakes.values(), key=lambda mistake: mistake.line))

    def mistake(self, finding: Finding) -> Mistake:
        wanted = self._words(f"settings.{finding.code}", **finding.facts)
        place, line = self._place(finding.path)
        return Mistake(place, line, key_path(finding.path), self._found(finding), wanted, self._words.locale)

    def _place(self, path: KeyPath) -> tuple[str, int]:
        """A line of the file, or the version of a section."""
        if version := self.kept.get(str(next(iter(path), ""))):
            facts = {"section": version.section, "version": version.version}
            return self._words("settings.in_version" if version.version else "settings.in_new", **facts), 0
        return str(self.path), self.document.line_of(path)

    def _at(self, path: KeyPath) -> object:
        version = self.kept.get(str(next(iter(path), "")))
        return value_at(version.document, path[1:]) if version else self.document.at(path)

    def _found(self, finding: Finding) -> str:
        """Value typed, never one a variable held, and nothing at all where a secret may stand."""
        value = self._at(finding.path)
        if value is None:
            return self._words("settings.found_nothing")
        if isinstance(value, dict):
            return self._words("settings.found_section")
        if isinstance(value, list):
            return self._words("settings.found_list")
        if finding.code != "environment" and _may_be_secret(self.kind, finding.path):
            return self._words("settings.found_hidden")
        text = str(value)
        return self._words("settings.found_value", value=text if len(text) <= SHOWN else text[:SHOWN] + "…")


def translated(error: ValidationError, kind: type[Settings]) -> Iterator[Finding]:
    """The validator's errors as findings with codes of our catalogue."""
    for detail in error.errors(include_url=False, include_input=False):
        path, code = detail["loc"], SAME.get(detail["type"], detail["type"])
        facts = dict(detail.get("ctx", {}))
        if code == "extra_forbidden":
            yield _unknown_key(kind, path)
        elif Words().knows(f"settings.{code}"):
            if "expected" in facts:
                told = CHOICE.sub(r"\1", str(facts["expected"]))
                facts["expected"] = told.replace("'", "").replace(" or ", ", ")
            yield Finding(path, code, facts)
        else:
            yield Finding(path, "string_type", {})


def _unknown_key(kind: type[Settings], path: KeyPath) -> Finding:
    names = _names_beside(kind, path)
    near = difflib.get_close_matches(str(path[-1]), names, n=1)
    if near:
        return Finding(path, "unknown_key_near", {"near": near[0]})
    return Finding(path, "unknown_key", {})


def _names_beside(kind: type[Settings], path: KeyPath) -> list[str]:
    """The keys the section around a key path has."""
    if len(path) == 1:
        return list(_fields(kind))
    field = _field_at(kind, path[:-1])
    return [name for section in _sections(field) for name in _fields(section)] if field else []


def _may_be_secret(kind: type[Settings], path: KeyPath) -> bool:
    """A secret's own key, a key nobody knows (it may be a secret misspelt), or a bare value where only a section may
    stand."""
    field = _field_at(kind, path)
    if field is None:
        return True
    parts = list(_kinds(field.annotation))
    return SecretStr in parts or (any(_sections(field)) and str not in parts)


def _field_at(kind: type[Settings], path: KeyPath) -> FieldInfo | None:
    """The field a key path leads to; numbers in it only choose an entry of a list."""
    fields, field = _fields(kind), None
    for name in (part for part in path if isinstance(part, str)):
        field = fields.get(name)
        if field is None:
            return None
        fields = next((_fields(section) for section in _sections(field)), {})
    return field


def _fields(section: type[BaseModel]) -> dict[str, FieldInfo]:
    """A section's fields as they are typed: `from` and `class` are no names in Python."""
    return {field.alias or name: field for name, field in section.model_fields.items()}


def _sections(field: FieldInfo) -> Iterator[type[BaseModel]]:
    return (kind for kind in _kinds(field.annotation) if isinstance(kind, type) and issubclass(kind, BaseModel))


def _kinds(annotation: object) -> Iterator[object]:
    """A type and everything it is made of: `tuple[Person, ...] | None` holds Person."""
    yield annotation
    for inner in get_args(annotation):
        yield from _kinds(inner)
