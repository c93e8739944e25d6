"""The settings that the database keeps, as they are read and changed in the chat."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter

from handlers.settings import KeptSettings, make
from handlers.turn import Turn
from planning.control.settings_version import SettingsVersion
from planning.people.organisation import Person, Role
from planning.refusal import Refused
from planning.trail.audit import Kind

PEOPLE, DEPARTMENTS = "people", "departments"
"""Sections that are changed in the chat."""
Entry = dict[str, Any]
_BOOL = TypeAdapter(bool)
"""A document holds what somebody typed in YAML, `no` and `off` among it."""


@dataclass(frozen=True, slots=True)
class Made:
    """Whose word made a version."""

    by: str
    approved_by: str = ""


class SettingsDesk:
    """The newest there is, which nobody else changes meanwhile. Raises "settings-in-file" where the file keeps all."""

    def __init__(self, turn: Turn) -> None:
        self._turn = turn
        self._kept = kept_by_database(turn)
        self._versions = turn.uow.settings_of(self._kept.home)
        self._versions.lock()
        self._current = self._versions.current(turn.now)

    def entries(self, section: str) -> list[Entry]:
        """The entries of a list, to be changed."""
        version = self._current.get(section)
        return deepcopy(version.document) if version else []

    def require_admin(self, person: Person) -> None:
        """Whatever the process knew when the unit began. Raises "may-not-set"."""
        if person.id not in self.admins():
            raise Refused("may-not-set", name=person.name)

    def admins(self) -> list[str]:
        return [one["id"] for one in self.entries(PEOPLE) if is_active(one) and Role.ADMIN in roles_of(one)]

    def keep(self, section: str, document: Any, made: Made, kind: Kind, facts: Mapping[str, object]) -> SettingsVersion:
        """Make it the newest version, in effect at once. Raises "settings-mistakes"."""
        turn = self._turn
        if wrong := self._kept.mistakes(turn.uow, turn.now, {section: document}):
            raise Refused("settings-mistakes", mistakes=" ".join(wrong))
        version = SettingsVersion(section, 0, document, turn.now, turn.now, made.by, made.approved_by)
        return make(turn.uow, self._kept.home, kind, version, facts)


def kept_by_database(turn: Turn) -> KeptSettings:
    """Raises "settings-in-file"."""
    if turn.environment.settings is None:
        raise Refused("settings-in-file")
    return turn.environment.settings


def is_active(entry: Entry) -> bool:
    return _BOOL.validate_python(entry.get("active", True))


def roles_of(entry: Entry) -> list[Role]:
    return [Role(role) for role in entry.get("roles") or ()]
