"""A revision: one applied change, chained to the one before by its hash."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime

from planning.plan import Plan

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class Revision:
    """`prev_hash` is the parent's `hash`; an edit of any earlier revision breaks every later one."""

    plan: str
    number: int
    change: str
    """The change request's number, or what brought the plan in (`import …`)."""
    applied_at: datetime
    applied_by: str
    content_hash: str
    """Of what the change did: the impact's hash, or of the imported rows."""
    prev_hash: str
    hash: str

    @classmethod
    def after(
        cls, parent: "Revision | None", plan: str, change: str, applied_at: datetime, applied_by: str, content: str
    ) -> "Revision":
        number = parent.number + 1 if parent else 1
        prev = parent.hash if parent else GENESIS
        link = json.dumps([plan, number, change, applied_at.isoformat(), applied_by, content, prev])
        digest = hashlib.sha256(link.encode()).hexdigest()
        return cls(plan, number, change, applied_at, applied_by, content, prev, digest)


def content_hash(plan: Plan) -> str:
    """Of a whole plan's items and links, for a revision that brought it in. Independent of their order."""
    written = sorted(repr(part) for part in (*plan.items.values(), *plan.links))
    return hashlib.sha256("\n".join(written).encode()).hexdigest()


def first_broken(chain: list[Revision]) -> Revision | None:
    """The first revision, oldest first, that does not follow from its parent (invariant 1); None: the chain holds."""
    parent: Revision | None = None
    for revision in chain:
        expected = Revision.after(
            parent, revision.plan, revision.change, revision.applied_at, revision.applied_by, revision.content_hash
        )
        if revision != expected:
            return revision
        parent = revision
    return None
