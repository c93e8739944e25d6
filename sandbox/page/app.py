"""Puts the chat page together."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from fastapi import FastAPI
from starlette.datastructures import MutableHeaders
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sandbox.page import actions, errors, fragments, picture
from sandbox.page.drawing import HERE, Drawing
from sandbox.page.live import Live
from sandbox.page.phones import Phones
from sandbox.page.scene import Example, NextMorning, OpenPlan, PictureOf, Scene
from sandbox.world import World

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}
"""Of every answer: nothing from elsewhere, nothing inline, nothing stale."""


def create_page(
    world: World,
    *,
    next_morning: NextMorning,
    title: str,
    examples: Sequence[Example] = (),
    timezone: str = "Asia/Shanghai",
    opening: str = "",
    picture_of: PictureOf | None = None,
    open_plan: OpenPlan | None = None,
) -> FastAPI:
    """The chat page as an ASGI application, to be mounted at "/" or served alone.

    `next_morning` moves the bot's clock and gives a Chinese sentence about the new time. `title` is the company's
    name. An example is (conversation key, text to type), the key None standing for every conversation.
    `opening` is who one is until one chooses somebody. `picture_of` draws what a change request does; without it no
    card offers that. `open_plan` says where the plan is open for somebody; without it the page has no way there. The
    date in the header is `world.now()` in `timezone`.

    Open event streams end when uvicorn catches a signal. Whoever stops a server in another way (`should_exit`)
    calls `page.state.close()` first, or the server waits for its open browsers.
    """
    app = FastAPI(title="通盘沙盒", docs_url=None, redoc_url=None, openapi_url=None)
    live = Live(world)
    app.state.scene = Scene(
        world=world,
        phones=Phones(world, ZoneInfo(timezone), examples, opening),
        next_morning=next_morning,
        title=title,
        live=live,
        drawing=Drawing(offers_pictures=picture_of is not None, offers_plan=open_plan is not None),
        picture=picture_of,
        open_plan=open_plan,
    )
    app.state.close = live.close
    app.include_router(fragments.router)
    app.include_router(actions.router)
    app.include_router(picture.router)
    app.mount("/static", StaticFiles(directory=HERE / "static"))
    app.add_middleware(PageHeaders)
    errors.install(app)
    return app


class PageHeaders:
    """Plain ASGI, because Starlette's BaseHTTPMiddleware gets between an event stream and its end."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers)
