"""Audit of those turned away: unknown callers, callers outside their scopes, wishes that were refused.

What cannot be written down is logged; the caller is refused all the same.
"""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog
from fastapi import Request
from starlette.types import Scope

from bot.web.platform.address import address_of
from bot.web.platform.auth import Caller
from bot.web.platform.dependencies import Desk
from bot.web.platform.problem import Problem
from handlers.notify.audit import record
from handlers.turn import Turn
from planning.trail.audit import Kind

PAUSE = timedelta(minutes=1)
MOST_ADDRESSES = 256
PATIENCE = 3.0
"""Seconds that a refusal waits for the database."""

log = structlog.get_logger()


@dataclass(slots=True)
class _Knocks:
    since: datetime
    facts: dict[str, object]
    unwritten: int = 0


@dataclass(frozen=True, slots=True)
class Strangers:
    """Anybody can knock without end, so of one address the first knock is written down, and once a minute at most how
    many followed. The last ones, after which nobody knocks any more, are only in /metrics."""

    desk: Desk
    _seen: dict[str, _Knocks] = field(default_factory=dict)

    async def knocked(self, scope: Scope) -> None:
        now, address = self.desk.clock.now(), f"http:{address_of(scope)}"
        due = self._over(now)
        if len(self._seen) >= MOST_ADDRESSES:
            address = "*"
        facts = {"method": scope["method"], "path": scope["path"]}
        if address in self._seen:
            self._seen[address].unwritten += 1
        else:
            self._seen[address] = _Knocks(now, facts)
            due.append((address, facts | {"times": 1}))
        if due:
            await _written(self.desk, Kind.API_STRANGER, due)

    def _over(self, now: datetime) -> list[tuple[str, dict[str, object]]]:
        """The minutes that have passed, with what was not written down yet."""
        over = [address for address, knocks in self._seen.items() if now - knocks.since >= PAUSE]
        ended = [(address, self._seen.pop(address)) for address in over]
        return [(address, k.facts | {"times": k.unwritten}) for address, k in ended if k.unwritten]


async def note_refusal(request: Request, problem: Problem) -> None:
    """Note the refusals of a caller we know: what their scopes do not allow, and every wish to write that was refused.
    Malformed requests and fruitless searches are nobody's refusal."""
    caller: Caller | None = getattr(request.state, "caller", None)
    if caller is None or not (problem.status == 403 or getattr(request.state, "wanted", "") == "write"):
        return
    facts = {**problem.facts, "code": problem.code, "http": problem.status}
    asked = {"method": request.method, "path": request.url.path}
    desk: Desk = getattr(request.state, "desk", request.app.state.desk)
    await _written(desk, Kind.API_REFUSED, [(caller.person, facts | asked)])


async def _written(desk: Desk, kind: Kind, refused: list[tuple[str, dict[str, object]]]) -> None:
    def all_of_them(turn: Turn) -> None:
        for who, facts in refused:
            record(turn, kind, who, str(facts["path"]), facts)

    try:
        async with asyncio.timeout(PATIENCE):
            await desk.write(all_of_them)
    except Exception:
        log.exception("a refusal was not recorded", action="audit.failed", kind=kind.value)
