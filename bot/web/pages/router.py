"""All routes of the pages, and the files they need."""

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from bot.web.pages import (
    accounts,
    board,
    changes,
    exceptions,
    gantt,
    issues,
    items,
    live,
    login,
    overview,
    plans,
    readiness,
    saved,
    share,
)
from bot.web.pages.render import FILES
from bot.web.pages.route import PageRoute
from bot.web.pages.settings import router as settings

router = APIRouter(include_in_schema=False, route_class=PageRoute)


class Kept(StaticFiles):
    """Files that a browser keeps: their address has their version."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        answer = await super().get_response(path, scope)
        answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return answer


STATIC = Mount("/pages/static", Kept(directory=FILES), name="pages-static")


@router.get("/")
async def home(request: Request) -> Response:
    return RedirectResponse("/overview", 303)


for part in (
    accounts, login, overview, changes, exceptions, issues, board, gantt, readiness, items, live, plans, saved,
    settings, share,
):  # fmt: skip
    router.include_router(part.router)
