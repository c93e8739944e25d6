"""Death at every point between an event's arrival and the last mark of what came of it, on both databases."""

import tempfile
from asyncio import timeout
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tests.chaos.count import Count
from tests.chaos.crowd import Crowd, bot_of, crowded
from tests.chaos.points import POINTS
from tests.chaos.rounds import while_time
from tests.databases import BACKENDS, fresh_database
from tests.scenarios.process import READY_SECONDS


@dataclass(frozen=True)
class Size:
    backend: str
    points: Sequence[str] = POINTS
    times: int = 1
    """How often it dies at each; each time one event, claim or call later."""


SHORT = {
    "sqlite": Size("sqlite", POINTS[::2]),
    "postgresql": Size("postgresql", ("after commit of receive", "after commit of done", "after call")),
}
LONG = {backend: replace(SHORT[backend], points=POINTS, times=20) for backend in BACKENDS}
MESSAGES = 36
"""Said at once: enough that each point is reached a few times, changes among them."""
A_WHILE = 2.0
"""Seconds after which more is said, if it lives."""
MOST_LATER = 5


async def run(size: Size) -> Count:
    with tempfile.TemporaryDirectory() as folder, fresh_database(size.backend, Path(folder), migrated=True) as url:
        address = "" if size.backend == "sqlite" else url
        async with crowded(Path(folder), address) as crowd:
            deaths = 0
            for time in range(size.times):
                for point in while_time(size.points):
                    await _die_at(crowd, point, 1 + time % MOST_LATER)
                    deaths += 1
            bot = bot_of(crowd)
            bot.point = ""
            await bot.start()
            await crowd.drained(bot.since)
            await bot.stop()
            figures = {
                "points": len(size.points),
                "deaths": deaths,
                "messages": len(crowd.said),
                "acknowledged": len(crowd.acknowledged),
                "said again": crowd.said_again(),
            }
            return Count(f"fail-points, {size.backend}", **crowd.wrong(), figures=figures)


async def _die_at(crowd: Crowd, point: str, nth: int) -> None:
    """What the one before left lying is done first."""
    bot = bot_of(crowd)
    bot.point, bot.nth = point, nth
    await bot.start()
    await crowd.there.dingtalk_connected()
    await crowd.drained(bot.since)
    bot.arm()
    async with timeout(READY_SECONDS):
        while bot.is_alive:  # a group of units shares a commit: how often it comes there is not known before
            for _ in range(MESSAGES):
                await crowd.say()
            await bot.lives_on(A_WHILE)
    crowd.after_death()
