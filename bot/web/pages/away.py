"""What a browser keeps while it is away at a platform to log in, and is known by when it comes back."""

import hmac
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_hex
from urllib.parse import quote, unquote

LIFE = timedelta(minutes=10)
LONGEST_PATH = 1500
"""Bytes of the page that it wanted, as a cookie holds them."""
_STATE = re.compile(r"[0-9a-f]{64}")
"""The moment and a secret, of letters and figures alone: platforms take no others, and at most 128."""


@dataclass(frozen=True, slots=True)
class Away:
    platform: str
    state: str
    """What it brings back."""
    path: str
    """The page that it wanted."""

    @classmethod
    def at(cls, platform: str, path: str, now: datetime) -> "Away":
        kept = path if len(quote(path, safe="")) <= LONGEST_PATH else "/overview"
        return cls(platform, f"{int(now.timestamp()):08x}{token_hex(28)}", kept)

    @classmethod
    def read(cls, cookie: str) -> "Away | None":
        """What a cookie says; None: nothing of ours."""
        platform, state, path = (*cookie.split(".", 2), "", "")[:3]
        return cls(platform, state, unquote(path)) if _STATE.fullmatch(state) else None

    @property
    def cookie(self) -> str:
        return f"{self.platform}.{self.state}.{quote(self.path, safe='')}"

    def knows(self, platform: str, brought: str, now: datetime) -> bool:
        """Check whether this is what came back, in time."""
        begun = int(self.state[:8], 16)
        in_time = begun <= now.timestamp() < begun + LIFE.total_seconds() + 1
        return platform == self.platform and in_time and hmac.compare_digest(brought.encode(), self.state.encode())
