"""Versions of the settings' sections, each chained to the one before by its hash: what was in force, since when, by
whom."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from planning.trail.chain import End, digest


@dataclass(frozen=True, slots=True)
class SettingsVersion:
    """One version of one section."""

    section: str
    version: int
    """Counts the versions of its section, from 1."""
    document: Any
    """The section as YAML would hold it."""
    effective_from: datetime
    at: datetime
    """When it was made; both are UTC."""
    made_by: str
    """A person's id, or the account that ran a command."""
    approved_by: str = ""
    note: str = ""
    file_hash: str = ""
    """Of the file's section that it came from; empty: it was made otherwise."""
    number: int = 0
    """Counts the versions of all sections, from 1."""
    prev_hash: str = ""
    hash: str = ""

    def after(self, end: End, home: str) -> "SettingsVersion":
        """The same as the chain's next entry. `home`: the plan whose chain it is."""
        chained = replace(self, number=end.number + 1, prev_hash=end.hash)
        return replace(chained, hash=sealed(chained, home))

    @property
    def end(self) -> End:
        return End(self.number, self.hash)

    @property
    def is_from_file(self) -> bool:
        return bool(self.file_hash)

    def is_in_force(self, now: datetime) -> bool:
        """What takes effect at once does so wherever it is seen, whatever the clock there says."""
        return self.effective_from <= now or self.effective_from == self.at


@dataclass(frozen=True, slots=True)
class Sealed:
    """A version with the plan whose chain it is of: `planning.trail.chain.Chained`."""

    version: SettingsVersion
    home: str

    @property
    def number(self) -> int:
        return self.version.number

    @property
    def prev_hash(self) -> str:
        return self.version.prev_hash

    @property
    def hash(self) -> str:
        return self.version.hash

    def seal(self) -> str:
        return sealed(self.version, self.home)


def sealed(version: SettingsVersion, home: str) -> str:
    moments = (version.effective_from.isoformat(), version.at.isoformat())
    people = (version.made_by, version.approved_by, version.note, version.file_hash)
    content = (version.section, version.version, version.document)
    return digest(home, version.number, *content, *moments, *people, version.prev_hash)


def in_force(versions: Iterable[SettingsVersion], now: datetime) -> Mapping[str, SettingsVersion]:
    """The newest of each section that has taken effect."""
    found: dict[str, SettingsVersion] = {}
    for version in sorted(versions, key=lambda one: one.number):
        if version.is_in_force(now):
            found[version.section] = version
    return found


def hash_of(document: Any) -> str:
    """Equal documents have equal hashes, in whatever order their keys stand."""
    return digest(document)
