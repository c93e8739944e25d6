"""PostgreSQL lost in the middle of it: a server that crashes every few seconds."""

import asyncio
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tests.chaos.count import Count
from tests.chaos.crowd import Crowd, bot_of, crowded
from tests.chaos.server import server


@dataclass(frozen=True)
class Size:
    rounds: int = 1
    """Floods, with a crash in each."""
    flood_seconds: float = 3.0
    per_second: int = 60


LONG = Size(rounds=30, flood_seconds=4.0, per_second=100)


async def crashes(size: Size) -> Count:
    with tempfile.TemporaryDirectory() as folder, server() as postgres:
        async with crowded(Path(folder), postgres.url) as crowd:
            bot = bot_of(crowd)
            await bot.start()
            await crowd.there.dingtalk_connected()
            for _ in range(size.rounds):
                flood = asyncio.create_task(crowd.flood(size.flood_seconds, size.per_second))
                await asyncio.sleep(size.flood_seconds / 2)
                await asyncio.to_thread(postgres.crash)
                await flood
            await crowd.drained(time.monotonic())
            await bot.stop()
            return _count("PostgreSQL crashed", crowd, crashes=size.rounds)


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
