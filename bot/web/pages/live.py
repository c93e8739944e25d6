"""GET /live: a word to an open page when something was decided, reported or brought in.

One look at the database serves all the pages that are open in this process, and none are open: none is made.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field

import structlog
from fastapi import APIRouter, Request
from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.responses import Response

from bot.web.pages.render import HEADERS, stamp_of
from bot.web.pages.route import PageRoute
from bot.web.pages.visit import Visit, visit
from bot.web.platform.dependencies import Desk

router = APIRouter(route_class=PageRoute)
LOOK = 2.0
"""Seconds between looks at the database."""
HEARTBEAT = 20
"""Seconds between the signs that keep a quiet stream open."""
RECONNECT = 3000
"""Milliseconds that a browser waits before it comes again."""
log = structlog.get_logger()


@dataclass
class Lookout:
    """The newest stamp of a plan and the settings in force, looked at for as long as anybody waits for another one."""

    desk: Desk
    stamp: int = 0
    settings: int = 0
    """Counts the settings that came into force since it began to look, whichever plan keeps them."""
    waiting: int = 0
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    looking: asyncio.Task[None] | None = None

    async def newer(self, than: int) -> int:
        """The stamp, as soon as it is newer than this: a page that was drawn since the last look is ahead of it. The
        same stamp where other settings are in force: somebody may have lost what let them in."""
        self.waiting += 1
        if self.looking is None or self.looking.done():
            self.looking = asyncio.create_task(self._look(), name="pages-live")
        before = self.settings
        try:
            while self.stamp <= than and self.settings == before:
                await self.changed.wait()
            return self.stamp
        finally:
            self.waiting -= 1

    async def _look(self) -> None:
        in_force = self.desk.environment
        while self.waiting:
            try:
                found = await self.desk.read(stamp_of)
            except Exception:
                log.warning("the pages cannot look at the plan", action="pages.blind", exc_info=True)
                found = self.stamp
            if found != self.stamp or self.desk.environment is not in_force:
                self.settings += self.desk.environment is not in_force
                self.stamp, in_force = found, self.desk.environment
                self.changed.set()
                self.changed = asyncio.Event()
            await asyncio.sleep(LOOK)


@router.get("/live")
async def live(request: Request, since: int = 0) -> Response:
    """`since`: the stamp of the page as it was opened."""
    here = visit(request)
    await here.look(lambda turn, person: None)
    outs: dict[str, Lookout] = request.app.state.lookouts
    lookout = outs.setdefault(here.desk.database.plan_id, Lookout(here.desk))
    since = max(since, last_heard(request.headers))
    return EventSourceResponse(_stream(here, lookout, since), ping=HEARTBEAT, headers=dict(HEADERS))


def last_heard(headers: Mapping[str, str]) -> int:
    """The stamp that a browser names which comes again by itself; zero: it has heard none."""
    heard = headers.get("last-event-id", "")
    return int(heard) if heard.isascii() and heard.isdecimal() and len(heard) < 16 else 0


async def _stream(here: Visit, lookout: Lookout, since: int) -> AsyncIterator[ServerSentEvent]:
    """A word for each new stamp, to somebody who is still logged in then."""
    while True:
        stamp = await lookout.newer(since)
        if not await here.stands():
            yield ServerSentEvent("", event="over")
            return
        if stamp > since:
            yield ServerSentEvent(str(stamp), event="plan", id=str(stamp), retry=RECONNECT)
            since = stamp
