"""Pictures that were uploaded: a platform knows each by an id, and for three days only."""

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

LIFE = timedelta(days=3)
_BEGINS = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpg"}


class Media:
    def __init__(self, now: Callable[[], datetime], prefix: str = "") -> None:
        self._now, self._prefix = now, prefix
        self._kept: dict[str, tuple[datetime, bytes]] = {}

    def keep(self, content: bytes) -> str:
        id = f"{self._prefix}{secrets.token_urlsafe(32)}"
        self._kept[id] = self._now(), content
        return id

    def get(self, id: str) -> bytes | None:
        """None: there is none of this id, or no more."""
        at, content = self._kept.get(id, (None, b""))
        return content if at is not None and self._now() - at < LIFE else None


def kind_of(content: bytes) -> str:
    """png or jpg, by its first bytes and whatever its name says; empty: no picture."""
    return next((kind for begin, kind in _BEGINS.items() if content.startswith(begin)), "")
