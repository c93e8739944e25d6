"""GET /overview: how the plan stands, for whoever has a minute on a phone."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from bot.web.pages.render import address, shown
from bot.web.pages.route import PageRoute
from bot.web.pages.visit import visit
from bot.web.platform.dependencies import Desk
from cards.lines.item import footnote
from cards.words.dates import day
from handlers.govern.department_progress import week_progress
from handlers.notify.facts.readiness_lines import ReadinessLines
from handlers.notify.facts.source_lines import source_words
from handlers.reads.facts.department_progress import Standing, measured_by, percents, spi_of, standings
from handlers.reads.plan.figures import Figures, figures
from handlers.reads.plan.late_items import late_line
from handlers.reads.plan.why_changed import DAYS
from handlers.turn import Turn
from planning.facts.on_time import FEW
from planning.plan.timetable import Timetable

router = APIRouter(route_class=PageRoute)
GOOD = 80
"""Percent of the orders on time from which it is no alarm."""


@dataclass(frozen=True, slots=True)
class Headline:
    """One figure, its colour in words, what it says, and the page behind it."""

    mark: str
    """red, amber or green; grey of what is too little to judge."""
    number: str
    label: str
    more: tuple[str, ...]
    href: str


@router.get("/overview")
async def overview(request: Request) -> Response:
    here = visit(request)
    return await shown(here, "overview", lambda turn, person: _told(turn, here.desk))


def _told(turn: Turn, desk: Desk) -> dict[str, Any]:
    if not turn.uow.plans.exists():
        return {"lines": [], "departments": [], "progress": [], "sources": []}
    found = figures(turn)
    return {
        "lines": list(_lines(turn, found, lambda path, **query: address(desk, path, **query))),
        "departments": found.departments,
        **_progress(turn, found),
        "sources": [(source_words(turn, one), one.freshness) for one in found.sources],
    }


@dataclass(frozen=True, slots=True)
class ProgressRow:
    """A department in the table of progress; each cell with its colour in words."""

    id: str
    name: str
    cells: tuple[tuple[str, str], ...]


def _progress(turn: Turn, found: Figures) -> dict[str, Any]:
    """The same numbers that 进度 按部门 tells."""
    week = week_progress(turn, turn.plan())
    rows = [_row(turn, one) for one in standings(turn, week, found.late, found.red)]
    note = footnote(turn.words, (cell for row in rows for cell, _ in row.cells))
    span = "～".join(day(one, turn.today) for one in week.span)
    return {"progress": rows, "span": span, "measured_by": measured_by(turn, week), "note": note}


def _row(turn: Turn, one: Standing) -> ProgressRow:
    told, none = one.progress, turn.words("progress.none")
    actual, planned = percents(told)
    is_behind = told.spi is not None and told.spi < 1
    return ProgressRow(one.id, one.name, (
        (actual or none, "bad" if is_behind else "plain" if actual else "none"),
        (planned or none, "plain" if planned else "none"),
        (spi_of(turn, told), "plain" if told.spi is not None else "none"),
        (str(told.silent or "·"), "wait" if told.silent else "none"),
        (f"{told.reached}/{told.milestones}" if told.milestones else "·", "plain" if told.milestones else "none"),
    ))  # fmt: skip


def _lines(turn: Turn, found: Figures, at: Callable[..., str]) -> Iterator[Headline]:
    """Five at most, the same that 总览, 晚单, 待批 and 齐套 tell in the chat."""
    words = turn.words
    yield _late(turn, found, at("/board", late="1"))
    yield _waits(turn, found, at("/changes"))
    yield _short(turn, found, at("/readiness"))
    changes = [words("web.overview.changes.moved", days=DAYS, n=found.moves, items=found.moved_items)]
    if found.frozen:
        changes.insert(0, words("web.overview.changes.frozen", n=len(found.frozen)))
    mark = "amber" if found.frozen else "green"
    label = words("web.overview.changes" if found.changes else "web.overview.changes.none")
    yield Headline(mark, str(len(found.changes)), label, tuple(changes), at("/changes"))
    yield _on_time(turn, found, at("/board", type="delivery"))


def _late(turn: Turn, found: Figures, href: str) -> Headline:
    words = turn.words
    if not found.late:
        return Headline("green", "0", words("web.overview.late.none"), (), href)
    worst = late_line(turn, Timetable(turn.plan()), (found.late_orders or found.late)[0])
    orders = [words("web.overview.late.orders", n=len(found.late_orders))] if found.late_orders else []
    mark = "red" if orders else "amber"
    return Headline(mark, str(len(found.late)), words("web.overview.late"), (*orders, worst), href)


def _waits(turn: Turn, found: Figures, href: str) -> Headline:
    words = turn.words
    if not found.waits:
        return Headline("green", "0", words("web.overview.waits.none"), (), href)
    first, count = found.waits[0], len({wait.change.no for wait in found.waits})
    view = turn.view(first.change)
    facts = {"department": view.department(first.step.department), "since": view.at(first.since)}
    climbed = len({wait.change.no for wait in found.overdue})
    more = [words("web.overview.waits.climbed", n=climbed)] if climbed else []
    mark = "red" if climbed else "amber"
    longest = words("web.overview.waits.first", **facts)
    return Headline(mark, str(count), words("web.overview.waits"), (*more, longest), href)


def _short(turn: Turn, found: Figures, href: str) -> Headline:
    words, total = turn.words, len(found.orders)
    if not found.red:
        return Headline("green", "0", words("web.overview.red.none", n=total), (), href)
    told = ReadinessLines(turn, turn.plan(), found.readiness).order(found.red[0], mark=False)
    return Headline("red", str(len(found.red)), words("web.overview.red", n=total), (told,), href)


def _on_time(turn: Turn, found: Figures, href: str) -> Headline:
    words, told = turn.words, found.on_time
    if told.due < FEW:
        few = (words("web.overview.on-time.few", n=told.due),) if told.due else ()
        return Headline("grey", "—", words("web.overview.on-time" if few else "web.overview.on-time.none"), few, href)
    counted = words("web.overview.on-time.counted", kept=told.kept, due=told.due)
    if told.percent is None:
        return Headline("grey", f"{told.kept}/{told.due}", words("web.overview.on-time"), (counted,), href)
    mark = "green" if told.kept == told.due else "amber" if told.percent >= GOOD else "red"
    return Headline(mark, f"{told.percent}%", words("web.overview.on-time"), (counted,), href)
