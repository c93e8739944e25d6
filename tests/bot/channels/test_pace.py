"""The pace at which one API is called."""

import asyncio
from collections.abc import Awaitable, Callable

from bot.channels.common.pace import Pace

PER_SECOND, IN_FLIGHT = 16, 3


async def calls(pace: Pace, count: int, work: Callable[[], Awaitable[object]], done: list[str], name: str) -> None:
    async def call() -> None:
        async with pace.keep("api"):
            await work()
        done.append(name)

    await asyncio.gather(*(call() for _ in range(count)))


async def test_calls_that_hang_give_their_places_to_others() -> None:
    pace, answers, done = Pace(per_second=PER_SECOND, in_flight=IN_FLIGHT), asyncio.Event(), list[str]()
    hanging = asyncio.create_task(calls(pace, 2 * IN_FLIGHT, answers.wait, done, "hanging"))
    await asyncio.sleep(0)
    async with asyncio.timeout(30):
        await calls(pace, 5, lambda: asyncio.sleep(0), done, "quick")
    assert done == ["quick"] * 5
    answers.set()
    await hanging


async def test_a_burst_stays_below_what_the_platform_takes_in_any_second() -> None:
    pace, starts = Pace(per_second=PER_SECOND, in_flight=IN_FLIGHT), list[float]()

    async def start() -> None:
        starts.append(asyncio.get_running_loop().time())
        await asyncio.sleep(0.01)

    await calls(pace, 45, start, [], "")
    for begin in starts:
        assert len([one for one in starts if begin <= one < begin + 1]) <= PER_SECOND + IN_FLIGHT + 1
