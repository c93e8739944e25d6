"""A change request and its approval steps, as values; `planning/change/approval` holds their transitions."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from planning.control.policy import ORDINARY, Policy
from planning.people.principal import Principal
from planning.plan.impact import Impact, Line
from planning.plan.operation import Operation
from planning.subject import Subject


class ChangeState(StrEnum):
    """The states of a change request; the arrows between them are functions of `planning/change`."""

    DRAFT = "draft"
    IN_APPROVAL = "in_approval"
    ON_HOLD = "on_hold"
    """A lockdown holds it: nobody decides and its time stands still until the lockdown is lifted."""
    PROVISIONAL = "provisional"
    """An emergency in effect, for which the departments are still to give their word."""
    APPLIED = "applied"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    SUPERSEDED = "superseded"
    """Another request took its place."""
    REVERTED = "reverted"
    """It was in effect; a compensating change took it back."""
    FAILED = "failed"
    """Approved, but the plan had moved on so that it can no longer be done."""

    @property
    def is_open(self) -> bool:
        return self is ChangeState.DRAFT or self.is_pending

    @property
    def is_pending(self) -> bool:
        """Submitted and not ended."""
        return self.is_deciding or self is ChangeState.ON_HOLD

    @property
    def is_deciding(self) -> bool:
        """People are asked for their word now."""
        return self in (ChangeState.IN_APPROVAL, ChangeState.PROVISIONAL)

    @property
    def is_in_effect(self) -> bool:
        """The plan carries it."""
        return self in (ChangeState.PROVISIONAL, ChangeState.APPLIED)


class StepState(StrEnum):
    OPEN = "open"
    APPROVED = "approved"
    REJECTED = "rejected"
    CHANGES_REQUESTED = "changes_requested"
    """An approver wants another proposal; the proposer's word is waited for, the approver may still decide."""
    NOT_REQUIRED = "not_required"

    @property
    def is_undecided(self) -> bool:
        return self in (StepState.OPEN, StepState.CHANGES_REQUESTED)


class Verdict(StrEnum):
    APPROVE = "approve"
    REJECT = "reject"
    MODIFY = "modify"
    """Not like this: the comment says what to propose instead."""
    TRANSFER = "transfer"


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's word on a step. Append-only; `impact_hash` is the effect that person saw."""

    person: str
    verdict: Verdict
    at: datetime
    impact_hash: str
    comment: str = ""
    channel: str = ""
    """A platform, or `api`."""
    to: str = ""
    """The person a transfer names."""
    acting_for: str = ""
    """The approver on leave whose word this person gives; empty: their own."""
    round: int = 1
    """The round of the step it was said in: a word of an earlier round does not count any more."""

    @property
    def seat(self) -> str:
        """The person in whose name it was said."""
        return self.acting_for or self.person


@dataclass(frozen=True, slots=True)
class Step:
    """One department's say: of so many of its approvers as it `needs`."""

    department: str
    approvers: tuple[str, ...]
    state: StepState = StepState.OPEN
    due_at: datetime | None = None
    opened_at: datetime | None = None
    round: int = 1
    """The round of the change request in which it was (last) opened; a card of another round is an old card."""
    decisions: tuple[Decision, ...] = ()
    fallback: bool = False
    """The coordinator's side stands in: the department has no approver who may decide (edge cases 9 and 10)."""
    needs: int = 1
    """The number of different people who have to approve: 1 is 或签, all that were asked is 会签, else k of n."""
    optional: bool = False
    """Asked, but not waited for."""
    any_deputy: bool = False
    """A deputy who was named may decide whatever their role."""

    @property
    def last_words(self) -> tuple[Decision, ...]:
        """The last word of each person and of each seat in this round, in the order they were said: a deputy and who is
        away have one between them. A transfer is no word on it."""
        said = list[Decision]()
        for decision in self.decisions:
            if decision.round == self.round and decision.verdict is not Verdict.TRANSFER:
                said = [one for one in said if one.person != decision.person and one.seat != decision.seat]
                said.append(decision)
        return tuple(said)

    @property
    def waits_since(self) -> datetime | None:
        """The instant the present wait began: opened for its approvers, sent back by one of them to its proposer, or
        handed to its approvers again by the last of those who took that back."""
        returned = [said.at for said in self.last_words if said.verdict is Verdict.MODIFY]
        if returned:
            return min(returned)
        sent_back = {s.person for s in self.decisions if s.verdict is Verdict.MODIFY and s.round == self.round}
        return max((said.at for said in self.last_words if said.person in sent_back), default=self.opened_at)

    @property
    def votes(self) -> tuple[Decision, ...]:
        """The approvals that stand; one person has one vote, whoever they act for."""
        return tuple(said for said in self.last_words if said.verdict is Verdict.APPROVE)

    @property
    def voters(self) -> tuple[str, ...]:
        return tuple(vote.person for vote in self.votes)

    @property
    def taken(self) -> tuple[str, ...]:
        """The seats that have been voted for, each once: a deputy fills the seat of who is away."""
        return tuple(dict.fromkeys(vote.seat for vote in self.votes))

    @property
    def missing(self) -> int:
        """The number of approvals it still waits for. No person and no seat counts twice."""
        return max(0, self.needs - len(self.taken))

    @property
    def silent(self) -> tuple[str, ...]:
        """Approvers who may still give theirs."""
        return tuple(person for person in self.approvers if person not in (*self.taken, *self.voters))


