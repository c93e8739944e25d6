"""Processes look after each other: who falls silent is followed, who is only slow loses nothing but its turn."""

import asyncio
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from bot.heartbeat import BEAT_SECONDS, SILENT_SECONDS, Heartbeat
from storage.database import Database
from storage.delivery.inbox import EventKey
from storage.unit_of_work import UnitOfWork
from tests.bot.delivery.office import Office
from tests.bot.delivery.scripted import StandingClock
from tests.databases import fresh_database

EVENT = EventKey("dingtalk", "ding", "msg-1")


class Process:
    def __init__(self, url: str, clock: StandingClock) -> None:
        self.database, self.clock, self.seconds = Database(url, "main"), clock, 0.0
        self.heartbeat = Heartbeat(self.database, clock, lambda: self.seconds)

    async def receives(self) -> None:
        def unit(uow: UnitOfWork) -> None:
            uow.commit()
            uow.inbox.receive(EVENT, "said", {}, self.clock.now())

        await self.database.write(unit)

    async def lives(self, seconds: float) -> None:
        """Beats for so long."""
        for _ in range(round(seconds / BEAT_SECONDS)):
            self.seconds += BEAT_SECONDS
            await self.heartbeat.look()

    async def finds(self) -> list[EventKey]:
        """Events that are free now."""

        def unit(uow: UnitOfWork) -> list[EventKey]:
            return [event.key for event in uow.inbox.claim_due(self.clock.now())]

        return await self.database.write(unit)


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[Process, Process]]:
    clock = StandingClock()
    with fresh_database("postgresql", tmp_path, migrated=True) as url:
        one, other = Process(url, clock), Process(url, clock)
        with closing(one.database), closing(other.database):
            yield one, other


async def test_what_a_dead_one_held_is_taken_within_ten_seconds(two: tuple[Process, Process]) -> None:
    dead, other = two
    await dead.heartbeat.start()
    await dead.receives()
    await other.heartbeat.start()
    await other.lives(SILENT_SECONDS - BEAT_SECONDS)
    assert await other.finds() == []
    await other.lives(10 - SILENT_SECONDS)
    assert await other.finds() == [EVENT]
    assert await other.database.read(lambda uow: list(uow.processes.beats())) == [other.database.owner]


async def test_one_that_lives_keeps_it(two: tuple[Process, Process]) -> None:
    slow, other = two
    await slow.heartbeat.start()
    await slow.receives()
    await other.heartbeat.start()
    for _ in range(10):
        await other.lives(SILENT_SECONDS - BEAT_SECONDS)
        await slow.heartbeat.look()
    assert await other.finds() == []


async def test_one_that_wakes_keeps_what_it_takes_before_its_next_beat(two: tuple[Process, Process]) -> None:
    """Stopped for long, it goes on where it was: what it begins now is not sent by the other as well."""
    sleeper, other = two
    await sleeper.heartbeat.start()
    await other.heartbeat.start()
    await other.lives(SILENT_SECONDS - BEAT_SECONDS)
    woken, told = Office(sleeper.database, sleeper.clock), Office(other.database, other.clock)
    answered = asyncio.Event()
    woken.channel.script["g"].append(answered)
    await woken.say("g", "1")
    await woken.delivery.deliver_due()
    await woken.until(lambda: woken.channel.calls)
    await other.lives(SILENT_SECONDS - BEAT_SECONDS)
    await told.deliver()
    answered.set()
    await woken.delivery.drain()
    assert [*woken.channel.said_in("g"), *told.channel.said_in("g")] == ["1"]


async def test_one_that_beats_while_it_is_being_forgotten_is_heard(two: tuple[Process, Process]) -> None:
    sleeper, other = two
    await sleeper.heartbeat.start()
    heard = await other.database.read(lambda uow: uow.processes.beats())
    await sleeper.heartbeat.look()

    def forget(uow: UnitOfWork) -> list[datetime | None]:
        uow.commit()
        return [uow.processes.forget(process, beats) for process, beats in heard.items()]

    assert await other.database.write(forget) == [None]
    assert await other.database.read(lambda uow: [*uow.processes.beats()]) == [sleeper.database.owner]


async def test_after_a_standstill_of_its_own_it_takes_nobody_for_dead(two: tuple[Process, Process]) -> None:
    """The database was away, or the machine slept: nobody could be heard."""
    alive, other = two
    await alive.heartbeat.start()
    await alive.receives()
    await other.heartbeat.start()
    for _ in range(5):
        other.seconds += 3600
        await other.heartbeat.look()
    assert await other.finds() == []


async def test_one_that_ends_leaves_nothing_behind(two: tuple[Process, Process]) -> None:
    ending, other = two
    await ending.heartbeat.start()
    await ending.receives()
    await ending.heartbeat.stop()
    assert await other.finds() == [EVENT]
    assert await other.database.read(lambda uow: uow.processes.beats()) == {}


async def test_the_owner_of_a_file_takes_all_at_its_start(tmp_path: Path) -> None:
    clock = StandingClock()
    with fresh_database("sqlite", tmp_path, migrated=True) as url:
        first = Process(url, clock)
        await first.heartbeat.start()
        await first.receives()
        first.database.close()
        second = Process(url, clock)
        with closing(second.database):
            assert await second.finds() == []
            await second.heartbeat.start()
            assert await second.finds() == [EVENT]
