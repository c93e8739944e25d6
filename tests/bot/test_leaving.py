"""A process begins and ends: it beats for as long as it holds anything, and trouble of the database holds up no end."""

import asyncio
import gc
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sse_starlette.sse import AppStatus

from bot import retrying_database, serve
from bot.app import build
from bot.clock import MovableClock
from bot.current import Current
from bot.inbox_worker import SAID
from bot.platforms import PLATFORMS
from bot.scheduler import Scheduler
from bot.settings import settings_of
from handlers.events import Said
from storage.database import Database
from storage.delivery.inbox import EventKey
from storage.unit_of_work import UnitOfWork
from tests.bot.delivery.office import ENVIRONMENT
from tests.bot.delivery.scripted import StandingClock
from tests.databases import fresh_database
from tests.small_company import NOW

BEAT = 0.01


class Sweeper:
    """An inbox whose sweep ends when it is let."""

    def __init__(self) -> None:
        self.begun, self.may_end, self.left = asyncio.Event(), asyncio.Event(), False

    async def sweep(self) -> None:
        self.begun.set()
        try:
            await self.may_end.wait()
        except asyncio.CancelledError:
            self.left = True
            raise


def scheduler(database: Database, inbox: Any, goodbye_seconds: float = 60.0) -> Scheduler:
    current, clock = Current(ENVIRONMENT), StandingClock()
    return Scheduler(
        database, current, clock, inbox, 0, beat_seconds=BEAT, goodbye_seconds=goodbye_seconds
    )


@asynccontextmanager
async def watching(url: str) -> AsyncIterator[Callable[[], Any]]:
    """How often everybody has beaten, as another process sees it."""
    with closing(Database(url, "main")) as other:
        yield lambda: other.read(lambda uow: uow.processes.beats())


async def beats_on(beats: Callable[[], Any]) -> None:
    (before,) = (await beats()).values()
    async with asyncio.timeout(60):
        while (await beats()).popitem()[1] < before + 3:  # noqa: ASYNC110 - another process is asked, too
            await asyncio.sleep(0)


async def test_it_beats_from_taking_up_until_it_has_left(tmp_path: Path) -> None:
    """While it takes up, and while what is under way comes to its end."""
    with fresh_database("postgresql", tmp_path, migrated=True) as url:
        async with watching(url) as beats:
            with closing(Database(url, "main")) as database:
                inbox = Sweeper()
                ours = scheduler(database, inbox)
                taking_up = asyncio.create_task(ours.take_up())
                await inbox.begun.wait()
                await beats_on(beats)
                inbox.may_end.set()
                await taking_up
                await ours.stop()
                await beats_on(beats)
                await ours.leave()
                assert await beats() == {}


@pytest.mark.parametrize("backend", ["sqlite"])
async def test_what_hangs_is_left_lying_at_the_end(database: Database) -> None:
    inbox = Sweeper()
    ours = scheduler(database, inbox, goodbye_seconds=0.0)
    await ours.start()
    await inbox.begun.wait()
    async with asyncio.timeout(60):
        await ours.stop()
        await ours.leave()
    assert inbox.left


@pytest.mark.parametrize("backend", ["sqlite"])
async def test_the_end_may_be_asked_for_while_it_takes_up(
    migrated_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A message was left lying, and the database takes no writes: SIGTERM ends the process all the same."""
    service = build(_settings(migrated_url), MovableClock(NOW), migrate=False)
    await service.database.write(_left_lying)
    reads = service.inbox_worker._lasting.read

    async def then_nothing_is_written(work: Callable[[UnitOfWork], Any]) -> Any:
        found = await reads(work)
        connection = service.database._write_engine.raw_connection()
        connection.cursor().execute("PRAGMA query_only=ON")
        connection.close()
        return found

    monkeypatch.setattr(service.inbox_worker._lasting, "read", then_nothing_is_written)
    server = serve._Server(service.web, ())

    async def pausing(seconds: float) -> None:
        server.handle_exit(signal.SIGTERM, None)
        await asyncio.sleep(0)

    monkeypatch.setattr(retrying_database, "pausing", pausing)
    monkeypatch.setattr(AppStatus, "should_exit", False)  # the signal ends every stream of this interpreter, for ever
    async with asyncio.timeout(60):
        await serve._serve(service, server, _never_listened_to())


@pytest.mark.parametrize("backend", ["sqlite"])
async def test_what_was_there_when_it_began_to_listen_is_not_looked_through_for_garbage(
    migrated_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Clicks would wait for that."""
    service = build(_settings(migrated_url), MovableClock(NOW), migrate=False)
    server, looked_through = serve._Server(service.web, ()), list[bool]()

    async def serves(sockets: object) -> None:
        looked_through.append(any(one is service.environment.networks for one in gc.get_objects()))

    monkeypatch.setattr(server, "serve", serves)
    await serve._serve(service, server, _never_listened_to())
    assert looked_through == [False]


def _left_lying(uow: UnitOfWork) -> None:
    said = Said("dingtalk:g", "bot", "e1", "somebody", "帮助", NOW)
    before = NOW - timedelta(hours=1)
    uow.inbox.receive(EventKey("dingtalk", "bot", "e1"), "said", SAID.dump_python(said, mode="json"), before)
    uow.commit()


def _settings(url: str) -> Any:
    return settings_of(PLATFORMS).model_validate({"database": {"url": url}})


def _never_listened_to() -> Any:
    class Listener:
        def getsockname(self) -> tuple[str, int]:
            return "127.0.0.1", 0

    return Listener()
