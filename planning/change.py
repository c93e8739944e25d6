"""A change request and its approval steps: the values. What may happen to them is `planning/approval`."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from planning.impact import Impact, Line
from planning.operation import Operation
from planning.policy import ORDINARY, Policy


class ChangeState(StrEnum):
    """Domain part 2, as far as the product uses it."""

    DRAFT = "draft"
    IN_APPROVAL = "in_approval"
    APPLIED = "applied"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    FAILED = "failed"
    """Approved, but the plan had moved on so that it can no longer be done."""

    @property
    def is_open(self) -> bool:
        return self in (ChangeState.DRAFT, ChangeState.IN_APPROVAL)


class StepState(StrEnum):
    OPEN = "open"
    APPROVED = "approved"
    REJECTED = "rejected"
    NOT_REQUIRED = "not_required"


class Verdict(StrEnum):
    APPROVE = "approve"
    REJECT = "reject"
    TRANSFER = "transfer"


@dataclass(frozen=True, slots=True)
class Decision:
    """What one person said on one step. Append-only; `impact_hash` is the effect that person saw."""

    person: str
    verdict: Verdict
    at: datetime
    impact_hash: str
    comment: str = ""
    channel: str = ""
    """Where it came from: a platform, or `api`."""
    to: str = ""
    """Whom a transfer names."""
    acting_for: str = ""
    """The approver on leave whose word this person gives; empty: their own."""


@dataclass(frozen=True, slots=True)
class Step:
    """One department's say. Any one of its approvers decides (或签)."""

    department: str
    approvers: tuple[str, ...]
    state: StepState = StepState.OPEN
    due_at: datetime | None = None
    opened_at: datetime | None = None
    round: int = 1
    """The round of the change request in which it was (last) opened; a card of another round is an old card."""
    decisions: tuple[Decision, ...] = ()
    fallback: bool = False
    """The department has no approver who may decide: the coordinator's side stands in (edge cases 9 and 10)."""


@dataclass(frozen=True, slots=True)
class Change:
    """A change request. All instants are UTC."""

    plan: str
    no: str
    """CR-YYYYMMDD-nnn, the date in the plan's time zone."""
    proposer: str
    """A person id, or `api:<token name>`."""
    operations: tuple[Operation, ...]
    impact: Impact
    base_revision: int
    created_at: datetime
    reason: str = ""
    text: str = ""
    """The command as it was typed."""
    origin: str = ""
    """The conversation it was typed in; empty: the API."""
    klass: str = "normal"
    """standard (applied at once inside its bounds), normal, or emergency."""
    policy: Policy = ORDINARY
    """The rule and the fences it was submitted under."""
    state: ChangeState = ChangeState.DRAFT
    steps: tuple[Step, ...] = ()
    submitted_at: datetime | None = None
    expires_at: datetime | None = None
    ended_at: datetime | None = None
    applied_revision: int | None = None
    round: int = 1
    """Counts the times its impact was recomputed while people were deciding."""
    row_version: int = field(default=0, compare=False)

    @property
    def is_fully_approved(self) -> bool:
        return all(step.state in (StepState.APPROVED, StepState.NOT_REQUIRED) for step in self.steps)

    @property
    def waiting(self) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if step.state is StepState.OPEN)

    @property
    def informed(self) -> tuple[str, ...]:
        """The departments that are told when it is in effect, unless they are asked: nobody affected is left out."""
        return tuple(dict.fromkeys((*self.impact.informed, *self.policy.inform, *self.impact.departments)))

    def lines_for(self, department: str) -> tuple[Line, ...]:
        """The lines somebody who is asked decides on: their own; of a fence, those of the items inside; else all."""
        if own := self.impact.lines_of(department):
            return own
        inside = {breach.item for breach in self.policy.breaches if department in breach.approvals}
        if inside:
            return tuple(line for line in self.impact.lines if line.item in inside)
        return self.impact.lines if department in self.policy.named else ()

    def step_of(self, department: str) -> Step | None:
        return next((step for step in self.steps if step.department == department), None)
