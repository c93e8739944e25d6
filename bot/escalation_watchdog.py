"""The watchdog: finds steps whose escalation is late, whatever the scheduler believes it did, and says so once."""

import structlog

from bot.clock import Clock
from bot.supervised import Supervised
from handlers.lifecycle.escalate import TOO_LATE
from storage.change.escalations import Overdue
from storage.database import Database

log = structlog.get_logger()


class EscalationWatchdog:
    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock
        self._looking = Supervised("the watchdog failed", "auditor.failed")
        self._known: set[Overdue] = set()

    async def look(self) -> list[Overdue]:
        """Log an error for each step that was not late at the last look; gives all that are."""
        late = await self._looking.attempt(self._late)
        if late is None:
            return []
        for step in late:
            if step not in self._known:
                log.error(
                    "a step's escalation is late",
                    action="escalation.overdue",
                    change=step.change_no,
                    department=step.department,
                    since=step.since.isoformat(),
                )
        self._known = set(late)
        return late

    async def _late(self) -> list[Overdue]:
        before = self._clock.now() - TOO_LATE
        return await self._database.read(lambda uow: uow.escalations.overdue(before))
