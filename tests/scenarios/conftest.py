"""A stage for every scenario: simulated platforms, the seeded company, the real service, on either database."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.clock import MovableClock
from bot.demo import Stage, stage
from handlers.reads.trail.proof import faults
from handlers.turn import Turn
from storage.unit_of_work import UnitOfWork
from tests.databases import fresh_database
from tests.scenarios.play import Play

MONDAY = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
"""09:00 in Shanghai, on a working day."""
NO_MISTAKE = (42001, 40014, "InvalidAuthentication", 408)
"""Moving the clock a day lets tokens expire: they are refused once and fetched again. A busy machine misses a click's
deadline: the card comes later (`Play.press`)."""


@pytest.fixture
async def play(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Play]:
    """SQLite unless the test is parametrised with another backend."""
    backend = getattr(request, "param", "sqlite")
    with fresh_database(backend, tmp_path, migrated=True) as url:
        async with stage(url, clock=MovableClock(MONDAY)) as set_up:
            await connected(set_up)
            yield Play(set_up)
            assert refused(set_up) == [], "a platform refused something"
            assert await unproven(set_up) == [], "the database does not prove itself"
            await set_up.service.delivery.drain()
            assert await counted(set_up) == set_up.dingtalk.api.spent.total(), "calls were counted as the platform does"


async def unproven(set_up: Stage) -> list[str]:
    """What `audit verify` would say."""
    service = set_up.service
    return await service.database.read(lambda uow: faults(Turn(uow, service.clock.now(), service.environment)))


async def counted(set_up: Stage) -> int:
    """Calls that we counted, in all months."""
    service = set_up.service
    months = set_up.dingtalk.api.spent

    def whole(uow: UnitOfWork) -> int:
        return sum(sum(uow.calls.of(month).get("dingtalk", {}).values()) for month in months)

    return await service.database.read(whole)


async def connected(set_up: Stage) -> None:
    """Both platforms have the bot's connection."""
    async with asyncio.timeout(30):
        while not (set_up.dingtalk.connected and set_up.wecom.connected):  # noqa: ASYNC110 - no event tells it
            await asyncio.sleep(0.02)


def refused(set_up: Stage) -> list[Mapping[str, Any]]:
    return [refusal for refusal in set_up.world.refusals if refusal["code"] not in NO_MISTAKE]
