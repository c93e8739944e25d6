"""GET /readiness: whether what orders need is there before they start."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from bot.web.pages.lists import departments, one_of, strange
from bot.web.pages.render import shown
from bot.web.pages.route import PageRoute
from bot.web.pages.visit import visit
from handlers.govern.readiness import in_turn, readiness_of, starting, starting_soon
from handlers.language import Span
from handlers.notify.facts.readiness_lines import ReadinessLines
from handlers.reads.plan.plan_query import span_dates
from handlers.turn import Turn
from planning.readiness.line import WORSE, Colour

router = APIRouter(route_class=PageRoute)
SPANS = ("soon", Span.THIS_WEEK.value, Span.NEXT_WEEK.value)
MOST = 200
"""Orders on the page; the worst of more."""
MARKS = {Colour.RED: "red", Colour.YELLOW: "amber", Colour.GREEN: "green", Colour.GREY: "grey", Colour.NONE: "grey"}


@dataclass(frozen=True, slots=True)
class Told:
    mark: str
    head: str
    state: str
    code: str
    department: str
    lines: list[tuple[str, str]]
    acts: list[str]


@router.get("/readiness")
async def readiness(request: Request) -> Response:
    here, query = visit(request), dict(request.query_params)
    return await shown(here, "readiness", lambda turn, person: _told(turn, query))


def _told(turn: Turn, query: Mapping[str, str]) -> dict[str, Any]:
    plan = turn.plan()
    unknown = strange(query, ("when", "department"))
    when = one_of("when", query.get("when", ""), SPANS, unknown) or SPANS[0]
    department = one_of("department", query.get("department", ""), turn.organisation.departments, unknown)
    codes = starting_soon(turn, plan) if when == SPANS[0] else starting(turn, plan, *span_dates(Span(when), turn.today))
    codes = [code for code in codes if not department or plan.items[code].department == department]
    found = readiness_of(turn, plan, codes)
    orders = sorted(in_turn(found, codes), key=lambda order: -WORSE[order.colour])
    told, shown = ReadinessLines(turn, plan, found), orders[:MOST]
    return {
        "orders": [
            Told(
                MARKS[order.colour], told.head(order, mark=False), told.state(order), order.item.code,
                turn.organisation.department_name(order.item.department),
                [(MARKS[line.colour], told.line(line)) for line in order.all], list(told.acts(order)),
            )
            for order in shown
        ],
        "counts": [(mark, sum(MARKS[order.colour] == mark for order in orders)) for mark in ("red", "amber", "green")],
        "more": turn.words("card.more", n=len(orders) - MOST) if len(orders) > MOST else "",
        "note": turn.words.clauses(told.notes(shown)) if shown else "",
        "when": when, "spans": SPANS, "soon_days": turn.environment.days_before, "unknown": unknown,
        "department_id": department,
        "departments": departments(turn),
    }  # fmt: skip
