"""Learning from what people choose, beside everything else: every replica looks for itself whether there is more."""

import structlog

from bot.clock import Clock
from bot.current import Current
from handlers.inbound.speech.choices_learnt import learnt_of
from handlers.language.speech.learnt import Learnt
from storage.database import Database
from storage.unit_of_work import UnitOfWork

log = structlog.get_logger()


class Learning:
    """What was learnt before serves until the next is whole."""

    def __init__(self, database: Database, current: Current, clock: Clock) -> None:
        self._database, self._current, self._clock = database, current, clock

    async def look(self) -> None:
        """Learn anew where somebody has chosen since, or something is to be left out."""
        learnt = await self._database.read(self._learnt)
        if learnt is not None:
            self._current.latest.speech.keep(self._database.plan_id, learnt)
            log.info("learnt from choices", action="speech.learnt", examples=learnt.count)

    def _learnt(self, uow: UnitOfWork) -> Learnt | None:
        known = self._current.latest.speech.of(uow.plan_id)
        if uow.questions.chosen() == known.mark:
            return None
        return learnt_of(self._current.turn(uow, self._clock.now()))
