"""The settings that the database keeps, as they are read and changed in the chat."""

import re
from collections.abc import Collection, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, count
from typing import Any

from pydantic import TypeAdapter

from handlers.settings import KeptSettings, make, wrong_from
from handlers.turn import Turn
from planning.control.settings_merge import Clash
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
        if not turn.uow.is_snapshot:  # there nothing is changed
            self._versions.lock()
        self._current = self._versions.current(turn.now)

    def document(self, section: str, at: datetime) -> Any:
        """What a section says at that instant, to be changed."""
        version = self._versions.current(at).get(section)
        return deepcopy(version.document) if version else self._kept.unwritten(section)

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

    def require_right(self, section: str, document: Any, at: datetime) -> None:
        """Raises "settings-mistakes"."""
        if wrong := self._kept.mistakes(self._turn.uow, at, {section: document}):
            raise Refused("settings-mistakes", mistakes=" ".join(wrong))

    def _require_right_from(self, version: SettingsVersion) -> None:
        """Raises "settings-mistakes" and, of a later day, "settings-mistakes-later"; "settings-later"."""
        try:
            found = wrong_from(self._kept, self._turn.uow, [version])
        except Clash as clash:
            raise Refused("settings-later", section=version.section, where=clash.where) from None
        if found is None:
            return
        moment, wrong = found
        if moment == version.effective_from:
            raise Refused("settings-mistakes", mistakes=" ".join(wrong))
        day = moment.astimezone(self._turn.environment.zone).date()
        raise Refused("settings-mistakes-later", day=day.isoformat(), mistakes=" ".join(wrong))

    def admins_here(self) -> list[str]:
        """Those who take part in this plan: nobody else sees its cards."""
        return [one for one in self.admins() if one in self._turn.organisation.people]

    def keep(
        self, section: str, document: Any, made: Made, kind: Kind, facts: Mapping[str, object],
        since: datetime | None = None, note: str = "",
    ) -> SettingsVersion:  # fmt: skip
        """Make it the newest version, in effect from that instant on; None: at once. Raises "settings-mistakes",
        "settings-mistakes-later" where they would be wrong once another version takes effect, and "settings-later"
        where one says otherwise."""
        turn, home = self._turn, self._kept.home
        at = since or turn.now
        version = SettingsVersion(section, 0, document, at, turn.now, made.by, made.approved_by, note)
        self._require_right_from(version)
        return make(turn.uow, home, kind, version, facts)


def kept_by_database(turn: Turn) -> KeptSettings:
    """Raises "settings-in-file"."""
    if turn.environment.settings is None:
        raise Refused("settings-in-file")
    return turn.environment.settings


def free_id(account: str, platform: str, taken: Collection[str]) -> str:
    """An id for somebody new, as close to their account as people type ids."""
    wanted = re.sub(r"[^0-9A-Za-z._-]+", "-", account).strip("-.") or platform
    further = (f"{wanted}-{n}" for n in count(2))
    return next(id for id in chain((wanted, f"{wanted}-{platform}"), further) if id not in taken)


def is_active(entry: Entry) -> bool:
    return _BOOL.validate_python(entry.get("active", True))


def roles_of(entry: Entry) -> list[Role]:
    return [Role(role) for role in entry.get("roles") or ()]
