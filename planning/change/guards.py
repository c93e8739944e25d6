"""Guards on the state of a change request, in the order they are usually asked; each raises Refused."""

from collections.abc import Sequence

from planning.change.change import Change, ChangeState
from planning.plan.impact import Impact
from planning.plan.operation import Operation
from planning.refusal import Refused


def require_open(change: Change) -> None:
    """Raise "change-ended" of a request that has ended."""
    if not change.state.is_open:
        raise Refused("change-ended", no=change.no, state=change.state.value)


def require_submitted(change: Change) -> None:
    """Raise "not-submitted" of a draft."""
    if change.state is ChangeState.DRAFT:
        raise Refused("not-submitted", no=change.no)


def require_not_held(change: Change) -> None:
    """Raise "on-hold" of a request a lockdown holds."""
    if change.state is ChangeState.ON_HOLD:
        raise Refused("on-hold", no=change.no, windows=", ".join(change.held_by))


def require_deciding(change: Change) -> None:
    """Raise the first of them that keeps people from deciding on it now."""
    require_open(change)
    require_submitted(change)
    require_not_held(change)


def require_effect(impact: Impact, operations: Sequence[Operation]) -> None:
    """Raise the first reason why it cannot be done; "nothing-changes" where there is nothing to do."""
    if impact.refused:
        raise Refused(impact.refused[0].code, **impact.refused[0].facts)
    if impact.is_empty:
        raise Refused("nothing-changes", item=operations[0].item)
