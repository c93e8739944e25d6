"""The watchdog: finds steps whose escalation is late, whatever the scheduler believes it did, and says so once."""

import structlog

from bot.clock import Clock
from handlers.lifecycle.escalate import TOO_LATE
from storage.database import Database
from storage.escalations import Overdue

log = structlog.get_logger()


class EscalationWatchdog:
    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock
        self._known: set[Overdue] = set()

    async def look(self) -> list[Overdue]:
        """Log an error for each step that was not late at the last look; gives all that are."""
        try:
            before = self._clock.now() - TOO_LATE
            late = await self._database.read(lambda uow: uow.escalations.overdue(before))
        except Exception:
            log.exception("the watchdog failed", action="auditor.failed")
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
