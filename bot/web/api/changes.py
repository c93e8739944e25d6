"""GET /api/v1/changes: change requests and how they stand."""

from typing import Annotated

from fastapi import APIRouter, Query

from bot.web.api.change_requests import ChangeRequest
from bot.web.api.effects import Line, LineQuery, lines_of
from bot.web.platform.auth import Caller, Known
from bot.web.platform.dependencies import AtDesk
from bot.web.platform.numbers import NUMBER
from bot.web.platform.paging import MOST, Page, Paging, key_of, page
from bot.web.platform.problem import Problem, described
from handlers.turn import Turn
from planning.change.change import Change

router = APIRouter(prefix="/api/v1/changes", tags=["变更 | changes"])
LIST = "changes"


@router.get("", responses=described(401, 403, 422), summary="变更单，新的在前 | Change requests, newest first")
async def changes(desk: AtDesk, caller: Known, query: Annotated[Paging, Query()]) -> Page[ChangeRequest]:
    """已提交过的；草稿只有提出者看得到。一页一共最多 1000 行影响 | Those that were submitted; a draft is its proposer's
    own. A page has at most 1,000 lines of effects in all."""
    return await desk.read(lambda turn: _page(turn, caller, query))


@router.get("/{no}", responses=described(401, 403, 404, 422), summary="一张变更单 | One change request")
async def change(desk: AtDesk, caller: Known, no: str) -> ChangeRequest:
    return await desk.read(lambda turn: ChangeRequest.of(turn, caller, seen_by(caller, turn, no)))


@router.get("/{no}/lines", responses=described(401, 403, 404, 409, 422), summary="影响明细，分页 | Lines of its effect")
async def lines(desk: AtDesk, caller: Known, no: str, query: Annotated[LineQuery, Query()]) -> Page[Line]:
    """409：期间影响变了 | the effect has become another."""
    return await desk.read(lambda turn: lines_of(seen_by(caller, turn, no).impact, query)[0])


def seen_by(caller: Caller, turn: Turn, no: str) -> Change:
    """The change request of this number. Raises a Problem; somebody else's draft is not there."""
    found = turn.uow.changes.get(no) if NUMBER.fullmatch(no) else None
    foreign = found is not None and found.submitted_at is None and found.proposer != caller.person
    if found is None or foreign:
        raise Problem(404, "unknown-change", no=no)
    return found


def _page(turn: Turn, caller: Caller, query: Paging) -> Page[ChangeRequest]:
    rows = turn.uow.changes.newest_first(query.limit + 1, key_of(query.cursor, LIST, str))
    left = MOST

    def told(row: Change) -> ChangeRequest:
        nonlocal left
        request = ChangeRequest.of(turn, caller, row, left)
        left -= len(request.impact.lines)
        return request

    return page(LIST, rows, query.limit, lambda row: row.no, told)
