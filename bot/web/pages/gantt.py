"""GET /gantt: the items over their days. The rows that are in view are asked for, and no others."""

from dataclasses import replace
from datetime import timedelta
from itertools import groupby
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from bot.web.pages.lists import DAYS, Asked, Span, asked, choices, found_by, number_in, span_of
from bot.web.pages.render import page, shown
from bot.web.pages.route import PageRoute
from bot.web.pages.saved import saved_of
from bot.web.pages.visit import visit
from cards.words.dates import day
from handlers.reads.plan.gantt import baseline_of, baseline_told, marks_of, now_in, rows_of
from handlers.turn import Turn
from planning.people.organisation import Person

router = APIRouter(route_class=PageRoute)
WINDOW = 120
"""Rows of one answer: sixty in view, and thirty on either side."""
MOST_ON_PAPER = 2000
"""Rows that are printed; of more, the earliest."""
WORDS = ("from", "days", "at", "row")
"""What it knows in its address beside the filters."""


@router.get("/gantt")
async def gantt(request: Request) -> Response:
    here = visit(request)
    query = dict(request.query_params)
    return await shown(here, "gantt", lambda turn, person: _told(turn, person, query))


@router.get("/gantt/rows")
async def rows(request: Request, at: int = 0) -> Response:
    """The rows from one on, of the same address."""
    here = visit(request)
    query = dict(request.query_params)
    return await here.look(lambda turn, person: page(here.desk, "gantt_rows.html", **_window(turn, query, at)))


@router.get("/gantt/paper")
async def paper(request: Request) -> Response:
    """All rows of the same address, each department's on a sheet of its own."""
    here = visit(request)
    query = dict(request.query_params)
    return await shown(here, "gantt", lambda turn, person: _on_paper(turn, query), "gantt_paper.html")


def _told(turn: Turn, person: Person, query: dict[str, str]) -> dict[str, Any]:
    """The window, and what stands around it."""
    span, wanted = span_of(turn, query), asked(turn, query, WORDS)
    step = timedelta(days=max(span.days // 4, 7))
    return {
        **_around(turn, span, wanted), **_window(turn, query, 0), "window": WINDOW,
        "chosen_filters": wanted.query, "choices": choices(turn), "spans": DAYS,
        "saved": saved_of(turn, person, "/gantt"),
        "earlier": (span.first - step).isoformat(), "later": (span.first + step).isoformat(),
    }  # fmt: skip


def _around(turn: Turn, span: Span, wanted: Asked) -> dict[str, Any]:
    """The days over the rows, and the address that shows them."""
    return {
        "marks": list(marks_of(turn, span.first, span.days)), "cut": span.cut, "days": span.days,
        "today": now_in(turn, span.first, span.days), "unknown": [*wanted.unknown, *span.unknown],
        "query": {**wanted.query, "from": span.first.isoformat(), "days": str(span.days)},
        "baseline": baseline_told(turn), "between": (day(span.first, turn.today), day(span.last, turn.today)),
    }  # fmt: skip


def _on_paper(turn: Turn, query: dict[str, str]) -> dict[str, Any]:
    span, wanted = span_of(turn, query), asked(turn, query, WORDS)
    found = found_by(turn, replace(wanted.selection, first=span.first, last=span.last))
    ranks = {id: rank for rank, id in enumerate(turn.organisation.departments)}
    drawn = sorted(found[:MOST_ON_PAPER], key=lambda item: (ranks.get(item.department, len(ranks)), item.department))
    rows = rows_of(turn, drawn, 0, span.first, span.days, baseline_of(turn)[1])
    sections = [(name, list(each)) for name, each in groupby(rows, key=lambda row: row.department)]
    return {
        **_around(turn, span, wanted), "sections": sections, "total": len(found), "more": len(found) - len(drawn),
    }  # fmt: skip


def _window(turn: Turn, query: dict[str, str], at: int) -> dict[str, Any]:
    """The rows from the one on that the address names, else from `at`."""
    span, wanted = span_of(turn, query), asked(turn, query, WORDS)
    first, last, days = span.first, span.last, span.days
    found = found_by(turn, replace(wanted.selection, first=first, last=last))
    unknown = [*wanted.unknown, *span.unknown]
    begin = max(0, min(number_in("row", query.get("row", ""), at, unknown), len(found) - 1))
    return {
        "rows": list(rows_of(turn, found[begin : begin + WINDOW], begin, first, days, baseline_of(turn)[1])),
        "total": len(found),
        "at_row": begin, "days": days, "today": now_in(turn, first, days), "unknown": unknown,
    }  # fmt: skip
