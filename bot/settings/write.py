"""Sections as a settings file holds them, and how two differ."""

import difflib
from collections.abc import Mapping
from typing import Any

import yaml


def as_yaml(sections: Mapping[str, Any]) -> str:
    """Text that is read again as the same sections."""
    return yaml.safe_dump(dict(sections), allow_unicode=True, sort_keys=False, width=110) if sections else ""


def difference(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Lines that are no more, and lines that are new, with those around them."""
    told = difflib.unified_diff(as_yaml(before).splitlines(), as_yaml(after).splitlines(), lineterm="", n=2)
    return [line for line in list(told)[2:] if not line.startswith("@@")]
