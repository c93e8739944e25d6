"""GET /board: the items in columns, by their status or their department."""

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from bot.web.pages.lists import asked, choices, facts_of, found_by, one_of
from bot.web.pages.render import shown
from bot.web.pages.route import PageRoute
from bot.web.pages.saved import saved_of
from bot.web.pages.visit import visit
from handlers.reads.plan.board import columns_of
from handlers.reads.plan.late_items import lateness_facts
from handlers.turn import Turn
from planning.people.organisation import Person

router = APIRouter(route_class=PageRoute)
BY = ("status", "department")


@router.get("/board")
async def board(request: Request) -> Response:
    here = visit(request)
    query = dict(request.query_params)
    return await shown(here, "board", lambda turn, person: _told(turn, person, query))


def _told(turn: Turn, person: Person, query: dict[str, str]) -> dict[str, Any]:
    wanted = asked(turn, query, ("by", "column"))
    unknown = list(wanted.unknown)
    by = one_of("by", query.get("by", ""), BY, unknown) or BY[0]
    found = found_by(turn, wanted.selection)
    facts = [by, *facts_of(turn, wanted.selection), *lateness_facts(turn)]
    columns = turn.once("columns", facts, lambda: list(columns_of(turn, found, by, wanted.selection.status)))
    chosen = one_of("column", query.get("column", ""), [column.id for column in columns], unknown)
    if not chosen:
        chosen = next((column.id for column in columns if column.count), columns[0].id if columns else "")
    kept = {**wanted.query, **({"by": by} if by != BY[0] else {})}
    return {
        "columns": columns, "chosen": chosen, "by": by, "unknown": unknown, "query": kept,
        "choices": choices(turn), "total": len(found), "saved": saved_of(turn, person, "/board"),
    }  # fmt: skip
