"""GET /exceptions: what is going wrong, the worst first, as 异常 tells it in the chat; answered as on its card."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.web.pages.lists import departments, one_of, strange
from bot.web.pages.render import shown
from bot.web.pages.route import PageRoute
from bot.web.pages.visit import Visit, visit
from bot.web.platform.problem import Problem
from handlers.govern.exception_people import department_of
from handlers.inbound.exceptions_on_page import VERBS, cure_for, offered, press
from handlers.inbound.on_page import LONGEST
from handlers.notify.audit import record_unpressed
from handlers.notify.facts.exception_lines import ExceptionLines, leading, worst_first
from handlers.turn import Turn
from planning.exceptions.episode import Episode, by_place
from planning.exceptions.finding import Severity
from planning.people.organisation import Person
from planning.plan.item import Item

router = APIRouter(route_class=PageRoute)
MOST = 200
"""Cards on the page; the worst of more."""
MARKS = {Severity.CRITICAL: "red", Severity.HIGH: "red", Severity.WARN: "amber", Severity.INFO: "grey"}
MUTED = "muted"
NUMBER = re.compile("[0-9]{1,9}")


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
    verbs: tuple[str, ...]
    """What the visitor may press."""
    cure: str
    """The sentence that proposes what would end it; empty: there is none."""


@router.get("/exceptions")
async def exceptions(request: Request) -> Response:
    return await _shown(visit(request), dict(request.query_params))


@router.post("/exceptions")
async def answer(request: Request) -> Response:
    """What is pressed here is done as if it had been pressed on a card; a refusal loses nothing of what was typed."""
    here, query = visit(request), dict(request.query_params)
    form = await request.form()
    verb, reason, number = (str(form.get(name, "")) for name in ("verb", "reason", "number"))
    if verb not in VERBS or not NUMBER.fullmatch(number):
        raise HTTPException(400)
    try:
        told = await here.act(form, lambda turn, person: press(turn, person, int(number), verb, reason))
    except Problem as refused:
        code, facts, about = refused.code, refused.facts, f"EX-{number}"
        await here.act(form, lambda turn, person: record_unpressed(turn, person.id, about, verb, code, facts))
        return await _shown(here, query, status=409, wrong=refused.detail, at=number, reason=reason)
    return await _shown(here, query, told=told, at=number)


async def _shown(here: Visit, query: Mapping[str, str], status: int = 200, **said: str) -> Response:
    words = {"told": "", "wrong": "", "reason": "", "about": said.pop("at", ""), **said}
    return await shown(here, "exceptions", lambda turn, person: _told(turn, person, query), status=status, **words)


def _told(turn: Turn, person: Person, query: Mapping[str, str]) -> dict[str, Any]:
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
        "found": [_one(turn, person, lines, each, items) for each in together[:MOST]], "count": len(found),
        "more": turn.words("card.more", n=len(together) - MOST) if len(together) > MOST else "",
        "off": not turn.environment.exceptions.enabled, "unknown": unknown, "show": show,
        "department_id": department, "longest": LONGEST,
        "departments": departments(turn),
    }  # fmt: skip


def _one(
    turn: Turn, person: Person, lines: ExceptionLines, together: list[Episode], items: Mapping[str, Item]
) -> Told:
    verbs = offered(turn, together, person, items)
    root = leading(together)
    rest = [f"{lines.name(one)} · {lines.subject(one)}：{lines.what(one)}" for one in together if one is not root]
    more = list(filter(None, (lines.cause(root), lines.keep(root))))
    item = root.key.item if root.key.item in items else ""
    return Told(
        MARKS[root.severity], root.number, item, lines.name(root), lines.subject(root), lines.what(root), more, rest,
        lines.stands(root), verbs, cure_for(turn, together) if verbs else "",
    )  # fmt: skip
