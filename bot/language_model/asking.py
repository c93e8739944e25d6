"""Asking the language model about one message: counted first, never in a unit of work, never for long.

Whoever gets no answer three times asks nobody for ten minutes; of all that is said at once a few are asked about, and
the others are answered without.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import structlog

from bot.clock import Clock
from bot.current import Current
from bot.language_model.client import Answered, ChatModel, NoAnswer
from handlers.events import Said
from handlers.inbound.speech.asked import note_answer, take_call
from handlers.inbound.speech.proposals import Inquiry
from handlers.turn import Turn
from storage.database import Database
from storage.unit_of_work import UnitOfWork

FAILURES = 3
PAUSE = timedelta(minutes=10)
AT_ONCE = 8

log = structlog.get_logger()


class Fuse:
    """Failures of the model, of all plans of this process: after so many in a row it rests."""

    def __init__(self) -> None:
        self.failures, self.at_once = 0, 0
        self._off_until: datetime | None = None

    def holds(self, now: datetime) -> bool:
        """Whether it may be asked."""
        return self.at_once < AT_ONCE and (self._off_until is None or self._off_until <= now)

    def failed(self, now: datetime) -> bool:
        """Count a failure; True where it rests from now on."""
        self.failures += 1
        if self.failures < FAILURES:
            return False
        self.failures, self._off_until = 0, now + PAUSE
        return True

    def answered(self) -> None:
        self.failures, self._off_until = 0, None


class Asking:
    """Asks about the messages of one plan."""

    def __init__(self, model: ChatModel, fuse: Fuse, database: Database, current: Current, clock: Clock) -> None:
        self._model, self._fuse = model, fuse
        self._database, self._current, self._clock = database, current, clock

    def is_open(self) -> bool:
        """Whether it would be asked now."""
        return self._fuse.holds(self._clock.now())

    async def proposals(self, event: Said, inquiry: Inquiry) -> tuple[str, ...]:
        """Commands that the model proposes; none where it may not be asked, or does not answer. Raises nothing."""
        if not self.is_open():
            return ()
        self._fuse.at_once += 1
        try:
            if not await self._kept(lambda turn: take_call(turn, event, inquiry)):
                return ()
            answered = await self._asked(inquiry)
        finally:
            self._fuse.at_once -= 1
        if answered is None:
            return ()
        await self._kept(lambda turn: note_answer(turn, answered.tokens_in, answered.tokens_out))
        return inquiry.put_back(answered.commands)

    async def _asked(self, inquiry: Inquiry) -> Answered | None:
        try:
            answered = await self._model.ask(inquiry)
        except NoAnswer as why:
            rests = self._fuse.failed(self._clock.now())
            log.warning("the language model gave no answer", action="language.unanswered", why=str(why), rests=rests)
            return None
        self._fuse.answered()
        return answered

    async def _kept(self, work: Callable[[Turn], Any]) -> Any:
        """What the work gives, kept in a unit of its own; None where the database is in trouble."""

        def unit(uow: UnitOfWork) -> Any:
            done = work(self._current.turn(uow, self._clock.now()))
            uow.commit()
            return done

        try:
            return await self._database.write(unit)
        except Exception:
            log.exception("a call of the language model is not counted", action="language.uncounted")
            return None
