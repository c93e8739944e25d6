"""A service with a small plan, asked over ASGI by other systems with real tokens."""

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime

import pytest
from structlog.testing import capture_logs

from bot.clock import MovableClock
from bot.current import Current
from bot.environment import environment_of
from bot.settings import Settings
from bot.web import create_web
from handlers.turn import Environment
from storage.database import Database
from tests.bot.web.factory import PLAN, settings, write_plan
from tests.bot.web.system import Channel, System


@pytest.fixture
def clock() -> MovableClock:
    """Monday, 30 November 2026, ten in the morning in Shanghai."""
    return MovableClock(datetime(2026, 11, 30, 2, tzinfo=UTC))


@pytest.fixture
def configured() -> Settings:
    return settings()


@pytest.fixture
def environment(configured: Settings) -> Environment:
    return environment_of(configured)


@pytest.fixture
def channel() -> Channel:
    return Channel()


@pytest.fixture
def factory(database: Database, clock: MovableClock) -> Database:
    """The database with a plan in it."""
    write_plan(database, PLAN, clock.now())
    return database


@pytest.fixture
async def empty(
    configured: Settings, environment: Environment, clock: MovableClock, database: Database, channel: Channel
) -> AsyncIterator[System]:
    """The service before anybody has brought in a plan."""
    web = create_web(configured, Current(environment), clock, database, {"dingtalk": channel})
    async with System.of(web) as system:
        yield system


@pytest.fixture
async def system(factory: Database, empty: System) -> System:
    """The service with the plan."""
    return empty


@pytest.fixture(autouse=True)
def no_secret_in_the_logs(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Whatever a test does."""
    with capture_logs() as entries:
        yield
    written = f"{caplog.text}{entries}"
    assert not [token for token in System.TOKENS.values() if token in written]
