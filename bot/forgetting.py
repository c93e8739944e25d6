"""What people said and clicked is forgotten some days after it was handled, with links and sessions that are over:
nothing of it is needed any more."""

from datetime import timedelta

import structlog

from bot.clock import Clock
from bot.supervised import Supervised
from planning.people.web_access import IDLE
from storage.database import Database
from storage.unit_of_work import UnitOfWork

log = structlog.get_logger()


class Forgetting:
    def __init__(self, database: Database, clock: Clock, days: int) -> None:
        """`days`: 0 keeps everything."""
        self._database, self._clock, self._days = database, clock, days
        self._looking = Supervised("forgetting failed", "inbox.forgetting-failed")

    async def look(self) -> None:
        """Forget what is old enough."""
        if self._days and (count := await self._looking.attempt(self._forget)):
            log.info("handled events were forgotten", action="inbox.forgotten", count=count)

    async def _forget(self) -> int:
        before = self._clock.now() - timedelta(days=self._days)

        def unit(uow: UnitOfWork) -> int:
            count = uow.inbox.forget(before)
            uow.rates.forget(before)
            uow.one_time_links.forget(before)
            uow.used_states.forget(before)
            uow.shared_pages.forget(before)
            uow.web_sessions.forget(min(before, self._clock.now() - IDLE))
            uow.commit()
            return count

        return await self._database.write(unit)
