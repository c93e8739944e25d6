"""Access to the API: a bearer token for everything under /api/, with the scope its path needs."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from hmac import compare_digest
from typing import Annotated

from fastapi import Depends, Request, Security
from fastapi.security import HTTPBearer
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.kept_settings import SettingsInForce
from bot.settings import Settings
from bot.settings.kinds import HASHED
from bot.settings.model import ApiToken
from bot.web.platform.dependencies import Desk
from bot.web.platform.problem import Problem
from cards.words import Words
from handlers.turn import Turn
from planning.control.permissions import API as SCOPES_OF
from planning.control.permissions import MASKED
from planning.people.masks import masked
from planning.people.principal import Principal
from storage.connection.database_trouble import is_trouble

GUARDED = "/api/"
_described = HTTPBearer(auto_error=False, description="设置里 api.tokens 的令牌 | a token of the settings' api.tokens")


@dataclass(frozen=True, slots=True)
class Caller:
    """Another system, by the name of its token."""

    name: str
    scopes: frozenset[str]
    plans: frozenset[str] = frozenset()
    """Plans it is for; empty: all."""

    @property
    def person(self) -> str:
        """Principal as whom it proposes changes."""
        return str(Principal.of_token(self.name))

    def may_use(self, plan: str) -> bool:
        return not self.plans or plan in self.plans

    def sees(self, turn: Turn, cells: Mapping[str, str]) -> dict[str, str]:
        """An item's cells; masked columns are for tokens with that scope only."""
        return dict(cells) if MASKED in self.scopes else masked(turn.environment.masks, cells)


class Tokens:
    """Keeps digests, so that comparing takes the same time whatever is sent and whichever token it is."""

    def __init__(self, tokens: Iterable[ApiToken]) -> None:
        self._callers = [
            (
                _digest(known.token.get_secret_value()),
                Caller(known.name, frozenset(known.scopes), frozenset(known.plans)),
            )
            for known in tokens
            if not known.revoked
        ]

    def caller(self, authorization: str) -> Caller | None:
        """The caller of an `Authorization` header; None: nobody we know."""
        scheme, _, credentials = authorization.partition(" ")
        given = sha256(credentials.strip().encode("latin-1")).digest()
        found = [caller for known, caller in self._callers if compare_digest(known, given)]
        return found[0] if found and scheme.lower() == "bearer" else None


class TokensInForce:
    """The tokens of the settings in force: one that was revoked opens nothing from the next call on."""

    def __init__(self, settings: Settings, desk: Desk) -> None:
        """`settings`: those of a start, where nothing changes them."""
        self._tokens, self._desk = Tokens(settings.api.tokens), desk
        self._known: tuple[ApiToken, ...] = settings.api.tokens

    async def now(self) -> Tokens:
        """Where the database cannot be asked, those known before: whoever they let in will be told of the trouble."""
        kept = self._desk.environment.settings
        if isinstance(kept, SettingsInForce):
            try:
                await self._desk.read(lambda turn: None)
            except Exception as error:
                if not is_trouble(error):
                    raise
            if kept.settings.api.tokens != self._known:
                self._known = kept.settings.api.tokens
                self._tokens = Tokens(self._known)
        return self._tokens


def _digest(token: str) -> bytes:
    """The settings may hold the hash alone: whoever reads them is not let in by it."""
    if token.startswith(HASHED):
        return bytes.fromhex(token.removeprefix(HASHED))
    return sha256(token.encode()).digest()


class Door:
    """ASGI middleware: before a body is read or a path looked up, the caller has to be known."""

    def __init__(
        self, app: ASGIApp, tokens: TokensInForce, words: Words, turned_away: Callable[[Scope], Awaitable[None]]
    ) -> None:
        self._app, self._tokens, self._words, self._turned_away = app, tokens, words, turned_away

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].startswith(GUARDED):
            caller = (await self._tokens.now()).caller(Headers(scope=scope).get("authorization", ""))
            if caller is None:
                await self._turned_away(scope)
                problem = Problem(401, "unauthorized", headers={"WWW-Authenticate": 'Bearer realm="tongpan"'})
                await problem.response(self._words)(scope, receive, send)
                return
            scope.setdefault("state", {})["caller"] = caller
        await self._app(scope, receive, send)


async def _permitted(request: Request) -> None:
    """Raises a Problem when the caller lacks the scope of the path, or the table of permissions does not have it."""
    if not request.url.path.startswith(GUARDED):
        return
    caller, path = _caller(request), request.scope["route"].path
    wanted = SCOPES_OF.get(f"{request.method} {path}")
    if wanted is None:
        raise Problem(403, "not-permitted", method=request.method, path=path)
    request.state.wanted = wanted
    if wanted not in caller.scopes:
        raise Problem(403, "forbidden", name=caller.name, scope=wanted)


def _caller(request: Request) -> Caller:
    caller: Caller = request.state.caller
    return caller


Described = Security(_described)
"""Tells /openapi.json about the token; the door has checked it."""
Guarded = Depends(_permitted)
"""Of the whole application, so that no path can be forgotten."""
Known = Annotated[Caller, Depends(_caller)]
"""Caller of this request; the guard has let them."""
