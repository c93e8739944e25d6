"""GET /overview: how the plan stands, for whoever has a minute on a phone."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from bot.web.pages.render import address, page, standing
from bot.web.pages.route import PageRoute
from bot.web.pages.visit import visit
from bot.web.platform.dependencies import Desk
from cards.words.dates import moment
from handlers.notify.readiness_lines import ReadinessLines, is_old
from handlers.reads.figures import Figures, figures
from handlers.reads.late_items import late_line
from handlers.turn import Turn
from planning.plan.timetable import Timetable

router = APIRouter(route_class=PageRoute)


@dataclass(frozen=True, slots=True)
class Headline:
    """One figure, its colour in words, what it says, and the page behind it."""

    mark: str
    """red, amber or green."""
    number: str
    label: str
    more: tuple[str, ...]
    href: str


@router.get("/overview")
async def overview(request: Request) -> Response:
    here = visit(request)
    values = await here.look(
        lambda turn, person: _told(turn, here.desk) | standing(turn, person, here.csrf, "overview")
    )
    return page(here.desk, "overview.html", **values)


def _told(turn: Turn, desk: Desk) -> dict[str, Any]:
    if not turn.uow.plans.exists():
        return {"lines": [], "departments": [], "sources": []}
    found = figures(turn)
    return {
        "lines": list(_lines(turn, found, lambda path, **query: address(desk, path, **query))),
        "departments": found.departments,
        "sources": [(one.kind, _at(turn, one.at), _is_old(turn, one.kind, one.at)) for one in found.sources],
    }


def _lines(turn: Turn, found: Figures, at: Callable[..., str]) -> Iterator[Headline]:
    """Five at most, the same that 总览, 晚单, 待批 and 齐套 tell in the chat."""
    words = turn.words
    yield _late(turn, found, at("/board", late="1"))
    yield _waits(turn, found, at("/changes"))
    yield _short(turn, found, at("/readiness"))
    changes = [words("web.overview.changes.moved", days=found.days, n=len(found.moves), items=found.moved_items)]
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
    worst = late_line(turn, Timetable(turn.plan()), found.late[0])
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
    told = ReadinessLines(turn, turn.plan(), found.readiness).order(found.red[0])
    return Headline("red", str(len(found.red)), words("web.overview.red", n=total), (told,), href)


def _on_time(turn: Turn, found: Figures, href: str) -> Headline:
    words, share = turn.words, found.on_time.share
    if share is None:
        return Headline("green", "—", words("web.overview.on-time.none"), (), href)
    percent = int(share * 100 + Fraction(1, 2))
    label = words("web.overview.on-time", kept=found.on_time.kept, due=found.on_time.due)
    return Headline("green" if share == 1 else "amber" if percent >= 80 else "red", f"{percent}%", label, (), href)


def _at(turn: Turn, at: datetime | None) -> str:
    return moment(at, turn.environment.zone, turn.today) if at else turn.words("web.source.never")


def _is_old(turn: Turn, kind: str, at: datetime | None) -> bool:
    """True of what comes every working day and has not; a plan is as new as its last change."""
    return kind != "plan" and (at is None or is_old(turn, at))
