"""An app's access token: one fetch for all who wait, and the one in hand as long as it is good."""

import asyncio
from collections.abc import Callable

import pytest

from bot.channels.common.access_token import AFTER_FAILURE, REFRESH_EARLY, AccessToken
from bot.channels.common.channel import TryLater

LIFE = 7200.0


class Platform:
    """Gives t1, t2, … once it may; `refuses`: so many fetches more fail."""

    def __init__(self) -> None:
        self.now, self.fetched, self.refuses = 0.0, 0, 0
        self.answers = asyncio.Event()
        self.answers.set()

    async def fetch(self, seconds: float) -> tuple[str, float]:
        self.fetched += 1
        await self.answers.wait()
        if self.refuses:
            self.refuses -= 1
            raise TryLater("busy", 2.0)  # a pause that only callers obey
        return f"t{self.fetched}", LIFE


@pytest.fixture
async def platform() -> Platform:
    return Platform()


def token_of(platform: Platform) -> AccessToken:
    return AccessToken(platform.fetch, lambda: platform.now)


async def settled(is_so: Callable[[], bool]) -> None:
    for _ in range(100):
        if is_so():
            return
        await asyncio.sleep(0)
    raise AssertionError


async def test_it_is_renewed_beside_the_calls(platform: Platform) -> None:
    token = token_of(platform)
    assert await token.get() == "t1"
    platform.now = LIFE - REFRESH_EARLY
    platform.answers.clear()
    assert [await token.get(), await token.get()] == ["t1", "t1"], "nobody waits while the next one hangs"
    platform.answers.set()
    await settled(lambda: token.value == "t2")
    assert (await token.get(), platform.fetched) == ("t2", 2)


async def test_the_one_in_hand_is_used_to_its_end_when_no_other_comes(platform: Platform) -> None:
    token = token_of(platform)
    await token.get()
    platform.now, platform.refuses = LIFE - REFRESH_EARLY, 2
    assert await token.get() == "t1"
    await settled(lambda: platform.refuses == 1)
    assert await token.get() == "t1"
    assert platform.fetched == 2, "not asked again at every call"
    platform.now += AFTER_FAILURE
    await token.get()
    await settled(lambda: platform.refuses == 0)
    platform.now = LIFE
    assert await token.get() == "t4"


async def test_all_who_wait_share_one_failure(platform: Platform) -> None:
    """One after the other each would wait for as many tries as all before it."""
    token = token_of(platform)
    platform.refuses = 1
    told = await asyncio.gather(*(token.get() for _ in range(5)), return_exceptions=True)
    assert [str(error) for error in told] == ["busy"] * 5
    assert platform.fetched == 1
    assert await token.get() == "t2", "whoever comes afterwards asks again"


async def test_who_stops_waiting_stops_nobody_else(platform: Platform) -> None:
    token = token_of(platform)
    platform.answers.clear()
    impatient, patient = asyncio.create_task(token.get()), asyncio.create_task(token.get())
    await settled(lambda: platform.fetched == 1)
    impatient.cancel()
    await asyncio.wait([impatient])
    platform.answers.set()
    assert (await patient, platform.fetched) == ("t1", 1)


async def test_a_refused_one_is_not_used_again_and_a_newer_one_stays(platform: Platform) -> None:
    token = token_of(platform)
    first = await token.get()
    token.forget(first)
    assert await token.get() == "t2"
    token.forget(first)
    assert (await token.get(), platform.fetched) == ("t2", 2)
