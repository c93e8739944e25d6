"""The settings as the database keeps them, for who may see them."""

from typing import Any

from bot.settings.model import IN_DATABASE
from bot.web.platform.problem import Problem
from handlers.govern.kept_settings import kept_by_database
from handlers.govern.settings_fields import IN_CHAT
from handlers.settings import KeptSettings
from handlers.turn import Turn
from planning.people.organisation import Person, Role
from planning.refusal import Refused
from storage.control.settings_versions import SettingsVersions


def kept_for(turn: Turn, person: Person) -> tuple[KeptSettings, SettingsVersions]:
    """Raises Refused: "settings-in-file", "may-not-set"."""
    kept = kept_by_database(turn)
    if Role.ADMIN not in person.roles:
        raise Refused("may-not-set", name=person.name)
    return kept, turn.uow.settings_of(kept.home)


def require_section(section: str) -> None:
    """Raises Problem 404."""
    if section not in IN_DATABASE:
        raise Problem(404, "unknown-setting")


def require_editable(section: str) -> None:
    """Raises Problem 404, also of what is changed where people talk."""
    require_section(section)
    if section in IN_CHAT:
        raise Problem(404, "unknown-setting")


def document_of(turn: Turn, section: str, number: int | None = None) -> Any:
    """What a section says now; `number`: what it said in that version, 0: before there was one."""
    kept = kept_by_database(turn)
    versions = turn.uow.settings_of(kept.home)
    version = versions.current(turn.now).get(section) if number is None else versions.get(number)
    if version and version.section != section:
        raise Problem(404, "unknown-setting")
    found = version.document if version else kept.unwritten(section)
    return list(found) if isinstance(found, list) else found


def number_of(versions: SettingsVersions, turn: Turn, section: str) -> int:
    """Number of the version in force, which a form is filled from; 0: there is none."""
    version = versions.current(turn.now).get(section)
    return version.number if version else 0
