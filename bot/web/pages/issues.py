"""GET /issues: what people found wrong, as 反馈 tells it in the chat; answered as on its card."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.web.pages.lists import departments, one_of, strange
from bot.web.pages.render import shown
from bot.web.pages.route import PageRoute
from bot.web.pages.visit import Visit, visit
from bot.web.platform.problem import Problem
from handlers.inbound.issues_on_page import NEED_WORDS, VERBS, offered, press
from handlers.inbound.on_page import LONGEST
from handlers.notify.audit import record_unpressed
from handlers.notify.rhythm.issue_cards import IssueLines
from handlers.reads.rhythm.issues import concerns
from handlers.turn import Turn
from planning.people.organisation import Person
from planning.rhythm.issue import ISSUE_NO, Issue, IssueState

router = APIRouter(route_class=PageRoute)
MOST = 200
"""Issues on the page; the first raised of more."""
CLOSED_FOR = timedelta(days=14)
"""So long what is closed can be looked at here."""
MARKS = {IssueState.OPEN: "amber", IssueState.ASSIGNED: "amber", IssueState.ANSWERED: "green",
         IssueState.RESOLVED: "green", IssueState.CLOSED: "grey"}  # fmt: skip
MINE, CLOSED = "mine", "closed"


@dataclass(frozen=True, slots=True)
class Told:
    mark: str
    no: str
    item: str
    """Code of its item; empty: it is about none."""
    title: str
    status: str
    lines: list[str]
    verbs: tuple[str, ...]
    """What the visitor may press."""
    needs_words: bool


@router.get("/issues")
async def issues(request: Request) -> Response:
    return await _shown(visit(request), dict(request.query_params))


@router.post("/issues")
async def answer(request: Request) -> Response:
    """What is pressed here is done as if it had been pressed on a card; a refusal loses nothing of what was typed."""
    here, query = visit(request), dict(request.query_params)
    form = await request.form()
    verb, said, no = (str(form.get(name, "")) for name in ("verb", "reason", "no"))
    if verb not in VERBS or not re.fullmatch(ISSUE_NO, no):
        raise HTTPException(400)
    try:
        told = await here.act(form, lambda turn, person: press(turn, person, no, verb, said))
    except Problem as refused:
        code, facts = refused.code, refused.facts
        await here.act(form, lambda turn, person: record_unpressed(turn, person.id, no, verb, code, facts))
        return await _shown(here, query, status=409, wrong=refused.detail, about=no, reason=said)
    return await _shown(here, query, told=told, about=no)


async def _shown(here: Visit, query: Mapping[str, str], status: int = 200, **said: str) -> Response:
    words = {"told": "", "wrong": "", "reason": "", "about": "", **said}
    return await shown(here, "issues", lambda turn, person: _told(turn, person, query), status=status, **words)


def _told(turn: Turn, person: Person, query: Mapping[str, str]) -> dict[str, Any]:
    unknown = strange(query, ("show", "department"))
    show = one_of("show", query.get("show", ""), (MINE, CLOSED), unknown)
    department = one_of("department", query.get("department", ""), turn.organisation.departments, unknown)

    def is_wanted(one: Issue) -> bool:
        if (one.state is IssueState.CLOSED) is not (show == CLOSED):
            return False
        return department in ("", one.department) and (show != MINE or concerns(turn, one, person))

    found = sorted(filter(is_wanted, turn.uow.issues.since(turn.now - CLOSED_FOR)), key=lambda one: not one.urgent)
    return {
        "found": [_one(turn, person, one) for one in found[:MOST]], "count": len(found),
        "more": turn.words("card.more", n=len(found) - MOST) if len(found) > MOST else "",
        "unknown": unknown, "show": show, "department_id": department, "longest": LONGEST,
        "departments": departments(turn),
    }  # fmt: skip


def _one(turn: Turn, person: Person, issue: Issue) -> Told:
    lines, verbs = IssueLines(turn, issue), offered(turn, issue, person)
    mark = "red" if issue.urgent and issue.state.is_underway else MARKS[issue.state]
    item = lines.item.code if lines.item else ""
    needs = any(verb in NEED_WORDS for verb in verbs)
    return Told(mark, issue.no, item, lines.title, lines.status, list(lines.told()), verbs, needs)
