"""One reading of a platform's directory: asked for by somebody, by the week or by an event, and gone on with after a
break."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

GONE_ON_WITH = timedelta(hours=1)
"""After which what was read of one that broke off is too old to be gone on with."""
LEASE = timedelta(minutes=2)
"""How long a process may take for one answer: then another may take it over."""
MOST_TRIES = 12
"""In a row, of one question."""


class RunState(StrEnum):
    READING = "reading"
    READ = "read"
    """It is shown, and waits for an admin's word."""
    FAILED = "failed"
    OVER = "over"
    """Applied or not, or there is a newer one; nobody's name is kept of it."""


@dataclass(frozen=True, slots=True)
class DirectoryRun:
    platform: str
    questions: tuple[str, ...]
    """Those it begins with; more come up."""
    asked_by: str
    """A person's id; empty: the week, or an event."""
    conversation: str
    """Where it was asked for."""
    begun_at: datetime
    due_at: datetime
    """When it is gone on with; both are UTC."""
    users: tuple[str, ...] | None = None
    """Whom it is about, by what the platform calls them; None: the whole directory."""
    state: RunState = RunState.READING
    tries: int = 0
    """Failed ones, since the last answer."""
    trouble: str = ""
    number: int = 0

    @property
    def is_whole(self) -> bool:
        return self.users is None
