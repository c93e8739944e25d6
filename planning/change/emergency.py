"""Emergencies: in effect first, ratified afterwards, or taken back."""

from dataclasses import replace
from datetime import datetime

from planning.change.approval import end
from planning.change.change import Change, ChangeState
from planning.control.policy import Policy

FELL_THROUGH = (ChangeState.REJECTED, ChangeState.EXPIRED, ChangeState.WITHDRAWN, ChangeState.SUPERSEDED)


def approved_first(policy: Policy) -> Policy:
    """The policy of an emergency, which waits for the approval a fence asks for (docs/rules.md, I7)."""
    return replace(policy, ratify_hours=None) if policy.special else policy


def is_due_at_once(change: Change) -> bool:
    """True for a submitted emergency that does not wait for its approvals."""
    wanted = change.policy.ratify_hours is not None and change.state is ChangeState.IN_APPROVAL
    return wanted and not change.is_fully_approved


def put_in_effect(change: Change, revision: int) -> Change:
    """Put it in effect; its steps stay open until they are ratified."""
    return replace(change, state=ChangeState.PROVISIONAL, applied_revision=revision)


def ratify(change: Change, now: datetime) -> Change:
    """Confirm an emergency that everybody required has approved: the plan stays as it is."""
    return replace(change, state=ChangeState.APPLIED, ended_at=now)


def fell_through(change: Change) -> bool:
    """True for one that was in effect and has ended without being ratified: it has to be taken back."""
    return change.applied_revision is not None and change.state in FELL_THROUGH


def revert(change: Change, now: datetime) -> Change:
    """End one that a compensating change has taken back."""
    return replace(end(change, ChangeState.REVERTED, now), superseded_by="")
