"""Text as every database and platform can take it."""

import re
from typing import Any

IMPOSSIBLE = re.compile("[\x00\ud800-\udfff]")
"""NUL, which PostgreSQL refuses, and halves of surrogate pairs, which JSON can hold and UTF-8 cannot."""


def clean(value: Any) -> Any:
    """Parsed JSON without them, all the way down."""
    if isinstance(value, str):
        return IMPOSSIBLE.sub("", value)
    if isinstance(value, dict):
        return {clean(name): clean(part) for name, part in value.items()}
    return [clean(part) for part in value] if isinstance(value, list) else value
