"""GET /board: the items in columns, by their status or their department."""

from collections.abc import Iterable
from dataclasses import dataclass
from heapq import nsmallest
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from bot.web.pages.lists import Lists, asked, choices, one_of
from bot.web.pages.render import shown
from bot.web.pages.route import PageRoute
from bot.web.pages.visit import visit
from cards.lines.item import item_dates
from handlers.reads.brief import named
from handlers.turn import Turn
from planning.plan.amount import plain
from planning.plan.item import Item, Status
from planning.plan.lateness import late_by
from planning.plan.selection import OPEN
from planning.plan.timetable import Timetable

router = APIRouter(route_class=PageRoute)
SHOWN = 30
"""Cards in a column; the rest is counted, and stands in the chart."""
BY = ("status", "department")


@dataclass(frozen=True, slots=True)
class Card:
    code: str
    title: str
    mark: str
    dates: str
    department: str
    status: str
    amount: str
    late: str


@dataclass(frozen=True, slots=True)
class Column:
    id: str
    name: str
    count: int
    late: int
    cards: list[Card]
    more: int


@router.get("/board")
async def board(request: Request) -> Response:
    here = visit(request)
    lists: Lists = request.app.state.lists
    query = dict(request.query_params)
    return await shown(here, "board", lambda turn, person: _told(turn, lists, query))


def _told(turn: Turn, lists: Lists, query: dict[str, str]) -> dict[str, Any]:
    plan = turn.plan()
    wanted = asked(turn, query, ("by", "column"))
    unknown = list(wanted.unknown)
    by = one_of("by", query.get("by", ""), BY, unknown) or BY[0]
    found = lists.of(plan, wanted.selection, turn.today)
    columns = list(_columns(turn, found, by, wanted.selection.status))
    chosen = one_of("column", query.get("column", ""), [column.id for column in columns], unknown)
    if not chosen:
        chosen = next((column.id for column in columns if column.count), columns[0].id if columns else "")
    kept = {**wanted.query, **({"by": by} if by != BY[0] else {})}
    return {
        "columns": columns, "chosen": chosen, "by": by, "unknown": unknown, "query": kept,
        "choices": choices(turn, plan), "total": len(found),
    }  # fmt: skip


def _columns(turn: Turn, found: Iterable[Item], by: str, status: str) -> Iterable[Column]:
    """In the order of the ladder, or of the settings; empty ones of the ladder stay, so that nothing jumps."""
    groups: dict[str, list[Item]] = {}
    if by == "status" and status == OPEN:
        groups = {one.value: [] for one in Status if not one.is_over}
    elif by == "status":
        groups = {one.value: [] for one in Status}
    else:
        groups = {id: [] for id in turn.organisation.departments}
    for item in found:
        groups.setdefault(item.status.value if by == "status" else item.department, []).append(item)
    timetable, late = Timetable(turn.plan()), late_by(turn.plan(), turn.today)
    for id, items in groups.items():
        if not items and (by == "department" or status != OPEN):
            continue
        name = turn.words(f"value.status.{id}") if by == "status" else named(turn, id)
        shown = nsmallest(SHOWN, items, key=lambda item: (-late.get(item.code, 0), item.start, item.code))
        cards = [_card(turn, timetable, item, late.get(item.code, 0)) for item in shown]
        count = sum(item.code in late for item in items)
        yield Column(id, name, len(items), count, cards, len(items) - len(cards))


def _card(turn: Turn, timetable: Timetable, item: Item, late: int) -> Card:
    words = turn.words
    mark = "red" if late else "grey" if item.status.is_over else "amber" if item.status is Status.ON_HOLD else "green"
    return Card(
        item.code, item.title, mark, item_dates(item, turn.today, timetable.of(item)), named(turn, item.department),
        words(f"value.status.{item.status.value}"), f"{plain(item.quantity)}{item.unit}" if item.quantity else "",
        words("answer.late-by", n=late) if late else "",
    )  # fmt: skip
