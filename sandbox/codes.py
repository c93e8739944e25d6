"""Codes that a browser brings from a platform's log-in: each once, for some minutes, for one app."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sandbox.world import Person

GOOD_FOR = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Issued:
    person: Person
    app: str
    """The app and the way that it was asked for: good for no other."""
    until: datetime


class Codes:
    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._issued: dict[str, Issued] = {}

    def issue(self, person: Person, app: str) -> str:
        code = secrets.token_hex(16)
        self._issued[code] = Issued(person, app, self._now() + GOOD_FOR)
        return code

    def take(self, code: object, app: str) -> Person | None:
        """Whose it is; None: unknown, used, expired, or another app's, which uses it up as well."""
        found = self._issued.pop(str(code), None)
        return found.person if found and found.app == app and self._now() < found.until else None
