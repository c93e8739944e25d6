"""A visit: one request by somebody who is logged in, in the plan that their session belongs to."""

import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import TypeVar

from fastapi import Request

from bot.web.pages import cookies
from bot.web.platform.dependencies import Desk
from handlers.turn import Turn
from planning.people.organisation import Person
from planning.people.web_access import WebSession, hash_of, standing_of

T = TypeVar("T")


class NotIn(Exception):
    """Nobody is logged in. `why`: "nobody", "over", or "changed" of somebody whose department or roles are others."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Forged(Exception):
    """A form that did not come from a page of this session."""


class Elsewhere(Exception):
    """The address is of another plan than the session. `plan`: of which; empty: of none that there is."""

    def __init__(self, plan: str) -> None:
        super().__init__(plan)
        self.plan = plan


@dataclass(frozen=True, slots=True)
class Visit:
    desk: Desk
    token: str
    renew: Callable[[], None] = lambda: None
    """What is called once its use was noted: as long as the session is kept, the browser has to keep its cookie."""
    address: str = ""
    """The page that was opened, with its query; empty: something was sent."""
    other: str | None = None
    """The plan that the address is of, where it is not the session's; empty: there is no such plan."""

    @property
    def csrf(self) -> str:
        """The sign that a form of this session carries; who sees a page of it alone knows it."""
        return sha256(f"form:{self.token}".encode()).hexdigest()

    async def look(self, work: Callable[[Turn, Person], T]) -> T:
        """Do what only reads, as the visitor stands now. Raises NotIn, Elsewhere, a Problem where a rule refuses."""

        def unit(turn: Turn) -> tuple[WebSession, T]:
            session, person = self._who(turn)
            return session, work(turn, person)

        session, found = await self.desk.read(unit)
        if session.is_worth_noting(self.desk.clock.now()):
            await self.desk.write(lambda turn: turn.uow.web_sessions.note(hash_of(self.token), turn.now), first=True)
            self.renew()
        return found

    async def note(self, work: Callable[[Turn], None]) -> None:
        """Write down what opening a page leaves behind by itself. What it says about the visit was looked at before."""
        await self.desk.write(work, first=True)

    async def stands(self) -> bool:
        """Check whether the visitor is still logged in; this is no use of the session."""
        try:
            await self.desk.read(self._who)
        except NotIn:
            return False
        return True

    async def act(self, form: Mapping[str, object], work: Callable[[Turn, Person], T]) -> T:
        """Do what writes, in one unit with the plan to itself, before what waits, as a click. Raises Forged besides."""
        if not hmac.compare_digest(str(form.get("csrf", "")).encode(), self.csrf.encode()):
            raise Forged
        return await self.desk.write(lambda turn: work(turn, self._who(turn)[1]), first=True)

    def _who(self, turn: Turn) -> tuple[WebSession, Person]:
        session = turn.uow.web_sessions.of(hash_of(self.token))
        if session is None or session.is_over(turn.now):
            raise NotIn("over")
        person = turn.organisation.people.get(session.person)
        if person is None:
            raise NotIn("over")
        if session.standing != standing_of(person):
            raise NotIn("changed")
        if self.other is not None:  # to nobody who is not logged in is it told which plans there are
            raise Elsewhere(self.other)
        return session, person


def visit(request: Request) -> Visit:
    """The visit of a request. Raises NotIn of a browser that holds nothing."""
    desks: Mapping[str, Desk] = request.app.state.desks
    plan, token = _held(request)
    if plan not in desks or not token:
        raise NotIn("nobody")
    asked = request.query_params.get("plan", "")
    other = None if asked in ("", plan) else asked if asked in desks else ""
    asked_for = f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path
    address = asked_for if request.method == "GET" else ""
    return Visit(desks[plan], token, lambda: setattr(request.state, "renewed", f"{plan}.{token}"), address, other)


def desk_of(request: Request) -> Desk:
    """The desk of the plan that a browser's session is of; the first where it has none."""
    first: Desk = request.app.state.desk
    desks: Mapping[str, Desk] = request.app.state.desks
    return desks.get(_held(request)[0], first)


def _held(request: Request) -> tuple[str, str]:
    """Plan and token that the browser holds."""
    first: Desk = request.app.state.desk
    plan, _, token = cookies.read(first.environment, request.cookies, cookies.SESSION).rpartition(".")
    return plan, token
