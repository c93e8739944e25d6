"""Dependencies of every endpoint: the environment, the clock, the database; and how a request becomes a turn."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Annotated, TypeVar
from urllib.parse import quote

from fastapi import Depends, Request

from bot.channels.common.channel import Channel
from bot.clock import Clock
from bot.current import Current
from bot.supervised import Supervised
from bot.web.platform.problem import Problem
from handlers.inbound import late_replies
from handlers.turn import Environment, Turn
from planning.refusal import Refusal, Refused
from storage.database import Database
from storage.unit_of_work import UnitOfWork

Result = TypeVar("Result")
MISSING = ("no-plan", "unknown-change", "unknown-point", "unknown-revision")


@dataclass(frozen=True, slots=True)
class Served:
    """One plan of those that are served here."""

    current: Current
    database: Database
    loops: Mapping[str, Supervised] = field(default_factory=dict)
    refused: Callable[[], int] = lambda: 0


@dataclass(frozen=True, slots=True)
class Desk:
    current: Current
    clock: Clock
    database: Database
    channels: Mapping[str, Channel]
    loops: Mapping[str, Supervised] = field(default_factory=dict)
    """What runs for as long as the process lives."""
    refused: Callable[[], int] = lambda: 0
    """Messages that this process refused without a row."""

    @property
    def environment(self) -> Environment:
        """As it was when somebody asked last: for what the file alone says."""
        return self.current.latest

    @property
    def query(self) -> str:
        """What leads to this plan in an address; empty where there is one."""
        return f"?plan={quote(self.database.plan_id)}" if self.environment.plans else ""

    async def read(self, work: Callable[[Turn], Result]) -> Result:
        """Run work that writes nothing, in a thread. A refusal becomes a Problem."""
        return await self.database.read(self._unit(work), aside=True)

    async def write(self, work: Callable[[Turn], Result], *, first: bool = False) -> Result:
        """Run work in one transaction that has the plan to itself, and keep it, unless it raises. A refusal becomes a
        Problem. `first`: before what waits to be written, for somebody waits for it at a screen."""

        def kept(turn: Turn) -> Result:
            turn.uow.plans.lock()
            result = work(turn)
            turn.uow.commit()
            return result

        return await self.database.write(self._unit(kept), first=first)

    def _unit(self, work: Callable[[Turn], Result]) -> Callable[[UnitOfWork], Result]:
        now = self.clock.now()

        def unit(uow: UnitOfWork) -> Result:
            turn = self.current.turn(uow, now)
            try:
                return work(turn)
            except Refused as refused:
                raise refusal_problem(turn, refused.refusal) from refused

        return unit


def refusal_problem(turn: Turn, refusal: Refusal, status: int = 422) -> Problem:
    """A rule's no, in its own words."""
    problem = Problem(404 if refusal.code in MISSING else status, refusal.code, late_replies.answer(turn, refusal))
    problem.facts = {**refusal.facts}  # not by keyword: a rule may name a fact `status`
    return problem


def _desk(request: Request) -> Desk:
    """The desk of the plan that is asked for; without a word, of the only one there is for the caller."""
    desks: Mapping[str, Desk] = request.app.state.desks
    plan = request.query_params.get("plan", "")
    caller = getattr(request.state, "caller", None)
    theirs = {name: desk for name, desk in desks.items() if caller is None or caller.may_use(name)}
    if not plan and len(theirs) == 1:
        (plan,) = theirs
    if plan not in theirs:
        known = ", ".join(theirs) or "-"
        raise Problem(422, "unknown-plan", plan=plan, known=known) if plan else Problem(422, "which-plan", known=known)
    request.state.desk = theirs[plan]
    return theirs[plan]


def loops_of(desks: Mapping[str, Desk]) -> dict[str, Supervised]:
    """The loops of all plans by name, with the plan's in front where there are several."""
    return {
        f"{plan}/{name}" if len(desks) > 1 else name: loop
        for plan, desk in desks.items()
        for name, loop in desk.loops.items()
    }


AtDesk = Annotated[Desk, Depends(_desk)]
