"""GET and POST /api/v1/issues: what people and other systems found wrong, with who sees to it."""

from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field, StrictBool

from bot.web.api.operations import Reason, Shape, Word
from bot.web.api.propose import IdempotencyKey
from bot.web.platform.auth import Caller, Known
from bot.web.platform.dependencies import AtDesk
from bot.web.platform.paging import Page, Paging, key_of, page
from bot.web.platform.problem import Problem, described
from handlers.actions.rhythm.issues import raise_issue
from handlers.govern.rhythm.abouts import about_of
from handlers.govern.rhythm.issue_people import hours_of
from handlers.turn import Turn
from planning.refusal import Refused
from planning.rhythm.clock import answer_due
from planning.rhythm.issue import Issue, IssueState

router = APIRouter(prefix="/api/v1/issues", tags=["反馈 | issues"])
LIST = "issues"


class Raised(Shape):
    """一条反馈 | one issue."""

    text: Reason = Field(description="哪里不对 | what is wrong")
    about: Word | None = Field(None, description="单号、变更号或报工号 | an item, a change request or a report")
    department: Word | None = Field(None, description="归哪个部门，默认按单号 | whose matter it is; by the item else")
    urgent: StrictBool = Field(False, description="紧急，要写 why | urgent, which needs its why")
    why: Reason | None = Field(None, description="为什么紧急 | why it is urgent")

    @property
    def whole(self) -> str:
        return f"{self.text} 因为 {self.why}" if self.why else self.text


class Told(BaseModel):
    no: str
    text: str
    about: str | None
    department: str
    owner: str
    by: str
    urgent: bool
    state: IssueState
    raised_at: datetime
    answer_due: datetime = Field(description="最迟答复 | until when it is to be answered")
    answer: str | None
    answered_at: datetime | None
    closed_at: datetime | None
    reopened: int
    change: str | None = Field(description="为它提的变更 | the newest change request proposed for it")

    @classmethod
    def of(cls, turn: Turn, one: Issue) -> "Told":
        told = {name: getattr(one, name) for name in cls.model_fields if name != "answer_due"}
        told |= {name: told[name] or None for name in ("about", "answer", "change")}
        return cls(**told, answer_due=answer_due(one, hours_of(turn, one)))


class IssueQuery(Paging):
    state: IssueState | None = Field(None, description="只要这个状态的 | in this state only")
    about: Word | Literal[""] = Field("", description="只要说它的 | about this only")


@router.get("", responses=described(401, 403, 422), summary="反馈，先后为序 | Issues, oldest first")
async def listed(desk: AtDesk, caller: Known, query: Annotated[IssueQuery, Query()]) -> Page[Told]:
    return await desk.read(lambda turn: _page(turn, query))


@router.post(
    "",
    responses=described(400, 401, 403, 404, 413, 415, 422),
    summary="提出反馈 | Raise an issue",
)
async def post(desk: AtDesk, caller: Known, raised: Raised, key: IdempotencyKey = "") -> Told:
    """带 Idempotency-Key 重发，或十分钟内说同样的话，还是同一条。

    Sent again with its Idempotency-Key, or with the same words within ten minutes, it is the same issue.
    """
    return await desk.write(lambda turn: _raise(turn, caller, raised, key))


def _page(turn: Turn, query: IssueQuery) -> Page[Told]:
    after = key_of(query.cursor, LIST, int) or 0
    rows = turn.uow.issues.page(query.limit + 1, after, query.state or "", query.about)
    return page(LIST, rows, query.limit, lambda row: row[0], lambda row: Told.of(turn, row[1]))


def _raise(turn: Turn, caller: Caller, raised: Raised, key: str) -> Told:
    about = about_of(turn, raised.about) if raised.about else ""
    if raised.about and not about:
        raise Refused("unknown-item", item=raised.about)
    if about.startswith("CR-"):
        turn.change(about)
    if raised.urgent and not raised.why:
        raise Refused("issue-why", example='{"urgent": true, "why": "…"}')
    department = turn.organisation.departments.get(raised.department) if raised.department else None
    if raised.department and department is None:
        raise turn.no_such_department(raised.department)
    text, call = raised.whole, f"{caller.name} {key}" if key else ""
    issue, is_new = raise_issue(turn, caller.person, text, about, department, urgent=raised.urgent, key=call)
    if not is_new and issue.call == call != "" and issue.text != text:
        raise Problem(422, "idempotency-key-reused", key=key, no=issue.no)
    return Told.of(turn, issue)
