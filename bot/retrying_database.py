"""The database for work that must come to its end: trouble of the database is outlasted, and blamed on nobody."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.backoff import backoff
from bot.lasting_trouble import LastingTrouble
from storage.connection.database_trouble import is_trouble
from storage.connection.same_file import Closed
from storage.database import Database
from storage.unit_of_work import UnitOfWork

Result = TypeVar("Result")
FIRST, LONGEST = 0.2, 10.0
"""Seconds of the pause behind a failure: it doubles, up to the second."""
pausing = asyncio.sleep


class RetryingDatabase:
    """Work is run again until the database takes it, so it has to bear that; what else goes wrong is raised."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._reading = LastingTrouble("the database cannot be read", "database.unread")
        self._writing = LastingTrouble("the database takes no writes", "database.unwritten")

    @property
    def in_trouble(self) -> bool:
        return bool(self._reading.count or self._writing.count)

    async def read(self, work: Callable[[UnitOfWork], Result]) -> Result:
        return await _outlasting(lambda: self._database.read(work), self._reading)

    async def write(self, work: Callable[[UnitOfWork], Result]) -> Result:
        return await _outlasting(lambda: self._database.write(work), self._writing)


async def _outlasting(work: Callable[[], Awaitable[Result]], trouble: LastingTrouble) -> Result:
    failures = 0
    while True:
        try:
            result = await work()
        except Exception as error:
            if not is_trouble(error) or isinstance(error, Closed):
                raise
            trouble.met(error)
        else:
            trouble.over()
            return result
        failures += 1
        await pausing(backoff(failures, FIRST, LONGEST))
