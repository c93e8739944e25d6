"""The application: health, metrics, API, its description and the pages, with the channels' callbacks beside them."""

from collections.abc import Callable, Mapping, Sequence

from fastapi import FastAPI
from starlette.middleware import Middleware

from bot.channels.common.channel import Channel
from bot.channels.common.log_in import LogIn
from bot.check_card import key_of
from bot.clock import Clock
from bot.current import Current
from bot.settings import Settings
from bot.supervised import Supervised
from bot.web.api import (
    audit,
    changes,
    compare,
    exceptions,
    impact,
    issues,
    items,
    progress,
    propose,
    readiness,
    reports,
    revisions,
    sources,
    stock,
    sync_cards,
)
from bot.web.api.picture import router as pictures
from bot.web.pages import STATIC
from bot.web.pages import router as pages
from bot.web.pages.accounts import Accounts
from bot.web.platform import check, docs, errors, health, metrics
from bot.web.platform.auth import Described, Door, Guarded, TokensInForce
from bot.web.platform.dependencies import Desk, Served
from bot.web.platform.headers import SecurityHeaders
from bot.web.platform.health import Readiness
from bot.web.platform.limits import BodyLimit, CallLimit
from bot.web.platform.metrics import Metrics
from bot.web.platform.turned_away import Strangers
from bot.web.platform.watch import Watch
from storage.database import Database

API = (
    revisions.router, compare.router, items.router, impact.router, changes.router, propose.router, reports.router,
    stock.router, progress.router, readiness.router, exceptions.router, issues.router, sources.router, audit.router,
    sync_cards.router,
)
ABOUT = """计划与变更，供其他系统读取和提出 | The plan and its changes, for other systems.

列表：{items, next_cursor}；错误：application/problem+json；令牌：Authorization: Bearer <token>。
Lists are {items, next_cursor}, errors application/problem+json, the token Authorization: Bearer <token>."""


def create_web(
    settings: Settings,
    current: Current,
    clock: Clock,
    database: Database,
    channels: Mapping[str, Channel],
    loops: Mapping[str, Supervised] | None = None,
    others: Sequence[Served] = (),
    refused: Callable[[], int] = lambda: 0,
    log_ins: Mapping[str, LogIn] | None = None,
) -> FastAPI:
    """A channel brings its callbacks as `router` (an APIRouter) or `routes` (Starlette's). `others`: the plans beside
    the first, where there are several. `refused`: the first's messages that left no row. `log_ins`: the
    ways in by an account, by platform."""
    served = (Served(current, database, loops or {}, refused), *others)
    desks = {
        one.database.plan_id: Desk(one.current, clock, one.database, channels, one.loops, one.refused)
        for one in served
    }
    desk = desks[database.plan_id]
    gathered = Metrics(desks)
    words = current.latest.words
    app = FastAPI(
        title=current.latest.bot_name,
        version="1",
        description=ABOUT,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        dependencies=[Guarded],
        middleware=[
            Middleware(SecurityHeaders),
            Middleware(Watch, counter=gathered.requests, words=words),
            Middleware(BodyLimit, words=words),
            Middleware(
                Door, tokens=TokensInForce(settings, desk), words=words, turned_away=Strangers(desk).knocked
            ),
            Middleware(CallLimit, words=words, per_minute=settings.limits.api_per_minute),
        ],
    )
    app.state.desks, app.state.desk = desks, desk
    app.state.lookouts = {}
    app.state.accounts = Accounts(log_ins or {}, bool(settings.server.trusted_proxies))
    app.state.metrics, app.state.readiness = gathered, Readiness(desks)
    app.state.check_key = key_of(settings)
    errors.install(app, words)
    docs.install(app)
    for router in (health.router, metrics.router, docs.router, check.router):
        app.include_router(router)
    app.include_router(pages)
    app.router.routes.append(STATIC)
    for router in (*API, pictures):
        app.include_router(router, dependencies=[Described])
    for channel in channels.values():
        _include(app, channel)
    return app


def _include(app: FastAPI, channel: Channel) -> None:
    if router := getattr(channel, "router", None):
        app.include_router(router)
    app.router.routes.extend(getattr(channel, "routes", ()))
