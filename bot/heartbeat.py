"""The heartbeat: makes this process known, and takes over what processes that are gone had in hand.

A SQLite file has one owner: whatever an earlier one held is ours from the start. On PostgreSQL a process is gone when
its beats stand still; that it was only slow does no harm, since what it held has a new token by then. Whoever takes
something in hand beats with it (`bot/delivery`), so that one who wakes is heard before what it has just begun is taken.
"""

import time
from collections.abc import Callable

import structlog

from bot.clock import Clock
from storage.database import Database
from storage.unit_of_work import UnitOfWork

BEAT_SECONDS = 2
SILENT_SECONDS = 6.0
"""After which a process whose beats stand still is gone."""
log = structlog.get_logger()


class Heartbeat:
    def __init__(self, database: Database, clock: Clock, now: Callable[[], float] = time.monotonic) -> None:
        """`now` in seconds, of a clock that nobody sets."""
        self._database, self._clock, self._now = database, clock, now
        self._seen: dict[str, tuple[int, float]] = {}
        """Of each other process its last beat, and when we saw it first."""
        self._looked = 0.0

    async def start(self) -> None:
        if self._database.is_alone:
            self._tell(await self._database.write(self._take_over_all))
        else:
            await self.look()

    async def look(self) -> None:
        """Beat, and look after the others."""
        if not self._database.is_alone:
            self._tell(await self._database.write(self._look, first=True))

    async def stop(self) -> None:
        """Take leave: what is still ours is free at once."""
        if self._database.is_alone:
            return

        def leave(uow: UnitOfWork) -> None:
            uow.processes.forget(uow.owner)
            self._take_over(uow, [uow.owner])
            uow.commit()

        await self._database.write(leave)

    def _look(self, uow: UnitOfWork) -> int:
        uow.processes.beat(uow.owner, self._clock.now())
        uow.commit()
        gone = self._silent({process: n for process, n in uow.processes.beats().items() if process != uow.owner})
        forgotten = [process for process, beats in gone.items() if self._forget(uow, process, beats)]
        return self._take_over(uow, forgotten) if forgotten else 0

    def _forget(self, uow: UnitOfWork, process: str, beats: int) -> bool:
        since = uow.processes.forget(process, beats)
        if since:
            log.warning("a process fell silent", action="heartbeat.silent", process=process, since=str(since))
        return since is not None

    def _silent(self, beats: dict[str, int]) -> dict[str, int]:
        """Those whose beats stand still, with the last that was heard."""
        now = self._now()
        if now - self._looked > SILENT_SECONDS / 2:  # we were away, or it was the database: nobody could be heard
            self._seen = {}
        self._looked = now
        self._seen = {
            process: self._seen[process] if self._seen.get(process, (0,))[0] == beat else (beat, now)
            for process, beat in beats.items()
        }
        return {process: beat for process, (beat, since) in self._seen.items() if now - since >= SILENT_SECONDS}

    def _take_over_all(self, uow: UnitOfWork) -> int:
        uow.commit()
        for process in uow.processes.beats():
            uow.processes.forget(process)
        return self._take_over(uow, None)

    def _take_over(self, uow: UnitOfWork, gone: list[str] | None) -> int:
        now = self._clock.now()
        return uow.inbox.take_over(now, gone) + uow.outbox.take_over(now, gone)

    def _tell(self, count: int) -> None:
        if count:
            log.warning("taken over from a process that is gone", action="heartbeat.taken-over", count=count)
