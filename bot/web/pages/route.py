"""A route of the pages: whatever goes wrong is answered with a page, and a sentence on it."""

from collections.abc import Callable, Coroutine
from typing import Any
from urllib.parse import urlencode, urlsplit

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.web.pages import cookies
from bot.web.pages.render import HEADERS, page
from bot.web.pages.visit import Elsewhere, Forged, NotIn, desk_of
from bot.web.platform.dependencies import Desk
from bot.web.platform.numbers import NUMBER
from bot.web.platform.problem import Problem

Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class PageRoute(APIRoute):
    def get_route_handler(self) -> Handler:
        handle = super().get_route_handler()

        async def answered(request: Request) -> Response:
            try:
                answer = await handle(request)
            except NotIn as nobody:
                return _not_in(request, nobody.why)
            except Forged:
                answer = _told(request, 403, _words(request)("web.forged"))
            except Elsewhere as elsewhere:
                answer = _told(request, 409 if elsewhere.plan else 404, _elsewhere(request, elsewhere.plan))
            except Problem as problem:
                told = problem.detail or _words(request)(f"problem.{problem.code}", **problem.facts)
                answer = _told(request, problem.status, told)
            except (HTTPException, RequestValidationError):
                answer = _told(request, 400, _words(request)("web.unreadable"))
            if renewed := getattr(request.state, "renewed", ""):
                cookies.keep(desk_of(request).environment, answer, cookies.SESSION, renewed)
            return answer

        return answered


def _words(request: Request) -> Any:
    return desk_of(request).environment.words


def entrance(request: Request, why: str, path: str, status: int = 200) -> HTMLResponse:
    """The ways to log in, each leading to the page that was wanted, with the command that does so too."""
    desk: Desk = request.app.state.desk
    *_, last = urlsplit(path).path.rsplit("/", 1)
    about = last if NUMBER.fullmatch(last) else ""
    ways = [(name, f"/login/{name}?{urlencode({'to': path})}" if path else f"/login/{name}") for name in _ways(request)]
    return page(desk, "login.html", status, why=why, about=about, ways=ways)


def _not_in(request: Request, why: str) -> Response:
    """To whoever opens a page in a platform's own client, the way in by their account there, at once."""
    desk: Desk = request.app.state.desk
    path = f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path
    opens = request.method == "GET" and "text/html" in request.headers.get("accept", "")
    client = request.app.state.accounts.client_of(request)
    if client and opens and "hx-request" not in request.headers:
        answer: Response = RedirectResponse(f"/login/{client}?{urlencode({'to': path})}", 303, HEADERS)
    else:
        wanted = path if request.method == "GET" else ""
        answer = entrance(request, desk.environment.words(f"web.not-in.{why}"), wanted, 401)
    cookies.drop(desk.environment, answer, cookies.SESSION)
    return answer


def _ways(request: Request) -> list[str]:
    return [*request.app.state.accounts.ways]


def _elsewhere(request: Request, plan: str) -> str:
    return str(_words(request)("web.other-plan" if plan else "web.no-such-plan", plan=plan))


def _told(request: Request, status: int, sentence: str) -> Response:
    return page(desk_of(request), "told.html", status, sentence=sentence)
