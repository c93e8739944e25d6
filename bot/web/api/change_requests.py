"""A change request as JSON."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, Field, JsonValue

from bot.web.api.effects import Effect, number
from bot.web.api.governed import Shown, Touched
from bot.web.platform.auth import Caller
from bot.web.platform.paging import MOST
from handlers.turn import Turn
from planning.change.change import Change, Step
from planning.plan.operation import Operation


class Wanted(BaseModel):
    item: str
    op: str
    to: JsonValue
    pull: bool


class Said(BaseModel):
    person: str
    verdict: str = Field(description="approve, reject, modify, transfer")
    at: datetime
    comment: str
    channel: str
    to: str = Field(description="转交给谁 | whom a transfer names")
    acting_for: str = Field("", description="代哪位请假的审批人决定 | the approver on leave for whom it was said")


class Asked(BaseModel):
    department: str = Field(description="空：无部门的项，由协调人决定 | empty: nobody's items, the coordinator decides")
    mode: Literal["any", "all", "quorum"] = Field(
        "any", description="any 或签：一人同意即可；all 会签：都要同意；quorum：needs 个人同意"
    )
    needs: int = Field(1, description="要几个人同意 | how many have to approve")
    optional: bool = Field(False, description="只请参考，不等 | asked and not waited for")
    approvers: list[str] = Field(description="谁可以决定 | who may decide")
    votes: list[str] = Field(description="已同意的人 | who has approved so far")
    state: str = Field(description="open, approved, rejected, changes_requested, not_required")
    decisions: list[Said]


class Event(BaseModel):
    at: datetime
    event: str = Field(
        description="created, submitted, approve, reject, modify, transfer, and the state it ended in"
    )
    by: str = Field("", description="空：不是人做的 | empty: nobody's doing")
    department: str = ""
    detail: str = Field("", description="原因、备注，或版本号 | a reason, a comment, or the revision")


class ChangeRequest(BaseModel):
    no: str
    state: str = Field(
        description="draft, in_approval, on_hold, provisional, applied, rejected, withdrawn, expired, superseded, "
        "reverted, failed"
    )
    klass: str = Field(serialization_alias="class", description="standard, normal, emergency")
    rule: str = Field(description="按哪条规则；空：没有规则触发 | the rule it comes under; empty: none fired")
    proposer: str = Field(description="人员编号，或 api:令牌名 | a person's id, or api:<token name>")
    reason: str
    base_revision: int
    reverts: str = Field("", description="撤销哪张变更单；空：不是撤销 | the change it takes back; empty: none")
    supersedes: list[str] = Field(description="提交时取代哪些变更单 | whose place it takes when it is submitted")
    also_by: list[str] = Field(
        description="被取代的是谁提出的，他们也不审批 | who proposed what it replaces: they do not decide either"
    )
    superseded_by: str = Field("", description="被哪张变更单取代；空：没有 | which one took its place; empty: none")
    suggested_by: str = Field(description="谁驳回时这样建议的 | who suggested it while rejecting another")
    expires_at: datetime | None = Field(None, description="到期没决定就过期 | undecided until then, it ends")
    held_at: datetime | None = Field(None, description="从何时起因冻结挂起 | since when a freeze holds it")
    fences: list[Touched] = Field(description="碰到的围栏 | the fences it touches")
    shadow: Shown
    held_by: list[str] = Field(description="哪些冻结窗 | the freeze windows that hold it")
    operations: list[Wanted]
    impact: Effect
    steps: list[Asked]
    history: list[Event] = Field(description="先后为序 | in order of time")

    @classmethod
    def of(cls, turn: Turn, caller: Caller, change: Change, most: int = MOST) -> "ChangeRequest":
        """Change request as this caller may see it, with so many lines of its effect."""
        return cls(
            no=change.no,
            state=change.state.value,
            reverts=change.reverts,
            klass=change.klass,
            rule=change.policy.rule,
            fences=[Touched.of(breach) for breach in change.policy.breaches],
            shadow=Shown.of(turn, change.policy.shade),
            proposer=change.proposer,
            reason=change.reason,
            base_revision=change.base_revision,
            supersedes=list(change.supersedes),
            also_by=list(change.also_by),
            superseded_by=change.superseded_by,
            suggested_by=change.suggested_by,
            expires_at=change.expires_at,
            held_at=change.held_at,
            held_by=list(change.held_by),
            operations=[_wanted(turn, caller, operation) for operation in change.operations],
            impact=Effect.of(turn, change.impact, most=most),
            steps=[_asked(step) for step in change.steps],
            history=sorted(_history(change), key=lambda event: event.at),
        )


def _wanted(turn: Turn, caller: Caller, operation: Operation) -> Wanted:
    match operation.to:
        case date() as day:
            to: JsonValue = day.isoformat()
        case Decimal() as amount:
            to = number(amount)
        case None | int() | str() as plain:
            to = plain
        case cells:
            to = dict(caller.sees(turn, cells))
    return Wanted(item=operation.item, op=operation.op.value, to=to, pull=operation.pull)


def _asked(step: Step) -> Asked:
    said = [Said.model_validate(decision, from_attributes=True) for decision in step.decisions]
    return Asked(
        department=step.department,
        mode="any" if step.needs == 1 else "all" if step.needs >= len(step.approvers) else "quorum",
        needs=step.needs,
        optional=step.optional,
        approvers=list(step.approvers),
        votes=list(step.voters),
        state=step.state.value,
        decisions=said,
    )


def _history(change: Change) -> Iterator[Event]:
    yield Event(at=change.created_at, event="created", by=change.proposer, detail=change.reason)
    if change.submitted_at:
        yield Event(at=change.submitted_at, event="submitted", by=change.proposer)
    for step in change.steps:
        for said in step.decisions:
            yield Event(
                at=said.at, event=said.verdict.value, by=said.person, department=step.department, detail=said.comment
            )
    if change.ended_at:
        revision = change.applied_revision
        yield Event(at=change.ended_at, event=change.state.value, detail="" if revision is None else str(revision))
