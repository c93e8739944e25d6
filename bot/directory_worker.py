"""Reading the platforms' directories: one call after the other, each answer kept before the next question is asked."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

import structlog

from bot.channels.common.channel import TryLater
from bot.channels.common.directory import DirectoryReader, NoAccess
from bot.channels.common.tally import tally
from bot.clock import Clock
from bot.current import Current
from bot.supervised import Supervised
from handlers.actions.people.directory import failed, finished, wanted_still
from handlers.call_budget import month_of
from handlers.turn import Turn
from planning.people.directory import Directory, left_to_ask
from planning.people.directory_run import LEASE, MOST_TRIES, DirectoryRun
from storage.control.directories import Directories
from storage.database import Database
from storage.delivery.calls import CallKind
from storage.unit_of_work import UnitOfWork

log = structlog.get_logger()
PAUSE = timedelta(seconds=5)
"""After a failed try, where the platform does not say how long; longer after each."""


class DirectoryWorker:
    """Of the plan that keeps the settings. A process that dies leaves its run to the next, with all that was read."""

    def __init__(
        self, database: Database, current: Current, clock: Clock, readers: Mapping[str, DirectoryReader]
    ) -> None:
        """`readers` by platform."""
        self._database, self._current, self._clock, self._readers = database, current, clock, readers
        self.reading = Supervised("the directory cannot be read", "directory.failed")

    async def look(self) -> None:
        """Read what is due; a run at a time."""
        await self.reading.attempt(self._look)

    async def stop(self) -> None:
        for reader in self._readers.values():
            await reader.close()

    async def _look(self) -> None:
        if not await self._database.read(self._is_due):
            return
        if run := await self._database.write(self._take):
            await self._read(run)

    def _is_due(self, uow: UnitOfWork) -> bool:
        turn = self._turn(uow)
        home = turn.environment.settings
        return home is not None and uow.directories_of(home.home).is_any_due(turn.now)

    def _take(self, uow: UnitOfWork) -> DirectoryRun | None:
        home = self._turn(uow).environment.settings
        assert home is not None, "it was due"
        uow.commit()
        return uow.directories_of(home.home).take_due(self._clock.now())

    async def _read(self, taken: DirectoryRun) -> None:
        reader = self._readers.get(taken.platform)
        if reader is None:
            await self._write(lambda turn: failed(turn, taken, turn.words("directory.no-reader")))
            return
        first = reader.whole if taken.users is None else reader.about(taken.users)
        await self._go_on(reader, replace(taken, questions=taken.questions or tuple(first)))

    async def _go_on(self, reader: DirectoryReader, run: DirectoryRun) -> None:
        number = run.number
        while True:
            pages = await self._database.read(lambda uow: _directories(self._turn(uow)).pages(number))
            question = next(left_to_ask(run.questions, pages), None)
            if question is not None:
                if not await self._ask(reader, run, question):
                    return
                run = replace(run, tries=0)
                continue
            further = await self._further(reader, run, Directory.of(pages.values()))
            if not further:
                break
            run = replace(run, questions=(*run.questions, *further))
        await self._write(lambda turn: finished(turn, run))
        log.info("directory read", action="directory.read", platform=run.platform, pages=len(pages))

    async def _further(self, reader: DirectoryReader, run: DirectoryRun, read: Directory) -> list[str]:
        """Questions about those who are not shown."""
        missing, hidden = await self._database.read(lambda uow: wanted_still(self._turn(uow), run, read))
        asked = [one for one in reader.plain(hidden) if one not in run.questions]
        return asked or [one for one in reader.about(missing) if one not in run.questions]

    async def _ask(self, reader: DirectoryReader, run: DirectoryRun, question: str) -> bool:
        """Ask, and keep the answer; False where it has to wait, or cannot be answered."""
        try:
            with tally() as made:
                page = await reader.ask(question)
        except NoAccess as closed:
            why = str(closed)
            await self._write(lambda turn: failed(turn, run, why))
            return False
        except TryLater as later:
            await self._put_off(run, later)
            return False
        finally:
            calls = made.calls
            if calls:
                await self._write(lambda turn: _count(turn, run.platform, calls))

        def keep(turn: Turn) -> None:
            directories = _directories(turn)
            directories.add_page(run.number, question, page)
            directories.keep(replace(run, tries=0, due_at=turn.now + LEASE))

        await self._write(keep)
        return True

    async def _put_off(self, run: DirectoryRun, later: TryLater) -> None:
        tries = run.tries + 1
        log.warning("directory waits", action="directory.later", platform=run.platform, reason=str(later))
        if tries >= MOST_TRIES:
            await self._write(lambda turn: failed(turn, run, str(later)))
            return
        wait = timedelta(seconds=later.seconds) if later.seconds else PAUSE * tries

        def put_off(turn: Turn) -> None:
            waiting = replace(run, tries=tries, trouble=str(later), due_at=turn.now + wait)
            _directories(turn).keep(waiting)

        await self._write(put_off)

    async def _write(self, work: Callable[[Turn], None]) -> None:
        def unit(uow: UnitOfWork) -> None:
            uow.plans.lock()
            work(self._turn(uow))
            uow.commit()

        await self._database.write(unit)

    def _turn(self, uow: UnitOfWork) -> Turn:
        return self._current.turn(uow, self._clock.now())


def _directories(turn: Turn) -> Directories:
    assert turn.environment.settings is not None, "a run is of settings that the database keeps"
    return turn.uow.directories_of(turn.environment.settings.home)


def _count(turn: Turn, platform: str, calls: int) -> None:
    turn.uow.calls.add(platform, month_of(turn.today), CallKind.NOTICE, calls)
