"""分享: what leads others to a page as they may see it, who made it and for how long, and its end.

Whoever is not logged in learns nothing of an address: not even whether there is such a one.
"""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from bot.web.pages.render import HEADERS, page
from bot.web.pages.route import PageRoute
from bot.web.pages.visit import Visit, visit
from bot.web.platform.problem import Problem
from cards.words.dates import day
from handlers.actions.people.share_page import in_words, opened, share, shared_by, take_back
from handlers.turn import Turn
from planning.people.organisation import Person, Role
from planning.people.principal import Principal
from planning.people.sharing import LONGEST_LIFE, SharedPage, shareable

router = APIRouter(route_class=PageRoute)
SEE_OTHER, GONE = 303, 410
DAYS = (1, 3, LONGEST_LIFE.days)


@router.get("/share")
async def ask(request: Request) -> Response:
    """Whom a page is to be shared with, and what is shared already."""
    return await _shown(visit(request), {"path": request.query_params.get("to", "")})


@router.post("/share")
async def make(request: Request) -> Response:
    """What was wrong is said above the form, which keeps what was chosen."""
    here, form = visit(request), {name: str(value) for name, value in (await request.form()).items()}
    path, audience, days = (form.get(name, "") for name in ("path", "audience", "days"))
    try:
        link = await here.act(form, lambda turn, person: share(turn, person, path, audience, days))
    except Problem as problem:
        words = here.desk.environment.words
        wrong = problem.detail or words(f"problem.{problem.code}", **problem.facts)
        return await _shown(here, form, problem.status, wrong=wrong)
    return await _shown(here, {}, link=link)


@router.post("/share/end")
async def end(request: Request) -> Response:
    here, form = visit(request), await request.form()
    await here.act(form, lambda turn, person: take_back(turn, person, str(form.get("id", ""))))
    return RedirectResponse("/share", SEE_OTHER, HEADERS)


@router.get("/s/{key}")
async def lead(request: Request, key: str) -> Response:
    """Lead whoever is logged in to the page. One answer to every address that leads nowhere: old, taken back, meant for
    others, or never made."""
    here = visit(request)
    plan, _, secret = key.rpartition(".")
    desk = here.desk

    def unit(turn: Turn, person: Person) -> SharedPage | None:
        return opened(turn, person, secret) if plan == turn.uow.plan_id else None

    found = await here.look(unit)
    if found is None:
        return page(desk, "no-share.html", GONE)
    await desk.write(lambda turn: turn.uow.shared_pages.count_open(found.id), first=True)
    return RedirectResponse(found.path, SEE_OTHER, HEADERS)


async def _shown(
    here: Visit, chosen: Mapping[str, str], status: int = 200, *, link: str = "", wrong: str = ""
) -> Response:
    values = await here.look(lambda turn, person: _told(turn, person, chosen.get("path", "")))
    kept = {"audience": chosen.get("audience", "all"), "for_days": chosen.get("days", str(DAYS[0]))}
    return page(here.desk, "share.html", status, csrf=here.csrf, link=link, wrong=wrong, days=DAYS, **kept, **values)


def _told(turn: Turn, person: Person, path: str) -> dict[str, Any]:
    if path:
        path = shareable(path)
    organisation = turn.organisation
    roles = [(str(Principal.of_role(role)), turn.words(f"approver.role.{role}")) for role in Role]
    return {
        "path": path,
        "groups": (
            ("departments", [(f"department:{one.id}", one.name) for one in organisation.departments.values()]),
            ("roles", roles),
            ("people", [(f"person:{one.id}", one.name) for one in organisation.people.values()]),
        ),
        "shared": [_line(turn, person, one) for one in shared_by(turn, person)],
    }


def _line(turn: Turn, person: Person, one: SharedPage) -> dict[str, Any]:
    until = one.until.astimezone(turn.environment.zone)
    by = "" if one.made_by == person.id else turn.organisation.name_of(one.made_by)
    facts = {"until": f"{day(until.date(), turn.today)} {until:%H:%M}", "n": one.opens}
    return {
        "id": one.id, "path": one.path, "with": in_words(turn, one.audience), "by": by,
        "told": turn.words("web.share.told", **facts),
    }  # fmt: skip
