"""A route of the pages: whatever goes wrong is answered with a page, and a sentence on it."""

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.web.pages import cookies
from bot.web.pages.render import page
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


def _not_in(request: Request, why: str) -> Response:
    """How to log in, with the command that leads back to this very page."""
    desk: Desk = request.app.state.desk
    *_, last = request.url.path.rsplit("/", 1)
    about = last if NUMBER.fullmatch(last) else ""
    answer = page(desk, "login.html", 401, why=desk.environment.words(f"web.not-in.{why}"), about=about)
    cookies.drop(desk.environment, answer, cookies.SESSION)
    return answer


def _elsewhere(request: Request, plan: str) -> str:
    return str(_words(request)("web.other-plan" if plan else "web.no-such-plan", plan=plan))


def _told(request: Request, status: int, sentence: str) -> Response:
    return page(desk_of(request), "told.html", status, sentence=sentence)
