"""A hostile platform: nothing is lost by it, and who talks where it is well hardly notices."""

import asyncio
import statistics
import tempfile
import time
from collections.abc import Sequence, Set
from contextlib import suppress
from dataclasses import dataclass, replace
from math import ceil
from pathlib import Path
from random import Random

from tests.chaos.count import Count
from tests.chaos.crowd import AGAIN, Crowd, bot_of, crowded
from tests.chaos.rounds import while_time
from tests.chaos.weather import FAIR, TOKEN, Weather


@dataclass(frozen=True)
class Size:
    deliveries: int = 300
    per_second: int = 40
    kick_seconds: float = 3.0
    """Between two kicks: the connection's end is announced, or it is cut, and all tokens expire."""
    beside: int = 300
    """Deliveries in the calm."""
    tokens: bool = False
    """Whether there is a run in which fetching a token always succeeds, too: all conversations need one."""


LONG = Size(deliveries=10_000, beside=2_500, tokens=True)
WAVE = 10.0
"""Seconds of a flood that come without a look at the time."""
CALM, HOSTILE = (0.0, 0.0, 0.0), (0.3, 0.1, 0.05)


async def run(size: Size) -> Count:
    """What is measured in the calm, and where only the token never fails, stands beside it."""
    count, hostile = await _once(size, HOSTILE)
    beside = replace(size, deliveries=size.beside)
    figures = {f"{name}, calm": figure for name, figure in (await _once(beside, CALM))[1].items()}
    if size.tokens:
        _, spared = await _once(beside, HOSTILE, {*FAIR, TOKEN})
        figures |= {f"{name}, tokens spared": figure for name, figure in spared.items()}
    return replace(count, figures={**count.figures, **hostile, **figures})


async def _once(
    size: Size, faults: tuple[float, float, float], fair: Set[str] = FAIR
) -> tuple[Count, dict[str, int]]:
    with tempfile.TemporaryDirectory() as folder:
        async with crowded(Path(folder), limits=AGAIN) as crowd:
            bot, platform = bot_of(crowd), crowd.there.dingtalk
            crowd.cards_one_to_one = False  # cards go by an API that fails
            weather = Weather(platform, Random(5), *faults, fair)
            await bot.start()
            await crowd.there.dingtalk_connected()
            await crowd.drained(bot.since)  # what the import has to tell
            platform.api.faults = weather
            kicking = asyncio.create_task(_kick(crowd, size.kick_seconds if any(faults) else 0))
            waves = ceil(size.deliveries / size.per_second / WAVE)
            for _ in while_time(range(waves)):
                await crowd.flood(size.deliveries / size.per_second / waves, size.per_second)
            kicking.cancel()
            with suppress(asyncio.CancelledError):
                await kicking
            await crowd.acknowledged_all()
            await crowd.drained(time.monotonic())
            crowd.interrupted |= weather.replies_lost
            await bot.stop()
            wrong = crowd.wrong()
            wrong["lost"] += len(crowd.said.keys() - crowd.acknowledged)
            refused = [entry for entry in bot.log if "client_secret" in str(entry)]
            figures = {
                "deliveries": crowd.deliveries,
                "messages": len(crowd.said),
                "faults": weather.faults,
                "dead letters": crowd.dead().total(),
                "said again": crowd.said_again(),
                "taken for wrong credentials": len(refused),
            }
            return Count("hostile platform", **wrong, figures=figures), _latencies(crowd)


async def _kick(crowd: Crowd, seconds: float) -> None:
    platform = crowd.there.dingtalk
    while seconds:
        for kick in (platform.disconnect, platform.cut, platform.disconnect):
            await asyncio.sleep(seconds)
            await kick()
            platform.expire_tokens()


def _latencies(crowd: Crowd) -> dict[str, int]:
    """Milliseconds from a delivery to its answer, where the platform is well: one-to-one."""
    taken = crowd.seconds_one_to_one()
    return {"p50 ms": _part(taken, 50), "p99 ms": _part(taken, 99)}


def _part(taken: Sequence[float], percent: int) -> int:
    return round(statistics.quantiles(taken, n=100)[percent - 1] * 1000) if len(taken) > 1 else 0
