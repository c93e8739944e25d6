"""Reading JSON that came from a bot, and refusing what has the wrong type or size."""

from collections.abc import Mapping
from typing import Any

from sandbox.wecom.refusal import INVALID_PARAMETER, TOO_LONG, Refusal

Json = Mapping[str, Any]


def refuse(why: str, code: int = INVALID_PARAMETER) -> Refusal:
    return Refusal(code, why)


def text(body: Json, name: str, where: str, limit: int | None = None, *, required: bool = True) -> str:
    """A string of at most `limit` characters; empty when it is missing and not required."""
    value = body.get(name, "")
    if not isinstance(value, str) or (required and not value):
        raise refuse(f"{where}{name} must be a {'non-empty ' * required}string, found {value!r}")
    if limit is not None and len(value) > limit:
        raise refuse(f"{where}{name} has {len(value)} characters, at most {limit}", TOO_LONG)
    return value


def sized(body: Json, name: str, where: str, limit: int) -> str:
    """A required string of at most `limit` bytes."""
    value = text(body, name, where)
    if (size := len(value.encode())) > limit:
        raise refuse(f"{where}{name} has {size} B, at most {limit} B", TOO_LONG)
    return value


def number(body: Json, name: str, where: str, allowed: range | tuple[int, ...], default: int | None = None) -> int:
    value = body.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int) or value not in allowed:
        raise refuse(f"{where}{name} must be a number from {allowed[0]} to {allowed[-1]}, found {value!r}")
    return value


def table(body: Json, name: str, where: str = "") -> Json:
    value = body.get(name)
    if not isinstance(value, dict):
        raise refuse(f"{where}{name} must be an object, found {value!r}")
    return value


def rows(body: Json, name: str, where: str, limit: int, least: int = 1) -> list[Json]:
    """A list of objects; empty when the field is missing and `least` is 0."""
    value = body.get(name, [] if least == 0 else None)
    if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
        raise refuse(f"{where}{name} must be a list of objects")
    if not least <= len(value) <= limit:
        raise refuse(f"{where}{name} has {len(value)} entries, {least} to {limit} are allowed")
    return value


def only(body: Json, allowed: frozenset[str] | set[str], where: str) -> None:
    """Refuse unknown fields: the real platform ignores them in silence and draws nothing (rule W12)."""
    if unknown := sorted(set(body) - allowed):
        raise refuse(f"{where} has unknown fields: {', '.join(unknown)}")


def names(body: Json, name: str, limit: int) -> list[str]:
    """A list of strings; empty when the field is missing."""
    value = body.get(name, [])
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value) or len(value) > limit:
        raise refuse(f"{name} must be a list of at most {limit} strings")
    return value
