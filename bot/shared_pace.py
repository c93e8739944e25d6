"""Pace of the calls that several processes make, kept where each of them sees it."""

from bot.retrying_database import RetryingDatabase
from storage.database import Database
from storage.unit_of_work import UnitOfWork

CALLS = "calls"


class SharedPace:
    """One short transaction for each call, which waits for no disk: that is little beside the call itself."""

    def __init__(self, database: Database) -> None:
        """A database that several processes may have."""
        self._database = RetryingDatabase(database)

    async def turn(self, name: str, most: int, in_flight: int) -> float:
        """Seconds until the next call of this name, of which a platform takes `most` in any second.

        It sees those that are on their way when the second begins, `in_flight` of each process, and those that start in
        it. So the more processes live, the slower all of them are together.
        """

        def unit(uow: UnitOfWork) -> float:
            uow.commit()
            processes = max(len(uow.processes.beats()), 1)
            per_second = max(most - 1 - in_flight * processes, 1)
            return uow.rates.reserve(CALLS, name, 1 / per_second)

        return await self._database.write(unit)
