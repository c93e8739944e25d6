"""What was worked out of each plan's newest state: the same question of the same facts is not worked out again."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from threading import Lock
from typing import TypeVar, cast

from planning.plan.plan import Plan

Result = TypeVar("Result")
MOST = 40
"""Results of one plan; the one that was asked for longest ago goes first."""


@dataclass
class _OfPlan:
    plan: Plan
    results: OrderedDict[Hashable, object] = field(default_factory=OrderedDict)


@dataclass
class KeptResults:
    """Shared by threads. Results are read and never changed; with another state of the plan all of them go."""

    _of: dict[str, _OfPlan] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def once(self, plan: Plan, question: Hashable, work: Callable[[], Result]) -> Result:
        """`question`: its name and every fact that its answer hangs on beside the plan and the settings."""
        with self._lock:
            known = self._of.get(plan.id)
            if known and known.plan is plan and question in known.results:
                known.results.move_to_end(question)
                return cast(Result, known.results[question])
        found = work()
        with self._lock:
            known = self._of.get(plan.id)
            if known is None or known.plan is not plan:
                if known and known.plan.revision > plan.revision:  # a reader of an older snapshot
                    return found
                known = self._of[plan.id] = _OfPlan(plan)
            known.results[question] = found
            while len(known.results) > MOST:
                known.results.popitem(last=False)
        return found
