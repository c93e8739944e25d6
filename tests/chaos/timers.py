"""Timers through kills, jumps of the clock and outages: each rings once, and nothing is said that is too late."""

import asyncio
import tempfile
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import text

from handlers.timers import EXPIRY
from storage.database import Database
from storage.timers import Timer
from storage.unit_of_work import UnitOfWork
from tests.chaos.count import Count
from tests.chaos.crowd import PATIENCE, Crowd, bot_of, crowded
from tests.chaos.nursery import Born
from tests.chaos.rounds import while_time
from tests.databases import fresh_database


@dataclass(frozen=True)
class Size:
    replicas: int = 2
    kills: int = 2
    timers: int = 240
    per_second: int = 60
    """So many are due in a second."""


LONG = Size(replicas=3, kills=30, timers=60_000, per_second=500)
ZONE, AWAKE, SATURDAY, A_DAY = ZoneInfo("Asia/Shanghai"), 10, 5, timedelta(days=1)
JUMP, OUTAGES = timedelta(hours=1), (timedelta(hours=2), timedelta(days=3))


async def run(size: Size) -> Count:
    with tempfile.TemporaryDirectory() as folder, fresh_database("postgresql", Path(folder), migrated=True) as url:
        async with crowded(Path(folder), url) as crowd:
            clock = _Clock(Path(folder) / "clock")
            bots = [bot_of(crowd), *(Born(Path(folder)) for _ in range(size.replicas - 1))]
            for bot in bots:
                bot.clock = str(clock.file)
            await asyncio.gather(*(bot.start() for bot in bots))
            due, kills = _set(crowd, clock, size), 0
            for n in while_time(range(size.kills)):
                await asyncio.sleep(size.timers / size.per_second / (size.kills + 1))
                dying = bots[n % len(bots)]
                await dying.kill()
                kills += 1
                if n == size.kills // 2:
                    clock.jump(JUMP)
                await dying.start()
            for outage in OUTAGES:
                due |= _set(crowd, clock, size, spread=outage / timedelta(seconds=1))
                await asyncio.gather(*(bot.kill() for bot in bots))
                clock.jump(clock.until_a_morning(outage))
                await asyncio.gather(*(bot.start() for bot in bots))
            rung = await _rung(crowd, due)
            await asyncio.gather(*(bot.stop() for bot in bots))
            figures = {
                "replicas": size.replicas,
                "kills": kills + len(OUTAGES) * size.replicas,
                "timers": len(due),
                "digests": len(_column(crowd, "SELECT dedupe FROM outbox WHERE dedupe LIKE 'digest%'")),
                "stale said": _stale(crowd),
            }
            doubled = sum(times > 1 for times in rung.values())
            return Count("timers", len(due - rung.keys()), doubled, _stale(crowd), figures)


class _Clock:
    """How far the clock of all replicas is ahead, in a file."""

    def __init__(self, file: Path) -> None:
        self.file, self._ahead = file, timedelta(0)
        self.jump(timedelta(0))

    def jump(self, by: timedelta) -> None:
        self._ahead += by
        aside = self.file.with_suffix(".new")
        aside.write_text(str(self._ahead.total_seconds()))
        aside.replace(self.file)

    def now(self) -> datetime:
        return datetime.now(UTC) + self._ahead

    def until_a_morning(self, outage: timedelta) -> timedelta:
        """The outage, and what is left until a morning on which there is something to say."""
        ends = (self.now() + outage).astimezone(ZONE)
        while outage >= A_DAY and (ends.hour != AWAKE or ends.weekday() >= SATURDAY):
            ends += timedelta(hours=1)
        return ends - self.now()


def _set(crowd: Crowd, clock: _Clock, size: Size, spread: float = 0.0) -> set[str]:
    """Timers that are due one after the other, from now on; of requests that do not exist, so that all they leave is
    their line in the trail."""
    now, seconds = clock.now(), spread or size.timers / size.per_second
    named = [f"{now:%m%dT%H%M}-{n}" for n in range(size.timers)]

    def write(uow: UnitOfWork) -> None:
        for n, name in enumerate(named):
            uow.timers.start(Timer(EXPIRY, name, now + timedelta(seconds=seconds * n / size.timers)))
        uow.commit()

    with closing(Database(crowd.there.database_url, "main")) as database:
        database.write_now(write)
    return set(named)


async def _rung(crowd: Crowd, due: set[str]) -> Counter[str]:
    """How often each of them rang, by the trail; waits as long as more of them do."""
    loop = asyncio.get_running_loop()
    rung, until = Counter[str](), loop.time() + PATIENCE
    while due - rung.keys() and loop.time() < until:
        await asyncio.sleep(0.5)
        now = Counter(_column(crowd, "SELECT subject FROM audit_events WHERE kind = 'timer.rang'"))
        if now != rung:
            rung, until = now, loop.time() + PATIENCE
    return Counter({name: times for name, times in rung.items() if name in due})


def _stale(crowd: Crowd) -> int:
    """Messages that were said though it was too late for them."""
    return len(_column(crowd, "SELECT dedupe FROM outbox WHERE state = 'sent' AND best_before < sent_at"))


def _column(crowd: Crowd, query: str) -> list[str]:
    with crowd.engine.connect() as connection:
        return [str(value) for value in connection.scalars(text(query))]
