"""Several processes call one platform: together they stay within what it takes in any second."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from contextlib import ExitStack, closing
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.channels.common.pace import Pace
from bot.channels.dingtalk.api import IN_FLIGHT_OF_SEVERAL, MOST, PER_SECOND
from bot.heartbeat import Heartbeat
from bot.shared_pace import SharedPace
from storage.database import Database
from storage.tables.delivery import rates
from storage.unit_of_work import UnitOfWork
from tests.bot.delivery.scripted import StandingClock
from tests.databases import fresh_database


class Process:
    """Its clock is hours off: the places are told by the database's."""

    def __init__(self, database: Database, hours: int) -> None:
        self.clock = StandingClock()
        self.clock.move(hours=hours)
        self.heartbeat = Heartbeat(database, self.clock)
        self.shared = SharedPace(database)
        self.pace = Pace(per_second=PER_SECOND, in_flight=IN_FLIGHT_OF_SEVERAL, turn=self._turn)

    def _turn(self, key: Hashable) -> Awaitable[float]:
        return self.shared.turn(f"test {key}", MOST, IN_FLIGHT_OF_SEVERAL)


@pytest.mark.parametrize("processes", [2, 3])
async def test_no_second_sees_more_calls_than_the_platform_takes(tmp_path: Path, processes: int) -> None:
    starts: list[float] = []
    with fresh_database("postgresql", tmp_path, migrated=True) as url, ExitStack() as stack:
        opened = [stack.enter_context(closing(Database(url, "main"))) for _ in range(processes)]
        everybody = [Process(database, hours) for hours, database in enumerate(opened)]
        for one in everybody:
            await one.heartbeat.start()
        await asyncio.gather(*(_calls(one.pace, 30, starts) for one in everybody))
    assert len(starts) == 30 * processes
    for begin in starts:
        assert len([one for one in starts if begin <= one < begin + 1]) <= MOST


async def test_each_call_has_a_pace_of_its_own_and_so_has_each_plan(tmp_path: Path) -> None:
    with fresh_database("postgresql", tmp_path, migrated=True) as url, ExitStack() as stack:
        one, other = (stack.enter_context(closing(Database(url, plan))) for plan in ("main", "other"))
        pace, of_other = SharedPace(one), SharedPace(other)
        waits = [await pace.turn("send", MOST, 2) for _ in range(5)]
        assert waits == sorted(waits)
        assert waits[-1] > 0
        assert [await pace.turn("create", MOST, 2), await of_other.turn("send", MOST, 2)] == [0, 0]


@pytest.mark.parametrize(("processes", "apart"), [(1, 1 / 17), (4, 1 / 11), (50, 1.0)])
async def test_the_more_processes_live_the_slower_all_are(tmp_path: Path, processes: int, apart: float) -> None:
    with fresh_database("postgresql", tmp_path, migrated=True) as url, closing(Database(url, "main")) as database:
        await database.write(_beating(processes))
        pace, places = SharedPace(database), list[datetime]()
        waits = []
        for _ in range(6):
            waits.append(await pace.turn("send", MOST, 2))
            places.append(await database.read(_place))
    assert waits[0] == 0
    for wait, (before, after) in zip(waits[1:], pairwise(places), strict=True):
        assert (after - before).total_seconds() >= apart - 1e-5
        assert not wait or (after - before).total_seconds() == pytest.approx(apart, abs=1e-5)


def _place(uow: UnitOfWork) -> datetime:
    found: datetime = uow.rates._connection.execute(select(rates.c.free_at)).scalar_one()
    return found


def _beating(processes: int) -> Callable[[UnitOfWork], None]:
    def unit(uow: UnitOfWork) -> None:
        for number in range(processes):
            uow.processes.beat(f"p{number}", StandingClock().now())
        uow.commit()

    return unit


async def _calls(pace: Pace, count: int, starts: list[float]) -> None:
    async def call() -> None:
        async with pace.keep("send"):
            starts.append(asyncio.get_running_loop().time())
            await asyncio.sleep(0.01)

    await asyncio.gather(*(call() for _ in range(count)))
