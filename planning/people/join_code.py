"""Six digits that join the accounts of one person: shown on one platform, typed on another."""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

LIFE = timedelta(minutes=10)
_DIGITS = re.compile(r"(\d{3})\s?(\d{3})", re.ASCII)


@dataclass(frozen=True, slots=True)
class JoinCode:
    person: str
    platform: str
    """Where it is shown."""
    conversation: str
    digest: str
    until: datetime
    """UTC."""
    used_at: datetime | None = None

    def opens(self, now: datetime) -> bool:
        return self.used_at is None and now < self.until


def new_digits() -> str:
    return f"{secrets.randbelow(10**6):06}"


def digits_of(text: str) -> str:
    """The six digits that a message is, and nothing else; empty: it is something else."""
    found = _DIGITS.fullmatch(text.strip())
    return "".join(found.groups()) if found else ""


def hash_of(digits: str) -> str:
    """What is kept of them. It hides them from whoever passes by: a million are soon tried, and ten minutes later they
    open nothing."""
    return sha256(f"join:{digits}".encode()).hexdigest()
