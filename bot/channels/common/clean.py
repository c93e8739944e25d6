"""What a platform sends, as every part behind can take it: text without impossible characters, tables of some depth."""

import json
import re
from typing import Any

IMPOSSIBLE = re.compile("[\x00\ud800-\udfff]")
"""NUL, which PostgreSQL refuses, and halves of surrogate pairs, which JSON can hold and UTF-8 cannot."""
DEEPEST = 100
"""Levels of lists and tables; a platform's cards and forwarded messages have a dozen."""


class TooDeep(ValueError):
    """More levels than anything a platform sends has, and than Python's stack takes."""


def parsed(text: str | bytes) -> Any:
    """JSON, clean. ValueError when it is none, or too deep."""
    try:
        return clean(json.loads(text))
    except RecursionError:
        raise TooDeep from None


def clean(value: Any, levels: int = DEEPEST) -> Any:
    """Parsed JSON without what is impossible, all the way down. Raises TooDeep."""
    if isinstance(value, str):
        return IMPOSSIBLE.sub("", value)
    if not isinstance(value, dict | list):
        return value
    if not levels:
        raise TooDeep
    if isinstance(value, dict):
        return {clean(name): clean(part, levels - 1) for name, part in value.items()}
    return [clean(part, levels - 1) for part in value]


def number(value: object, otherwise: int) -> int:
    """A whole number, however it is written."""
    try:
        return int(str(value))
    except ValueError:
        return otherwise
