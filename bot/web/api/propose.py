"""POST /api/v1/changes: another system proposes a change; the departments are asked on cards as usual."""

import json
import re
from hashlib import sha256
from typing import Annotated

from fastapi import APIRouter, Header, Response
from pydantic import AfterValidator, Field, StrictBool
from pydantic_core import PydanticCustomError

from bot.web.api.change_requests import ChangeRequest
from bot.web.api.changes import seen_by
from bot.web.api.departments import operations_of
from bot.web.api.operations import Reason, Shape, Wishes
from bot.web.platform.auth import Caller, Known
from bot.web.platform.dependencies import AtDesk, refusal_problem
from bot.web.platform.problem import Problem, described
from handlers.actions.change.propose import PREVIEW_CHANGED, draft, submit_draft
from handlers.actions.change.undo import undo_change
from handlers.actions.change.withdraw import drop
from handlers.turn import Turn
from planning.change.change import Change
from planning.refusal import Refused

router = APIRouter(prefix="/api/v1/changes", tags=["变更 | changes"])
_KEY = re.compile(r"[\x21-\x7e]{1,200}")


def _key(text: str) -> str:
    if text and not _KEY.fullmatch(text):
        raise PydanticCustomError("key", "visible ASCII characters")
    return text


class Proposal(Shape):
    operations: Wishes = Field(examples=[[{"item": "F20-016", "op": "shift", "to": 2}]])
    reason: Reason
    submit: StrictBool = Field(True, description="false：只存草稿 | false: keep it as a draft")

    @property
    def fingerprint(self) -> str:
        """The same for the same request, however its JSON is written."""
        return sha256(json.dumps(self.model_dump(mode="json"), sort_keys=True).encode()).hexdigest()


IdempotencyKey = Annotated[
    str,
    AfterValidator(_key),
    Header(
        alias="Idempotency-Key",
        description=(
            "重试时带上同一个键（如 UUID），不会提出两次 | the same key (a UUID, say) at every try: it is proposed once"
        ),
    ),
]


@router.post(
    "",
    status_code=201,
    responses=described(400, 401, 403, 404, 413, 415, 422),
    summary="提出变更，随即请各部门审批 | Propose a change; the departments are asked at once",
)
async def propose(
    desk: AtDesk, caller: Known, wanted: Proposal, response: Response, key: IdempotencyKey = ""
) -> ChangeRequest:
    proposed = await desk.write(lambda turn: _once(turn, caller, key, wanted))
    response.headers["Location"] = f"{router.prefix}/{proposed.no}{desk.query}"
    return proposed


@router.post("/{no}/submit", responses=described(401, 403, 404, 409, 422), summary="提交自己的草稿 | Submit a draft")
async def submit(desk: AtDesk, caller: Known, no: str) -> ChangeRequest:
    """409：计划、冻结窗或规则已变，已重算，请看过再提交 | Plan, fences or rules are others: look, then submit again."""
    outcome = await desk.write(lambda turn: _submit(turn, caller, no))
    if isinstance(outcome, Problem):
        raise outcome
    return outcome


@router.post("/{no}/withdraw", responses=described(401, 403, 404, 422), summary="撤回变更单 | Withdraw a request")
async def withdraw(desk: AtDesk, caller: Known, no: str) -> ChangeRequest:
    return await desk.write(lambda turn: _withdraw(turn, caller, no))


@router.post("/{no}/undo", responses=described(401, 403, 404, 422), summary="撤销生效的变更 | Undo what is in effect")
async def undo(desk: AtDesk, caller: Known, no: str) -> ChangeRequest:
    """自己提出的，生效十分钟内；答复是恢复计划的那张变更单。冻结窗内要先特批（in_approval）。

    One's own, within ten minutes of its taking effect; the answer is the change that restores the plan, in approval
    where a fence asks for that.
    """
    return await desk.write(lambda turn: _undo(turn, caller, no))


def _once(turn: Turn, caller: Caller, key: str, wanted: Proposal) -> ChangeRequest:
    """The change request of this key as it stands now, or a new one."""
    known = turn.uow.requests.find(caller.name, key) if key else None
    if known is None:
        change = _propose(turn, caller, wanted)
        if key:
            turn.uow.requests.add(caller.name, key, wanted.fingerprint, change.no, turn.now)
    elif known[0] == wanted.fingerprint:
        change = turn.change(known[1])
    else:
        raise Problem(422, "idempotency-key-reused", key=key, no=known[1])
    return ChangeRequest.of(turn, caller, change)


def _propose(turn: Turn, caller: Caller, wanted: Proposal) -> Change:
    plan = turn.plan()
    operations = operations_of(wanted.operations, turn, plan)
    change = draft(turn, plan, operations, caller.person, wanted.reason, text="", origin="")
    return submit_draft(turn, change, caller.person) if wanted.submit else change


def _submit(turn: Turn, caller: Caller, no: str) -> ChangeRequest | Problem:
    """A Problem is given, not raised, when the draft was brought up to date: that is to be kept."""
    try:
        return ChangeRequest.of(turn, caller, submit_draft(turn, seen_by(caller, turn, no), caller.person))
    except Refused as refused:
        if refused.refusal.code in PREVIEW_CHANGED:
            return refusal_problem(turn, refused.refusal, 409)
        raise


def _withdraw(turn: Turn, caller: Caller, no: str) -> ChangeRequest:
    return ChangeRequest.of(turn, caller, drop(turn, seen_by(caller, turn, no), caller.person))


def _undo(turn: Turn, caller: Caller, no: str) -> ChangeRequest:
    return ChangeRequest.of(turn, caller, undo_change(turn, seen_by(caller, turn, no), caller.person))
