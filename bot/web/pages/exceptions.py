"""GET /exceptions: what is going wrong, the worst first, as 异常 tells it in the chat."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from bot.web.pages.lists import departments, one_of, strange
from bot.web.pages.render import shown
from bot.web.pages.route import PageRoute
from bot.web.pages.visit import visit
from handlers.govern.exception_people import department_of
from handlers.notify.exception_lines import ExceptionLines, leading, worst_first
from handlers.turn import Turn
from planning.exceptions.episode import Episode, by_place
from planning.exceptions.finding import Severity
from planning.plan.item import Item

router = APIRouter(route_class=PageRoute)
MOST = 200
"""Cards on the page; the worst of more."""
MARKS = {Severity.CRITICAL: "red", Severity.HIGH: "red", Severity.WARN: "amber", Severity.INFO: "grey"}
MUTED = "muted"


@dataclass(frozen=True, slots=True)
class Told:
    """A root, with what stands on its card."""

    mark: str
    number: int
    item: str
    """Code of its item; empty: it is about none."""
    name: str
    subject: str
    what: str
    more: list[str]
    rest: list[str]
    """Others on its card, which go with it."""
    stands: str


@router.get("/exceptions")
async def exceptions(request: Request) -> Response:
    here, query = visit(request), dict(request.query_params)
    return await shown(here, "exceptions", lambda turn, person: _told(turn, query))


def _told(turn: Turn, query: Mapping[str, str]) -> dict[str, Any]:
    items = turn.plan().items
    unknown = strange(query, ("show", "department"))
    show = one_of("show", query.get("show", ""), (MUTED,), unknown)
    department = one_of("department", query.get("department", ""), turn.organisation.departments, unknown)

    def is_wanted(one: Episode) -> bool:
        if one.is_muted(turn.now) is not (show == MUTED):
            return False
        return not department or department_of(turn, one, items) == department

    found = sorted(filter(is_wanted, turn.uow.exceptions.open_ones()), key=worst_first)
    lines, together = ExceptionLines(turn), list(by_place(found).values())
    return {
        "found": [_one(lines, each, items) for each in together[:MOST]], "count": len(found),
        "more": turn.words("card.more", n=len(together) - MOST) if len(together) > MOST else "",
        "off": not turn.environment.exceptions.enabled, "unknown": unknown, "show": show,
        "department_id": department,
        "departments": departments(turn),
    }  # fmt: skip


def _one(lines: ExceptionLines, together: list[Episode], items: Mapping[str, Item]) -> Told:
    root = leading(together)
    rest = [f"{lines.name(one)} · {lines.subject(one)}：{lines.what(one)}" for one in together if one is not root]
    more = list(filter(None, (lines.cause(root), lines.keep(root))))
    item = root.key.item if root.key.item in items else ""
    return Told(
        MARKS[root.severity], root.number, item, lines.name(root), lines.subject(root), lines.what(root), more, rest,
        lines.stands(root),
    )  # fmt: skip
