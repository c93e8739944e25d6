"""Versions of the settings as handlers make them: kept in the database, checked as the file is, told in the trail."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from planning.control.settings_version import SettingsVersion
from planning.trail.audit import Kind, Note
from storage.unit_of_work import UnitOfWork


class KeptSettings(Protocol):
    """Settings that the database keeps."""

    @property
    def home(self) -> str:
        """The plan that keeps them for all."""

    def mistakes(self, uow: UnitOfWork, now: datetime, documents: Mapping[str, Any]) -> list[str]:
        """What would be wrong with these sections in the place of those in force, a sentence each."""


def make(
    uow: UnitOfWork, home: str, kind: Kind, version: SettingsVersion, facts: Mapping[str, object] | None = None
) -> SettingsVersion:
    """Add a version, and have it in the trail."""
    made = uow.settings_of(home).add(version)
    counted = {"number": made.number, "version": made.version, "hash": made.hash}
    uow.audit.add(Note.of(kind, made.at, made.made_by, made.section, {**counted, "note": made.note, **(facts or {})}))
    return made
