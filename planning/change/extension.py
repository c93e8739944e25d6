"""More time for those who decide."""

from dataclasses import replace
from datetime import datetime

from planning.change.change import Change
from planning.change.guards import require_deciding


def extend(change: Change, until: datetime) -> Change:
    """The request with its deadline, and that of every step that waits, moved. Raises Refused unless people are
    deciding."""
    require_deciding(change)
    steps = (replace(step, due_at=until) if step.state.is_undecided else step for step in change.steps)
    return replace(change, expires_at=until, steps=tuple(steps))
