"""Kills under a flood: one process on SQLite, one of two on PostgreSQL, and one that is stopped and wakes again."""

import asyncio
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path

from tests.chaos.books import REPORTS, Books
from tests.chaos.count import Count
from tests.chaos.crowd import Crowd, bot_of, crowded
from tests.chaos.nursery import Born
from tests.chaos.rounds import while_time
from tests.databases import fresh_database


@dataclass(frozen=True)
class Size:
    kills: int = 3
    per_second: int = 400
    flood_seconds: float = 1.5
    """The longest a process serves the flood before it dies; each time another part of it."""
    asleep: float = 8.0
    """Seconds that a stopped process sleeps: the others take its work after six."""


COMING_IN = 2.0
"""Seconds in which what it sent before it was stopped is taken in, by the database and by the platform."""
LONG = Size(kills=200, asleep=180.0)


async def alone(size: Size) -> Count:
    with tempfile.TemporaryDirectory() as folder:
        async with crowded(Path(folder)) as crowd:
            bot, rate, books, killed = bot_of(crowd), _Rate(crowd), Books(crowd.engine), 0
            for _ in while_time(range(size.kills)):
                await bot.start()
                await crowd.there.dingtalk_connected()
                keeping = asyncio.create_task(books.keep(bot))
                await crowd.drained(bot.since)
                await rate.flood(size.flood_seconds * crowd.random.uniform(0.3, 1), size.per_second)
                await bot.kill()
                killed += 1
                await keeping
                crowd.after_death()
            await bot.start()
            await books.settled(bot)
            await crowd.drained(bot.since)
            await bot.stop()
            return _with(books, _count("kills", crowd, rate, kills=killed))


async def of_two(size: Size) -> Count:
    """One of two replicas, now this, now that; the other goes on."""
    with tempfile.TemporaryDirectory() as folder, fresh_database("postgresql", Path(folder), migrated=True) as url:
        async with crowded(Path(folder), url) as crowd:
            rate, pair, books = _Rate(crowd), [bot_of(crowd), Born(Path(folder))], Books(crowd.engine)
            killed = 0
            await asyncio.gather(*(bot.start() for bot in pair))
            for _ in while_time(range(size.kills)):
                await crowd.there.dingtalk_connected(2)
                dying, other = pair
                keeping = asyncio.create_task(books.keep(dying))
                await rate.flood(size.flood_seconds * crowd.random.uniform(0.3, 1), size.per_second)
                await dying.kill()
                killed += 1
                await keeping
                crowd.after_death(held=True)
                await crowd.drained(time.monotonic())
                await dying.start()
                pair = [other, dying]
            await books.settled(pair[0])
            await crowd.drained(time.monotonic())
            await asyncio.gather(*(bot.stop() for bot in pair))
            count = _with(books, _count("kills, one of two", crowd, rate, kills=killed))
            return replace(count, over=crowd.over())  # the pace is kept where both see it, and outlives each


async def asleep(size: Size) -> Count:
    """One of two is stopped in the flood, and wakes when the other has done its work: what it does late is nothing."""
    with tempfile.TemporaryDirectory() as folder, fresh_database("postgresql", Path(folder), migrated=True) as url:
        async with crowded(Path(folder), url) as crowd:
            rate, (sleeper, other) = _Rate(crowd), (bot_of(crowd), Born(Path(folder)))
            await asyncio.gather(sleeper.start(), other.start())
            await crowd.there.dingtalk_connected(2)
            await rate.flood(size.flood_seconds, size.per_second)
            sleeper.freeze()
            await asyncio.sleep(COMING_IN)
            crowd.after_death(held=True)
            await asyncio.sleep(size.asleep - COMING_IN)
            sleeper.wake()
            await crowd.drained(time.monotonic())
            await asyncio.gather(sleeper.stop(), other.stop())
            return _count("asleep", crowd, rate, seconds_asleep=size.asleep)


class _Rate:
    """How many deliveries a second it really were."""

    def __init__(self, crowd: Crowd) -> None:
        self._crowd, self._seconds = crowd, 0.0

    async def flood(self, seconds: float, per_second: int) -> None:
        begun = time.monotonic()
        await self._crowd.flood(seconds, per_second)
        self._seconds += time.monotonic() - begun

    @property
    def per_second(self) -> int:
        return round(self._crowd.deliveries / self._seconds) if self._seconds else 0


def _with(books: Books, count: Count) -> Count:
    """With what another system sent meanwhile."""
    wrong = books.wrong()
    sent = {"reports over HTTP": len(books.answers) * REPORTS, "counts": len(books.counted), "sent again": books.again}
    added = {name: getattr(count, name) + number for name, number in wrong.items()}
    return replace(count, figures={**count.figures, **sent}, **added)


def _count(name: str, crowd: Crowd, rate: _Rate, **figures: object) -> Count:
    told = {
        "deliveries": crowd.deliveries,
        "a second": rate.per_second,
        "messages": len(crowd.said),
        "acknowledged": len(crowd.acknowledged),
        "reports": len(crowd.booked()),
        "cards": sum(word.startswith("K") for word in crowd.seen()),
        **{name.replace("_", " "): value for name, value in figures.items()},
        "said again": crowd.said_again(),
        "drained within seconds": crowd.slowest_drain,
    }
    return Count(name, **crowd.wrong(), figures=told)
