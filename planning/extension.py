"""More time for those who decide."""

from dataclasses import replace
from datetime import datetime

from planning.change import Change, ChangeState
from planning.refusal import Refused


def extend(change: Change, until: datetime) -> Change:
    """The request with its deadline, and that of every step that waits, moved. Raises Refused unless people are
    deciding."""
    _require_deciding(change)
    steps = (replace(step, due_at=until) if step.state.is_undecided else step for step in change.steps)
    return replace(change, expires_at=until, steps=tuple(steps))


def _require_deciding(change: Change) -> None:
    match change.state:
        case ChangeState.DRAFT:
            raise Refused("not-submitted", no=change.no)
        case ChangeState.ON_HOLD:
            raise Refused("on-hold", no=change.no, windows=", ".join(change.held_by))
        case state if not state.is_deciding:
            raise Refused("change-ended", no=change.no, state=state.value)
