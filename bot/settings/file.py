"""A settings file as it was read, and the settings it makes: alone, or with the sections that the database keeps."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from bot.channels.common.platform import Platform
from bot.settings import checks
from bot.settings.document import Document, filled
from bot.settings.kinds import hashed
from bot.settings.mistake import Finding, Mistake, SettingsError, key_path
from bot.settings.model import API, IN_DATABASE, Settings
from bot.settings.platforms import settings_of
from bot.settings.report import Reporter, translated
from cards.words import LOCALES, Words
from planning.control.settings_version import SettingsVersion, hash_of


@dataclass(frozen=True)
class SettingsFile:
    path: Path
    document: Document
    values: Any
    """Its sections, with the environment's variables in them; something else of a file that has none."""
    findings: tuple[Finding, ...]
    """Mistakes of form."""
    kind: type[Settings]

    @classmethod
    def read(cls, path: Path, environ: Mapping[str, str], platforms: tuple[Platform[Any], ...]) -> "SettingsFile":
        """Raises SettingsError where there is no such file, or it is no YAML."""
        document = _document(path)
        findings = list(document.findings)
        values = filled(document.values, environ, findings)
        return cls(path, document, values, tuple(findings), settings_of(platforms))

    @classmethod
    def of(cls, values: Mapping[str, Any], platforms: tuple[Platform[Any], ...]) -> "SettingsFile":
        """As of a file that says these values."""
        return cls(Path("config.yaml"), Document(""), dict(values), (), settings_of(platforms))

    @property
    def sections(self) -> Mapping[str, Any]:
        """Those of its sections that the database may keep, as it keeps them."""
        return {name: as_kept(name, self.values[name]) for name in IN_DATABASE if name in self.values}

    def only(self, *sections: str) -> "SettingsFile":
        """These of its sections."""
        return replace(self, values={name: self.values[name] for name in sections})

    def over(self, other: "SettingsFile") -> "SettingsFile":
        """This file, with what stands only in another one."""
        both = {**other.values, **self.values} if isinstance(self.values, dict) else self.values
        return replace(self, values=both)

    def hash_of(self, section: str) -> str:
        """Hash of what it says in a section; empty: it has none."""
        return hash_of(as_kept(section, self.values[section])) if section in self.values else ""

    def settings(
        self, now: datetime, kept: Mapping[str, SettingsVersion] | None = None, read: Collection[str] = ()
    ) -> Settings:
        """The settings. `kept`: versions of the sections that the database keeps; of these only those of `read` are
        taken from the file then. None: all are.

        Raises SettingsError with every mistake of form and value; what must hold between settings is checked once each
        of them is right by itself.
        """
        kept_elsewhere = {name: version for name, version in (kept or {}).items() if name not in read}
        reporter = Reporter(self.path, self.document, self.kind, kept_elsewhere)
        findings, values = list(self.findings), self.values
        if kept is not None:
            passed_over = {*IN_DATABASE} - {*read} - ({API} - kept.keys())
            findings = [finding for finding in findings if passed_over.isdisjoint(finding.path[:1])]
            documents = {name: version.document for name, version in kept_elsewhere.items()}
            values = {name: value for name, value in values.items() if name not in passed_over} | documents
        settings = self._validated(values, findings, reporter)
        findings += checks.findings(settings)
        if findings:
            raise reporter.error(findings)
        today = now.astimezone(settings.zone).date()
        settings._warnings = tuple(_warning(finding, settings.locale) for finding in checks.warnings(settings, today))
        settings._file, settings._kept = self, kept or {}
        return settings

    def bare(self) -> Settings:
        """The settings that stand in the file wherever the others are kept: enough to open the database.

        Raises SettingsError.
        """
        return self._validated(self._bare(), [], Reporter(self.path, self.document, self.kind))

    def _bare(self) -> Any:
        if not isinstance(self.values, dict):
            return self.values
        return {name: value for name, value in self.values.items() if name not in IN_DATABASE}

    def _validated(self, values: Any, findings: list[Finding], reporter: Reporter) -> Settings:
        unset = {finding.path for finding in findings if finding.code == "environment"}
        try:
            return self.kind.model_validate(values)
        except ValidationError as error:
            told = [finding for finding in translated(error, self.kind) if finding.path not in unset]
            raise reporter.error([*findings, *told]) from None


def as_kept(section: str, document: Any) -> Any:
    """A section as the database keeps it: of tokens the hashes alone."""
    if section != API or not isinstance(document, dict) or not isinstance(document.get("tokens"), list):
        return document
    return {**document, "tokens": [_hashed(one) for one in document["tokens"]]}


def _hashed(entry: Any) -> Any:
    if not isinstance(entry, dict) or not isinstance(entry.get("token"), str):
        return entry
    return {**entry, "token": hashed(entry["token"])}


def _document(path: Path) -> Document:
    try:
        return Document.read(path)
    except FileNotFoundError:
        found, wanted = Words()("settings.found_no_file"), _in_both("settings.copy_example")
        raise SettingsError([Mistake(str(path), 0, "", found, wanted)]) from None
    except (OSError, UnicodeDecodeError, yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        found, wanted = Words()("settings.found_unreadable", why=_why(error)), _in_both("settings.yaml")
        raise SettingsError([Mistake(str(path), mark.line + 1 if mark else 0, "", found, wanted)]) from None


def _in_both(key: str) -> str:
    """Sentence in both languages, before the file tells its own."""
    return "{} ({})".format(*(Words(locale)(key) for locale in LOCALES))


def _why(error: Exception) -> str:
    """The parser's reason without its excerpt of the file, which may show a secret."""
    for attribute in ("problem", "reason", "strerror"):
        if reason := getattr(error, attribute, None):
            return str(reason)
    return type(error).__name__


def _warning(finding: Finding, locale: str) -> str:
    words = Words(locale)(f"settings.{finding.code}", **finding.facts)
    return f"{key_path(finding.path)}: {words}" if finding.path else words
