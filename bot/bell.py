"""The bell: looks every second for timers that are due and for events that were left lying.

APScheduler rings it in memory only; what is due, and that it rings once, is decided by rows in the database.
"""

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.auditor import Auditor
from bot.clock import Clock
from bot.reception import Reception
from handlers.escalating import watch_all
from handlers.recounting import recount
from handlers.ringing import ring, set_digests
from handlers.turn import House, Turn
from storage.database import Database
from storage.timers import Timer
from storage.unit import UnitOfWork

log = structlog.get_logger()
AUDIT_SECONDS = 60
"""Between two looks of the auditor; it has its own, for a bell that fails must not silence it."""


class Bell:
    def __init__(self, database: Database, house: House, clock: Clock, reception: Reception) -> None:
        self._database, self._house, self._clock, self._reception = database, house, clock, reception
        self._auditor = Auditor(database, clock)
        self._scheduler = AsyncIOScheduler(timezone=house.zone)

    async def start(self) -> None:
        await self._database.write(self._set_up)
        self._scheduler.add_job(
            self.ring, "interval", seconds=1, coalesce=True, max_instances=1, misfire_grace_time=None
        )
        every_minute = {"seconds": AUDIT_SECONDS, "coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        self._scheduler.add_job(self._auditor.look, "interval", **every_minute)
        self._scheduler.start()

    def stop(self) -> None:
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    async def ring(self) -> None:
        """Ring what is due, oldest first; each in its own transaction."""
        try:
            now = self._clock.now()
            for timer in await self._database.read(lambda uow: uow.timers.due(now)):
                await self._ring_one(timer)
            await self._reception.sweep()
        except Exception:
            log.exception("the bell failed", action="bell.failed")

    async def _ring_one(self, timer: Timer) -> None:
        def unit(uow: UnitOfWork) -> None:
            ring(Turn(uow, self._clock.now(), self._house), timer)
            uow.commit()

        await self._database.write(unit)
        log.info("timer rang", action="timer.rang", kind=timer.kind, subject=timer.subject)

    def _set_up(self, uow: UnitOfWork) -> None:
        turn = Turn(uow, self._clock.now(), self._house)
        set_digests(turn)
        watch_all(turn)
        recount(turn)
        uow.commit()
