"""Reading a request's JSON body, and refusing what has the wrong type."""

from collections.abc import Mapping
from typing import Any

from sandbox.dingtalk.refusal import Refusal

Json = Mapping[str, Any]


def text(body: Json, name: str, code: str) -> str:
    """A required, non-empty string."""
    value = body.get(name)
    if not isinstance(value, str) or not value:
        raise Refusal(code, f"{name} must be a non-empty string, found {value!r}")
    return value


def table(body: Json, name: str, code: str) -> dict[str, Any]:
    """A required JSON object."""
    value = body.get(name)
    if not isinstance(value, dict):
        raise Refusal(code, f"{name} must be an object, found {value!r}")
    return value


def flag(body: Json, name: str, code: str, default: bool | None = None) -> bool:
    """A boolean; required unless a default is given."""
    value = body.get(name, default)
    if not isinstance(value, bool):
        raise Refusal(code, f"{name} must be true or false, found {value!r}")
    return value


def only(body: Json, allowed: frozenset[str], where: str, code: str) -> None:
    """Refuse fields the documentation does not know: a real server ignores a misspelt one in silence."""
    if unknown := sorted(set(body) - allowed):
        raise Refusal(code, f"{where} has unknown fields: {', '.join(unknown)}")
