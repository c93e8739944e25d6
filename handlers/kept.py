"""What was worked out of each plan last, and how far its rows were read: the next question costs what came since."""

from dataclasses import dataclass, field
from threading import Lock
from typing import Generic, NamedTuple, Self, TypeVar

from planning.plan.plan import Plan
from storage.unit_of_work import UnitOfWork


class Seen(NamedTuple):
    """Numbers of the last count and of the last report."""

    counts: int
    reports: int

    @classmethod
    def of(cls, uow: UnitOfWork) -> "Seen":
        return cls(uow.counts.last(), uow.reports.last())


@dataclass(frozen=True, slots=True)
class Known:
    seen: Seen
    plan: Plan

    def is_newer_than(self, seen: Seen, plan: Plan) -> bool:
        """Check whether it knows of what a snapshot does not have yet."""
        is_of_later = self.seen.counts > seen.counts or self.seen.reports > seen.reports
        return is_of_later or self.plan.revision > plan.revision

    def replaces(self, before: Self) -> bool:
        return not before.is_newer_than(self.seen, self.plan)


K = TypeVar("K", bound=Known)


@dataclass
class Kept(Generic[K]):
    """Shared by threads. Only what is committed is kept."""

    _known: dict[str, K] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def of(self, plan_id: str) -> K | None:
        return self._known.get(plan_id)

    def keep(self, known: K) -> None:
        """Unless somebody has kept a newer one meanwhile."""
        with self._lock:
            before = self._known.get(known.plan.id)
            if before is None or known.replaces(before):
                self._known[known.plan.id] = known
