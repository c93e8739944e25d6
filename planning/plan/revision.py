"""Revisions, each one applied change chained to the one before by its hash; baselines, the revisions with a name."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from planning.plan.plan import Plan
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
    """The hash of the impact, or of the imported rows."""
    prev_hash: str
    hash: str

    @classmethod
    def after(
        cls, parent: "Revision | None", plan: str, change: str, applied_at: datetime, applied_by: str, content: str
    ) -> "Revision":
        number, prev = (parent.number + 1, parent.hash) if parent else (1, GENESIS)
        known = (plan, number, change, applied_at, applied_by, content, prev)
        return cls(*known, cls(*known, "").seal())

    def seal(self) -> str:
        when = self.applied_at.isoformat()
        return digest(
            self.plan, self.number, self.change, when, self.applied_by, self.content_hash, self.prev_hash
        )


def content_hash(plan: Plan) -> str:
    """The hash of a whole plan's items and links, for a revision that brought it in. Independent of their order."""
    written = sorted(repr(part) for part in (*plan.items.values(), *plan.links))
    return hashlib.sha256("\n".join(written).encode()).hexdigest()


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
