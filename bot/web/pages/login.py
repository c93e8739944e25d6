"""The way in by a one-time link, and out again.

Chats, mail gates and scanners open a link before its owner does: to open it changes nothing, its button does.
"""

import hmac
from collections.abc import Mapping
from secrets import token_urlsafe
from urllib.parse import quote

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from bot.web.pages import cookies
from bot.web.pages.render import HEADERS, page
from bot.web.pages.route import PageRoute, entrance
from bot.web.pages.visit import visit
from bot.web.platform.dependencies import Desk
from handlers.actions.people.web_access import end_sessions, is_known, log_in
from planning.people.web_access import own_path

router = APIRouter(route_class=PageRoute)
SEE_OTHER = 303


@router.get("/in/{key}")
async def ask(request: Request, key: str) -> Response:
    """The same page for every link there could be."""
    return _asked(request, key)


@router.post("/in/{key}")
async def enter(request: Request, key: str) -> Response:
    """Use the link up, and begin a session in a browser that was shown the button."""
    desk: Desk = request.app.state.desk
    form = await request.form()
    shown = cookies.read(desk.environment, request.cookies, cookies.LOGIN)
    if not shown or not hmac.compare_digest(str(form.get("login", "")).encode(), shown.encode()):
        return _asked(request, key, again=True)
    desks: Mapping[str, Desk] = request.app.state.desks
    plan, _, secret = key.rpartition(".")
    _, _, before = cookies.read(desk.environment, request.cookies, cookies.SESSION).rpartition(".")
    entered = None
    if plan in desks and await desks[plan].read(lambda turn: is_known(turn, secret)):  # a guess holds nobody up
        entered = await desks[plan].write(lambda turn: log_in(turn, secret, before), first=True)
    if entered is None:
        return page(desk, "no-link.html", 410)
    token, link = entered
    theirs = desks[plan]
    answer = RedirectResponse(f"{own_path(link.path)}{theirs.query}", SEE_OTHER, HEADERS)
    cookies.keep(theirs.environment, answer, cookies.SESSION, f"{plan}.{token}")
    cookies.drop(theirs.environment, answer, cookies.LOGIN)
    return answer


@router.post("/out")
async def leave(request: Request) -> Response:
    """End the visitor's sessions in every browser."""
    here = visit(request)
    await here.act(await request.form(), end_sessions)
    desk = here.desk
    answer = entrance(request, desk.environment.words("web.not-in.out"), "")
    cookies.drop(desk.environment, answer, cookies.SESSION)
    return answer


def _asked(request: Request, key: str, again: bool = False) -> Response:
    desk: Desk = request.app.state.desk
    sign = token_urlsafe(16)
    answer = page(desk, "enter.html", 403 if again else 200, key=quote(key, safe=""), sign=sign, again=again)
    cookies.keep(desk.environment, answer, cookies.LOGIN, sign)
    return answer
