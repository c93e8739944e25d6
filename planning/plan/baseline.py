"""Baselines: revisions with a name, to compare with later."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class BaselineKind(StrEnum):
    """Domain part 1, and `import`: the plan as it was first brought in."""

    IMPORT = "import"
    PROMISE = "promise"
    """What was agreed with those who wait for it: 为什么 and 对比 measure against the newest of these."""
    WEEKLY = "weekly"
    MONTHLY = "monthly"


@dataclass(frozen=True, slots=True)
class Baseline:
    """Frozen: neither its revision nor what that revision was can change."""

    name: str
    revision: int
    kind: BaselineKind
    frozen_at: datetime
    """UTC."""
    frozen_by: str
    """A person's id, or who ran the import."""
