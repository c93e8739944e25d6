"""Sources of what a plan is told, and how old the last word of each is."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

CHAT = "chat"
IMPORT = "import"
STOCK = "stock"
LATE, STALE = 1, 1.5
"""Times the expected interval, above which a source is so."""


class Freshness(StrEnum):
    FRESH = "fresh"
    LATE = "late"
    STALE = "stale"


@dataclass(frozen=True, slots=True)
class Source:
    """One that the settings describe: a token (`api:<name>`), CHAT, IMPORT or STOCK."""

    id: str
    name: str = ""
    expected_wh: float = 0
    """Working hours within which it is expected to speak again; 0: nothing is expected of it."""
    owner: str = ""


@dataclass(frozen=True, slots=True)
class SourceAge:
    """The age of a source in working hours: since its last word, or since it was set up where it has never spoken."""

    id: str
    name: str
    age_wh: float
    expected_wh: float = 0
    owner: str = ""
    heard_at: datetime | None = None
    """None: it has never spoken."""

    @property
    def freshness(self) -> Freshness:
        if not self.expected_wh or self.age_wh <= self.expected_wh * LATE:
            return Freshness.FRESH
        return Freshness.LATE if self.age_wh <= self.expected_wh * STALE else Freshness.STALE


def id_of(written: str) -> str:
    """The source of what a ledger names as its writer: `import:plan.csv` is an IMPORT."""
    return IMPORT if written.startswith(f"{IMPORT}:") else written
