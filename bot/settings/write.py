"""Sections as a settings file holds them, and how two differ."""

import difflib
from collections.abc import Mapping
from typing import Any

import yaml

from bot.settings.model import Settings
from planning.control.authority import DEFAULT_GRANTS
from planning.people.masks import DEFAULT_MASKS


def as_yaml(sections: Mapping[str, Any]) -> str:
    """Text that is read again as the same sections."""
    return yaml.safe_dump(dict(sections), allow_unicode=True, sort_keys=False, width=110) if sections else ""


def unwritten(section: str) -> Any:
    """What a section says where nobody has written it, as it would be written."""
    if section == "authority":
        return [{"who": grant.who} for grant in DEFAULT_GRANTS]
    if section == "masked":
        return typed([{"fields": mask.fields, "roles": sorted(mask.roles)} for mask in DEFAULT_MASKS])
    told = Settings().model_dump(mode="json", by_alias=True)[section]
    return [] if told is None else typed(told)


def typed(value: Any) -> Any:
    """A value as somebody types it: what is left out is not there, and all the rest is text."""
    if isinstance(value, Mapping):
        return {key: typed(one) for key, one in value.items() if one is not None}
    if isinstance(value, list | tuple):
        return [typed(one) for one in value]
    return str(value).lower() if isinstance(value, bool) else str(value)


def difference(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Lines that are no more, and lines that are new, with those around them."""
    told = difflib.unified_diff(as_yaml(before).splitlines(), as_yaml(after).splitlines(), lineterm="", n=2)
    return [line for line in list(told)[2:] if not line.startswith("@@")]
