"""GET /board: the items in columns, by their status or their department."""

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from bot.web.pages.lists import Lists, asked, choices, one_of
from bot.web.pages.render import shown
from bot.web.pages.route import PageRoute
from bot.web.pages.saved import saved_of
from bot.web.pages.visit import visit
from handlers.reads.board import columns_of
from handlers.turn import Turn
from planning.people.organisation import Person

router = APIRouter(route_class=PageRoute)
BY = ("status", "department")


@router.get("/board")
async def board(request: Request) -> Response:
    here = visit(request)
    lists: Lists = request.app.state.lists
    query = dict(request.query_params)
    return await shown(here, "board", lambda turn, person: _told(turn, person, lists, query))


def _told(turn: Turn, person: Person, lists: Lists, query: dict[str, str]) -> dict[str, Any]:
    plan = turn.plan()
    wanted = asked(turn, query, ("by", "column"))
    unknown = list(wanted.unknown)
    by = one_of("by", query.get("by", ""), BY, unknown) or BY[0]
    found = lists.of(turn, wanted.selection)
    columns = list(columns_of(turn, found, by, wanted.selection.status))
    chosen = one_of("column", query.get("column", ""), [column.id for column in columns], unknown)
    if not chosen:
        chosen = next((column.id for column in columns if column.count), columns[0].id if columns else "")
    kept = {**wanted.query, **({"by": by} if by != BY[0] else {})}
    return {
        "columns": columns, "chosen": chosen, "by": by, "unknown": unknown, "query": kept,
        "choices": choices(turn, plan), "total": len(found), "saved": saved_of(turn, person, "/board"),
    }  # fmt: skip