PREVIEW = "PV-"
"""Beginning of a preview's key."""
_PREVIEW = re.compile(rf"{PREVIEW}[0-9a-f]{{10}}")


def is_preview(no: str) -> bool:
    """Tell a preview's key from a number, which people can use."""
    return bool(_PREVIEW.fullmatch(no))


@dataclass(frozen=True, slots=True)
class Change:
    """A change request. All instants are UTC."""

    plan: str
    no: str
    """CR-YYYYMMDD-nnn, the date in the plan's time zone; of a preview in a chat a key of its own (PREVIEW) until it is
    submitted."""
    proposer: str
    """As `author` is written."""
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
    supersedes: tuple[str, ...] = ()
    """The requests whose place it takes when it is submitted; from then on, those whose place it took."""
    also_by: tuple[str, ...] = ()
    """Proposers of the requests whose place it takes, other than its own."""
    superseded_by: str = ""
    """The request that took its place."""
    suggested_by: str = ""
    """The person who proposed this instead of a change they rejected; empty: nobody."""
    reverts: str = ""
    """The change it takes back."""
    held_at: datetime | None = None
    """The instant from which a lockdown holds it."""
    held_by: tuple[str, ...] = ()
    """The freeze windows that hold it."""
    facts_of: str = ""
    """The item whose reports have led to it; empty: no report has."""
    row_version: int = field(default=0, compare=False)

    @property
    def subject(self) -> Subject:
        """The subject its cards name."""
        return Subject.of_change(self.no)

    @property
    def is_numbered(self) -> bool:
        """Tell whether people have a number for it: a preview that is looked at and left uses none up."""
        return not is_preview(self.no)

    @property
    def author(self) -> Principal:
        """The proposer: a person, another system, or the product itself."""
        return Principal.parse(self.proposer)

    @property
    def proposers(self) -> tuple[str, ...]:
        """Everybody who wants it: none of them decides on it (docs/rules.md, I10)."""
        return (self.proposer, *self.also_by)

    @property
    def is_fully_approved(self) -> bool:
        """True once everyone required has approved: optional steps are not waited for."""
        settled = (StepState.APPROVED, StepState.NOT_REQUIRED)
        return all(step.optional or step.state in settled for step in self.steps)

    @property
    def waiting(self) -> tuple[Step, ...]:
        """The steps somebody is to decide."""
        return tuple(step for step in self.steps if step.state is StepState.OPEN)

    @property
    def required(self) -> tuple[Step, ...]:
        """The waiting steps it cannot do without."""
        return tuple(step for step in self.waiting if not step.optional)

    @property
    def returned(self) -> tuple[Step, ...]:
        """The steps whose approvers want another proposal."""
        return tuple(step for step in self.steps if step.state is StepState.CHANGES_REQUESTED)

    @property
    def goes_back(self) -> bool:
        """True where somebody it cannot do without wants another proposal: nobody but its proposer is waited for."""
        return any(not step.optional for step in self.returned)

    @property
    def sent_back_at(self) -> datetime | None:
        """The instant since which it goes back; None: it does not."""
        since = [step.waits_since for step in self.returned if not step.optional and step.waits_since]
        return min(since, default=None)

    @property
    def informed(self) -> tuple[str, ...]:
        """The departments that are told when it is in effect, unless they are asked: nobody affected is left out."""
        told = (*self.impact.informed, *self.policy.inform, *self.impact.departments, *self.policy.shadowed)
        return tuple(dict.fromkeys(told))

    def lines_for(self, department: str) -> tuple[Line, ...]:
        """The lines an approver decides on: their own; of a fence, those of the items inside; else all."""
        if own := self.impact.lines_of(department):
            return own
        inside = {breach.item for breach in self.policy.breaches if department in breach.approvals}
        if inside:
            return tuple(line for line in self.impact.lines if line.item in inside)
        return self.impact.lines if department in self.policy.named else ()

    def step_of(self, department: str) -> Step | None:
        return next((step for step in self.steps if step.department == department), None)

    def decisions_since(self, before: "Change") -> Iterator[tuple[str, Decision]]:
        """The department and the decision, for each that `before` did not have."""
        for step in self.steps:
            old = before.step_of(step.department)
            for decision in step.decisions[len(old.decisions) if old else 0 :]:
                yield step.department, decision
