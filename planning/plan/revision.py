"""Revisions, each one applied change chained to the one before by its hash; baselines, the revisions with a name."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from planning.trail.chain import GENESIS, digest, first_break


@dataclass(frozen=True, slots=True)
class Revision:
    """A revision; `prev_hash` is the parent's `hash`: an edit of any earlier revision breaks every later one."""

    plan: str
    number: int
    change: str
    """The change request's number, or the import that brought the plan in (`import …`)."""
    applied_at: datetime
    applied_by: str
    content_hash: str
    """The hash of the impact, or of what a table brought."""
    prev_hash: str
    hash: str
    plan_hash: str = ""
    """The hash of the plan after it (`planning.plan.content`); empty: it was made before plans were hashed."""
    stock_hash: str = ""

    @classmethod
    def after(
        cls,
        parent: "Revision | None",
        plan: str,
        change: str,
        applied_at: datetime,
        applied_by: str,
        content: str,
        sealed: tuple[str, str] = ("", ""),
    ) -> "Revision":
        """`sealed`: the hashes of the plan after it, and of its stock."""
        number, prev = (parent.number + 1, parent.hash) if parent else (1, GENESIS)
        known = (plan, number, change, applied_at, applied_by, content, prev)
        return cls(*known, cls(*known, "", *sealed).seal(), *sealed)

    def seal(self) -> str:
        when = self.applied_at.isoformat()
        known = (self.plan, self.number, self.change, when, self.applied_by, self.content_hash, self.prev_hash)
        return digest(*known, *(self.plan_hash and (self.plan_hash, self.stock_hash)))


def first_broken(chain: Iterable[Revision]) -> Revision | None:
    """The first revision, oldest first, that does not follow from its parent (docs/rules.md, I1); None: it holds."""
    broken = first_break(chain)
    return broken.entry if broken else None


class BaselineKind(StrEnum):
    IMPORT = "import"
    """The plan as it was first brought in."""
    PROMISE = "promise"
    """The plan agreed with those who wait for it: 为什么 and 对比 measure against the newest of these."""
    WEEKLY = "weekly"
    MONTHLY = "monthly"


@dataclass(frozen=True, slots=True)
class Baseline:
    """A revision with a name, to compare with later. Neither its revision nor what that revision was can change."""

    name: str
    revision: int
    kind: BaselineKind
    frozen_at: datetime
    """UTC."""
    frozen_by: str
    """A person's id, or who ran the import."""
