"""Versions of the settings as handlers make them: kept in the database, checked as the file is, told in the trail."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from planning.control.settings_merge import carried
from planning.control.settings_version import SettingsVersion
from planning.trail.audit import Kind, Note
from storage.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    from handlers.turn import Environment


@dataclass(frozen=True, slots=True)
class Mistaken:
    """What is wrong with a section, and where: `rules[2].deadline_hours`."""

    key: str
    found: str
    wanted: str
    sentence: str
    """All of it, as a command says it."""


@dataclass(frozen=True, slots=True)
class Tried:
    """What the settings would be with other sections in the place of those in force."""

    mistakes: tuple[Mistaken, ...]
    warnings: tuple[str, ...] = ()
    """What works and is probably not meant, where nothing is wrong."""
    environment: "Environment | None" = None
    """Of the plan it was asked for; None: something is wrong."""


class KeptSettings(Protocol):
    """Settings that the database keeps."""

    @property
    def home(self) -> str:
        """The plan that keeps them for all."""

    def mistakes(self, uow: UnitOfWork, now: datetime, documents: Mapping[str, Any]) -> list[str]:
        """What would be wrong with these sections in the place of those in force, a sentence each."""

    def tried(self, uow: UnitOfWork, at: datetime, documents: Mapping[str, Any]) -> Tried:
        """The settings with these sections in the place of those that are in force at that instant."""

    def unwritten(self, section: str) -> Any:
        """What a section says where nobody has written it."""


def make(
    uow: UnitOfWork, home: str, kind: Kind, version: SettingsVersion, facts: Mapping[str, object] | None = None
) -> SettingsVersion:
    """Add a version, and have it in the trail. Versions of its section that take effect later take its change along.
    Raises `planning.control.settings_merge.Clash` where one of them says otherwise what it changes."""
    following = to_follow(uow, home, version)
    made = _added(uow, home, kind, version, facts or {})
    for one in following:
        _added(uow, home, Kind.SETTINGS_CARRIED, one, {"from": one.effective_from.isoformat()})
    return made


def to_follow(uow: UnitOfWork, home: str, version: SettingsVersion) -> list[SettingsVersion]:
    """What `make` adds behind it. Raises as `make` does."""
    return carried(uow.settings_of(home).standing(version.effective_from), version)


def wrong_from(
    kept: KeptSettings, uow: UnitOfWork, wanted: Sequence[SettingsVersion]
) -> tuple[datetime, list[str]] | None:
    """The first instant at which the settings would be wrong with these versions made, and what is; None: they never
    would. Sections are looked at together, as they will stand whenever one of them takes effect. `wanted`: of one day,
    each of another section. Raises as `make` does."""
    if not wanted:
        return None
    at = wanted[0].effective_from
    added = [one for version in wanted for one in (version, *to_follow(uow, kept.home, version))]
    later = {one.effective_from for one in uow.settings_of(kept.home).standing(at) if not one.is_in_force(at)}
    for moment in (at, *sorted(later)):
        begun = {one.section: one.document for one in added if one.effective_from <= moment}
        if wrong := kept.mistakes(uow, moment, begun):
            return moment, wrong
    return None


def _added(
    uow: UnitOfWork, home: str, kind: Kind, version: SettingsVersion, facts: Mapping[str, object]
) -> SettingsVersion:
    made = uow.settings_of(home).add(version)
    counted = {"number": made.number, "version": made.version, "hash": made.hash}
    uow.audit.add(Note.of(kind, made.at, made.made_by, made.section, {**counted, "note": made.note, **facts}))
    return made
