"""Log-in with a platform's account: out to the platform and back, as somebody of the company.

Who opens the address of the way back without having begun it, a preview say, spends nothing and learns nothing.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import structlog
from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from bot.channels.common.channel import TryLater, Undeliverable
from bot.channels.common.log_in import LogIn, NotAccepted, Outsider
from bot.channels.common.tally import tally
from bot.web.pages import cookies
from bot.web.pages.attempts import Attempt, Attempts
from bot.web.pages.away import Away
from bot.web.pages.render import HEADERS, page
from bot.web.pages.route import PageRoute, entrance
from bot.web.pages.visit import desk_of
from bot.web.platform.address import address_of, is_private, network_of
from bot.web.platform.dependencies import Desk
from handlers.actions.people.web_access import log_in_as, was_used
from handlers.notify.budget_warning import count_calls
from handlers.turn import Turn
from planning.people.organisation import Role
from planning.people.web_access import own_path
from storage.delivery.calls import CallKind

router = APIRouter(route_class=PageRoute)
SEE_OTHER, FORBIDDEN, NOT_FOUND, TOO_MANY, UNAVAILABLE = 303, 403, 404, 429, 503
LONGEST_CODE = 512
log = structlog.get_logger()


class Accounts:
    """The ways to log in by a platform's account, by platform. `behind_named_proxies`: every address is a caller's."""

    def __init__(self, ways: Mapping[str, LogIn], behind_named_proxies: bool) -> None:
        self.ways = ways
        self._behind_named_proxies = behind_named_proxies
        self._attempts: defaultdict[str, Attempts] = defaultdict(Attempts)

    def client_of(self, request: Request) -> str:
        """The platform whose client a browser is; empty: an ordinary one."""
        agent = request.headers.get("user-agent", "")
        return next((name for name, way in self.ways.items() if way.is_client(agent)), "")

    def begin(self, request: Request, platform: str, now: datetime) -> Attempt | None:
        """Take a place before the platform is asked; None: too many did not succeed."""
        return self._attempts[platform].begin(self._caller(request), now)

    def give_back(self, platform: str, attempt: Attempt) -> None:
        self._attempts[platform].give_back(attempt)

    def _caller(self, request: Request) -> str:
        """Whose attempt it is; empty where only a proxy is seen that no setting names: it stands for everybody."""
        address = address_of(request.scope)
        return network_of(address) if self._behind_named_proxies or not is_private(address) else ""


@router.get("/login")
async def ways_in(request: Request) -> Response:
    """All ways to log in."""
    return entrance(request, "", request.query_params.get("to", ""))


@router.get("/login/{platform}")
async def begin(request: Request, platform: str) -> Response:
    """Send the browser to the platform; inside its client, where that takes a script, to a page that runs it."""
    accounts, desk = _accounts(request), desk_of(request)
    way = accounts.ways.get(platform)
    if way is None:
        return entrance(request, "", request.query_params.get("to", ""), NOT_FOUND)
    inside = accounts.client_of(request) == platform and request.query_params.get("by") != "browser"
    away = Away.at(platform, _wanted(request.query_params.get("to", "")), desk.clock.now())
    company = await desk.read(lambda turn: turn.uow.companies.of(platform)) if inside else ""
    if inside and (script := way.script(company)):
        names = _names(desk, platform)
        answer: Response = page(desk, "client.html", script=script, state=away.state, to=away.path, **names)
        answer.headers["Content-Security-Policy"] = _with_script(script.library)
    else:
        answer = RedirectResponse(way.address(_back(desk, platform), away.state, inside), SEE_OTHER, HEADERS)
    cookies.keep(desk.environment, answer, cookies.AWAY, away.cookie)
    return answer


@router.get("/login/{platform}/client.js")
async def source(request: Request, platform: str) -> Response:
    """Our own script of the page inside the client."""
    way = _accounts(request).ways.get(platform)
    script = way.script("") if way else None
    if script is None:
        return entrance(request, "", "", NOT_FOUND)
    return Response(script.source, media_type="text/javascript")


@router.get("/login/{platform}/back")
async def returned(request: Request, platform: str) -> Response:
    """The end of the platform's redirect."""
    asked = request.query_params
    way = _accounts(request).ways.get(platform)
    return await _enter(request, platform, asked.get(way.code_field if way else "", ""), asked.get("state", ""), False)


@router.post("/login/{platform}/back")
async def told(request: Request, platform: str) -> Response:
    """A code that the page inside the client got by its script."""
    form = await request.form()
    return await _enter(request, platform, str(form.get("code", "")), str(form.get("state", "")), True)


