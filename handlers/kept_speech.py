"""What was learnt of the choices of each plan's people, as it was learnt last."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from handlers.language.speech.learnt import NOTHING, Learnt


@dataclass
class KeptSpeech:
    """Shared by threads: another one takes the place of what was learnt before as a whole."""

    _by_plan: Mapping[str, Learnt] = field(default_factory=dict)

    def of(self, plan_id: str) -> Learnt:
        return self._by_plan.get(plan_id, NOTHING)

    def keep(self, plan_id: str, learnt: Learnt) -> None:
        self._by_plan = {**self._by_plan, plan_id: learnt}
