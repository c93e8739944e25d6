"""PostgreSQL lost in the middle of it: connections cut during COMMIT, and a server that crashes every few seconds."""

import asyncio
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.chaos.count import Count
from tests.chaos.crowd import Crowd, bot_of, crowded
from tests.chaos.proxy import before
from tests.chaos.rounds import while_time
from tests.chaos.server import server
from tests.databases import fresh_database


@dataclass(frozen=True)
class Size:
    rounds: int = 1
    """Floods; or crashes, one in each flood."""
    flood_seconds: float = 3.0
    per_second: int = 60
    one_in: int = 12
    """Of so many commits one is cut."""


LONG = Size(rounds=30, flood_seconds=4.0, per_second=100)


async def cut(size: Size) -> Count:
    with tempfile.TemporaryDirectory() as folder, fresh_database("postgresql", Path(folder), migrated=True) as url:
        async with before(url, Random(11)) as proxy, crowded(Path(folder), url, by_way_of=proxy.url) as crowd:
            bot = bot_of(crowd)
            await bot.start()
            await crowd.there.dingtalk_connected()
            for _ in while_time(range(size.rounds)):
                proxy.one_in = size.one_in
                await crowd.flood(size.flood_seconds, size.per_second)
                proxy.one_in = 0
                await crowd.drained(time.monotonic())
            await bot.stop()
            return _count("commits cut", crowd, unheard=proxy.unheard, unanswered=proxy.unanswered)


async def crashes(size: Size) -> Count:
    with tempfile.TemporaryDirectory() as folder, server() as postgres:
        async with crowded(Path(folder), postgres.url) as crowd:
            bot, crashed = bot_of(crowd), 0
            await bot.start()
            await crowd.there.dingtalk_connected()
            for _ in while_time(range(size.rounds)):
                flood = asyncio.create_task(crowd.flood(size.flood_seconds, size.per_second))
                await asyncio.sleep(size.flood_seconds / 2)
                await asyncio.to_thread(postgres.crash)
                crashed += 1
                await flood
            await crowd.drained(time.monotonic())
            await bot.stop()
            return _count("PostgreSQL crashed", crowd, crashes=crashed)


def _count(name: str, crowd: Crowd, **figures: int) -> Count:
    told = {
        **figures,
        "deliveries": crowd.deliveries,
        "messages": len(crowd.said),
        "acknowledged": len(crowd.acknowledged),
        "said again": crowd.said_again(),
        "drained within seconds": crowd.slowest_drain,
    }
    return Count(name, **crowd.wrong(), figures=told)