async def _enter(request: Request, platform: str, code: str, state: str, by_script: bool) -> Response:
    accounts, desk = _accounts(request), desk_of(request)
    away = Away.read(cookies.read(desk.environment, request.cookies, cookies.AWAY))
    way = accounts.ways.get(platform)
    if way is None or away is None or not away.knows(platform, state, desk.clock.now()):
        return _not_in(request, "web.account.again", away.path if away else "")
    if await desk.read(lambda turn: was_used(turn, state)):
        return _not_in(request, "web.account.again", away.path)
    if not 0 < len(code) <= LONGEST_CODE:
        return _not_in(request, "web.account.no-code", away.path)
    attempt = accounts.begin(request, platform, desk.clock.now())
    if attempt is None:
        return _not_in(request, "web.account.too-many", away.path, TOO_MANY)
    with tally() as made:
        try:
            user = await way.user(code, by_script)
        except NotAccepted:
            log.warning("a code to log in was refused", action="login.refused", platform=platform)
            return _not_in(request, "web.account.bad-code", away.path)
        except Outsider:
            log.warning("an outsider was refused", action="login.outsider", platform=platform)
            return _stranger(request, platform, "")
        except (TryLater, Undeliverable) as trouble:
            if isinstance(trouble, TryLater):  # the platform's own trouble; what it refused costs calls like any other
                accounts.give_back(platform, attempt)
            log.warning("log-in failed", action="login.failed", platform=platform, why=str(trouble))
            return _not_in(request, "web.account.trouble", away.path, UNAVAILABLE)
        finally:
            if made.calls:
                await desk.write(lambda turn: _count(turn, platform, made.calls), first=True)
    accounts.give_back(platform, attempt)
    return await _entered(request, desk, away, user)


async def _entered(request: Request, first: Desk, away: Away, user: str) -> Response:
    desk = await _desk_with(request, away, user)
    if desk is None:
        return _stranger(request, away.platform, user)
    _, _, before = cookies.read(desk.environment, request.cookies, cookies.SESSION).rpartition(".")

    def unit(turn: Turn) -> str:
        return log_in_as(turn, away.platform, user, away.state, before)

    token = await desk.write(unit, first=True)
    if not token:
        return _not_in(request, "web.account.again", away.path)
    answer = RedirectResponse(own_path(away.path), SEE_OTHER, HEADERS)
    cookies.keep(desk.environment, answer, cookies.SESSION, f"{desk.database.plan_id}.{token}")
    cookies.drop(desk.environment, answer, cookies.AWAY)
    return answer


async def _desk_with(request: Request, away: Away, user: str) -> Desk | None:
    """The desk of the plan that the address names, or of the first that they take part in."""
    desks: Mapping[str, Desk] = request.app.state.desks
    (named,) = parse_qs(urlsplit(away.path).query).get("plan", [""])[:1]
    for plan in sorted(desks, key=lambda one: one != named):
        found = await desks[plan].read(lambda turn: turn.organisation.person_by(away.platform, user))
        if found:
            return desks[plan]
    return None


def _stranger(request: Request, platform: str, user: str) -> Response:
    """Nobody whom we know. `user`: what the platform calls them; empty: they are not of the company at all."""
    desk = desk_of(request)
    answer = page(desk, "stranger.html", FORBIDDEN, user=user, **_names(desk, platform))
    cookies.drop(desk.environment, answer, cookies.AWAY)
    return answer


def _not_in(request: Request, why: str, path: str, status: int = 400) -> Response:
    answer = entrance(request, desk_of(request).environment.words(why), path, status)
    cookies.drop(desk_of(request).environment, answer, cookies.AWAY)
    return answer


def _names(desk: Desk, platform: str) -> dict[str, Any]:
    environment = desk.environment
    admins = [person.name for person in environment.organisation.with_role(Role.ADMIN)]
    return {
        "platform": environment.words(f"{platform}.name"), "key": platform, "joins": environment.settings is not None,
        "admins": environment.words.list(admins),
    }  # fmt: skip


def _wanted(path: str) -> str:
    """The page to go to: one of ours, and not the way in itself."""
    own = own_path(path)
    return "/overview" if own.startswith(("/login", "/in/", "/out", "/plan")) else own


def _back(desk: Desk, platform: str) -> str:
    return f"{desk.environment.pages_at}/login/{platform}/back"


def _count(turn: Turn, platform: str, calls: int) -> None:
    count_calls(turn, f"{platform}:", CallKind.ANSWER, calls)


def _with_script(library: str) -> str:
    """The policy of the one page that may load a platform's own script."""
    host = "{0.scheme}://{0.netloc}".format(urlsplit(library))
    return f"{HEADERS['Content-Security-Policy']}; script-src 'self' {host}"


def _accounts(request: Request) -> Accounts:
    accounts: Accounts = request.app.state.accounts
    return accounts
