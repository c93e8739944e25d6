"""Who may come in: a bearer token for everything under /api/, and its scopes for each endpoint."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256
from hmac import compare_digest
from typing import Annotated, Literal

from fastapi import Depends, Request, Security
from fastapi.security import HTTPBearer
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.settings.model import ApiToken
from bot.web.problem import Problem
from cards.words import Words

GUARDED = "/api/"
_described = HTTPBearer(auto_error=False, description="设置里 api.tokens 的令牌 | a token of the settings' api.tokens")


@dataclass(frozen=True, slots=True)
class Caller:
    """Another system, by the name of its token."""

    name: str
    scopes: frozenset[str]

    @property
    def person(self) -> str:
        """As whom it proposes changes."""
        return f"api:{self.name}"


class Tokens:
    """Keeps digests, so that comparing takes the same time whatever is sent and whichever token it is."""

    def __init__(self, tokens: Iterable[ApiToken]) -> None:
        self._callers = [
            (sha256(known.token.get_secret_value().encode()).digest(), Caller(known.name, frozenset(known.scopes)))
            for known in tokens
        ]

    def caller(self, authorization: str) -> Caller | None:
        """The caller of an `Authorization` header; None: nobody we know."""
        scheme, _, credentials = authorization.partition(" ")
        given = sha256(credentials.strip().encode("latin-1")).digest()
        found = [caller for known, caller in self._callers if compare_digest(known, given)]
        return found[0] if found and scheme.lower() == "bearer" else None


class Door:
    """ASGI middleware: before a body is read or a path looked up, the caller has to be known."""

    def __init__(
        self, app: ASGIApp, tokens: Tokens, words: Words, turned_away: Callable[[Scope], Awaitable[None]]
    ) -> None:
        self._app, self._tokens, self._words, self._turned_away = app, tokens, words, turned_away

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].startswith(GUARDED):
            caller = self._tokens.caller(Headers(scope=scope).get("authorization", ""))
            if caller is None:
                await self._turned_away(scope)
                problem = Problem(401, "unauthorized", headers={"WWW-Authenticate": 'Bearer realm="tongpan"'})
                await problem.response(self._words)(scope, receive, send)
                return
            scope.setdefault("state", {})["caller"] = caller
        await self._app(scope, receive, send)


def _may(wanted: Literal["read", "write", "audit"]) -> Callable[[Request], Awaitable[Caller]]:
    async def caller_with_scope(request: Request) -> Caller:
        caller: Caller = request.state.caller
        request.state.wanted = wanted
        if wanted not in caller.scopes:
            raise Problem(403, "forbidden", name=caller.name, scope=wanted)
        return caller

    return caller_with_scope


Described = Security(_described)
"""Tells /openapi.json about the token; the door has checked it."""
Reader = Annotated[Caller, Depends(_may("read"))]
Writer = Annotated[Caller, Depends(_may("write"))]
Auditor = Annotated[Caller, Depends(_may("audit"))]
