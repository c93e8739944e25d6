"""GET /gantt: the items over their days. The rows that are in view are asked for, and no others."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from bot.web.pages.lists import DAYS, Lists, asked, choices, number_in, span_of
from bot.web.pages.render import page, shown
from bot.web.pages.route import PageRoute
from bot.web.pages.visit import visit
from cards.lines.item import item_dates
from cards.words.dates import day
from handlers.reads.brief import named
from handlers.turn import Turn
from planning.plan.calendar import WorkCalendar
from planning.plan.item import Item
from planning.plan.lateness import lateness
from planning.plan.timetable import Timetable

router = APIRouter(route_class=PageRoute)
WINDOW = 120
"""Rows of one answer: sixty in view, and thirty on either side."""
WORDS = ("from", "days", "at", "row")
"""What it knows in its address beside the filters."""
SHADED = 93
"""Days of a span up to which days off are shaded."""


@dataclass(frozen=True, slots=True)
class Bar:
    """Where it stands in its row, in days from the first that is drawn."""

    x: float
    width: float
    milestone: bool


@dataclass(frozen=True, slots=True)
class RowOf:
    number: int
    code: str
    title: str
    department: str
    dates: str
    status: str
    kind: str
    late: str
    bar: Bar | None
    off: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A label over the days."""

    x: float
    text: str


@router.get("/gantt")
async def gantt(request: Request) -> Response:
    here = visit(request)
    lists: Lists = request.app.state.lists
    query = dict(request.query_params)
    return await shown(here, "gantt", lambda turn, person: _told(turn, lists, query))


@router.get("/gantt/rows")
async def rows(request: Request, at: int = 0) -> Response:
    """The rows from one on, of the same address."""
    here = visit(request)
    lists: Lists = request.app.state.lists
    query = dict(request.query_params)
    values = await here.look(lambda turn, person: _window(turn, lists, query, at))
    return page(here.desk, "gantt_rows.html", **values)


def _told(turn: Turn, lists: Lists, query: dict[str, str]) -> dict[str, Any]:
    """The window, and what stands around it."""
    span, wanted = span_of(turn, query), asked(turn, query, WORDS)
    first, last, days = span.first, span.last, span.days
    step = timedelta(days=max(days // 4, 7))
    return {
        **_window(turn, lists, query, 0), "window": WINDOW, "marks": list(_marks(turn, first, days)),
        "query": {**wanted.query, "from": first.isoformat(), "days": str(days)}, "chosen_filters": wanted.query,
        "choices": choices(turn, turn.plan()), "spans": DAYS, "cut": span.cut,
        "earlier": (first - step).isoformat(), "later": (first + step).isoformat(),
        "between": (day(first, turn.today), day(last, turn.today)),
    }  # fmt: skip


def _window(turn: Turn, lists: Lists, query: dict[str, str], at: int) -> dict[str, Any]:
    """The rows from the one on that the address names, else from `at`."""
    plan = turn.plan()
    span, wanted = span_of(turn, query), asked(turn, query, WORDS)
    first, last, days = span.first, span.last, span.days
    found = lists.of(plan, replace(wanted.selection, first=first, last=last), turn.today)
    unknown = [*wanted.unknown, *span.unknown]
    begin = max(0, min(number_in("row", query.get("row", ""), at, unknown), len(found) - 1))
    today = (turn.today - first).days + 0.5
    return {
        "rows": list(_rows(turn, found, begin, first, days)), "total": len(found), "at_row": begin, "days": days,
        "today": today if 0 <= today <= days else None, "unknown": unknown,
    }  # fmt: skip


def _rows(turn: Turn, found: Sequence[Item], begin: int, first: date, days: int) -> Iterator[RowOf]:
    timetable, words = Timetable(turn.plan()), turn.words
    shaded: dict[int, str] = {}
    for number, item in enumerate(found[begin : begin + WINDOW], begin):
        calendar = timetable.of(item)
        late = 0 if item.status.is_over else lateness(item, calendar, turn.today).days
        if id(calendar) not in shaded:
            shaded[id(calendar)] = _days_off(calendar, first, days) if days <= SHADED else ""
        yield RowOf(
            number, item.code, item.title, named(turn, item.department), item_dates(item, turn.today, calendar),
            words(f"value.status.{item.status.value}"), item.status.value,
            words("answer.late-by", n=late) if late else "", _bar(item, first, days), shaded[id(calendar)],
        )  # fmt: skip


def _bar(item: Item, first: date, days: int) -> Bar | None:
    """The part of it that is drawn; None: it lies outside."""
    left, right = (item.start - first).days, (item.finish - first).days + 1
    if item.is_milestone:
        return Bar(left, 0, True) if 0 <= left <= days else None
    left, right = max(left, 0), min(right, days)
    return Bar(left, max(right - left, days / 400), False) if right > left else None


def _days_off(calendar: WorkCalendar, first: date, days: int) -> str:
    """Days off as one path."""
    off = [n for n in range(days) if not calendar.is_working(first + timedelta(days=n))]
    return "".join(f"M{n} 0h1v1h-1z" for n in off)


def _marks(turn: Turn, first: date, days: int) -> Iterator[Mark]:
    """Mondays of a short span, the firsts of months of a long one; never so close that they touch."""
    room, behind = days / 9, -1e9
    for n in range(days):
        one = first + timedelta(days=n)
        if (one.weekday() == 0 if days <= SHADED else one.day == 1) and n - behind >= room and n <= days * 0.94:
            behind = n
            yield Mark(100 * n / days, day(one, turn.today) if days <= SHADED else f"{one:%Y-%m}")
