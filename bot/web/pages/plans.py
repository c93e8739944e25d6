"""POST /plan: from one plan's pages to another's, of somebody who takes part in both."""

from collections.abc import Mapping

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from bot.web.pages import cookies
from bot.web.pages.render import HEADERS
from bot.web.pages.route import PageRoute
from bot.web.pages.visit import Elsewhere, visit
from bot.web.platform.dependencies import Desk
from handlers.actions.people.web_access import change_plan

router = APIRouter(route_class=PageRoute)


@router.post("/plan")
async def other(request: Request) -> Response:
    here = visit(request)
    desks: Mapping[str, Desk] = request.app.state.desks
    form = await request.form()
    to = desks.get(str(form.get("to", "")))
    if to is None:
        raise Elsewhere("")
    person = await here.act(form, lambda turn, person: person.id)
    token = await to.write(lambda turn: change_plan(turn, person, here.token), first=True)
    if not token:
        raise Elsewhere("")
    answer = RedirectResponse(f"/overview{to.query}", 303, HEADERS)
    cookies.keep(to.environment, answer, cookies.SESSION, f"{to.database.plan_id}.{token}")
    return answer
