"""A database that takes no writes: the service says that it is not ready, acknowledges nothing, and recovers."""

import asyncio
import os
import resource
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from bot.clock import MovableClock
from bot.current import Current
from bot.environment import environment_of
from bot.inbox_worker import InboxWorker
from bot.supervised import Supervised
from bot.web import create_web
from handlers.events import Clicked, Said
from storage.connection.database_trouble import is_trouble
from storage.connection.engine import sqlite_module
from storage.connection.lock import file_of
from storage.database import Database
from tests.bot.web.factory import settings
from tests.bot.web.system import System
from tests.databases import fresh_database, postgres_url
from tests.small_company import NOW

SAID = Said("dingtalk:cidProduction", "bot", "e1", "han", "查计划 MO-1", NOW)
CLICKED = Clicked("dingtalk:cidProduction", "bot", "e2", "han", "c1", "c1/approve", NOW)
Break = Callable[[Database, Path], AbstractContextManager[None]]


@contextmanager
def locked(database: Database, file: Path) -> Iterator[None]:
    """Another program holds the write lock."""
    with closing(sqlite_module().connect(str(file), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


@contextmanager
def full(database: Database, file: Path) -> Iterator[None]:
    """The log may not grow any more."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (file.with_name(f"{file.name}-wal").stat().st_size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def read_only(database: Database, file: Path) -> Iterator[None]:
    """SQLite refuses each write as it does on a read-only file system."""

    def turn(switch: str) -> None:
        connection = database._write_engine.raw_connection()
        connection.cursor().execute(f"PRAGMA query_only={switch}")
        connection.close()

    turn("ON")
    yield
    turn("OFF")


@contextmanager
def deleted(database: Database, file: Path) -> Iterator[None]:
    file.unlink()
    yield


@contextmanager
def replaced(database: Database, file: Path) -> Iterator[None]:
    """A backup is copied into its place."""
    copy = file.with_suffix(".copy")
    shutil.copy(file, copy)
    os.replace(copy, file)
    yield


@contextmanager
def without_its_log(database: Database, file: Path) -> Iterator[None]:
    file.with_name(f"{file.name}-wal").unlink()
    yield


@contextmanager
def put_aside(database: Database, file: Path) -> Iterator[None]:
    aside = file.with_suffix(".aside")
    file.rename(aside)
    yield
    aside.rename(file)


PASSING: dict[str, tuple[Break, str]] = {
    "locked": (locked, "writing"),
    "full": (full, "writing"),
    "read-only": (read_only, "writing"),
    "put aside": (put_aside, "moved"),
}
LASTING: dict[str, tuple[Break, str]] = {
    "deleted": (deleted, "moved"),
    "replaced": (replaced, "moved"),
    "without its log": (without_its_log, "moved"),
}


class Service:
    def __init__(self, database: Database) -> None:
        environment = environment_of(settings())
        self.database, clock = database, MovableClock(NOW)
        self.worker = InboxWorker(database, Current(environment), clock)
        self.web = create_web(settings(), Current(environment), clock, database, {})

    async def missing(self) -> list[str]:
        async with System.of(self.web) as system:
            answer = await system.get("/readyz", token="")
        return [part["at"] for part in answer.json().get("errors", [])]

    async def acknowledges(self, event_id: str) -> list[str]:
        """What of a message and a click would be acknowledged to a platform."""
        events = {
            "said": self.worker.said(replace(SAID, event_id=event_id)),
            "clicked": self.worker.clicked(replace(CLICKED, event_id=f"{event_id}-click")),
        }
        results = dict(zip(events, await asyncio.gather(*events.values(), return_exceptions=True), strict=True))
        errors = {name: result for name, result in results.items() if isinstance(result, BaseException)}
        assert all(is_trouble(error) for error in errors.values()), errors
        await self.worker.stop()
        return [name for name in results if name not in errors]


@pytest.fixture
def service(tmp_path: Path) -> Iterator[tuple[Service, Path]]:
    with fresh_database("sqlite", tmp_path, migrated=True) as url:
        database, file = Database(url, "main"), file_of(url)
        assert file is not None
        with closing(database):
            yield Service(database), file


@pytest.mark.parametrize("name", [*PASSING, *LASTING])
async def test_nothing_is_acknowledged_while_nothing_can_be_written(service: tuple[Service, Path], name: str) -> None:
    (there, file), (broken, told) = service, (PASSING | LASTING)[name]
    assert await there.acknowledges("before") == ["said", "clicked"]
    assert await there.missing() == []
    with broken(there.database, file):
        assert await there.missing() == [told]
        assert await there.acknowledges("during") == []
    if name in PASSING:
        assert await there.missing() == []
        assert await there.acknowledges("during") == ["said", "clicked"], "the platform delivers it again"


async def test_a_postgresql_that_takes_no_writes(tmp_path: Path) -> None:
    with fresh_database("postgresql", tmp_path, migrated=True) as url:
        name = make_url(url).database
        assert name is not None
        with closing(Database(url, "main")) as database:
            there = Service(database)
            assert await there.acknowledges("before") == ["said", "clicked"]
            _tell(f"ALTER DATABASE {name} SET default_transaction_read_only = on", name)
            assert await there.missing() == ["writing"]
            assert await there.acknowledges("during") == []
            _tell(f"ALTER DATABASE {name} SET default_transaction_read_only = off", name)
            assert await there.missing() == []
            assert await there.acknowledges("during") == ["said", "clicked"]


def _tell(statement: str, name: str) -> None:
    """For every session of a database, also those that are open."""
    admin = make_url(postgres_url()).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(statement.encode())
        connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])


async def test_a_loop_that_keeps_failing_is_told(service: tuple[Service, Path]) -> None:
    there, seconds = service[0], [0.0]
    loop = Supervised("looking failed", "outbox.failed", lambda: seconds[0])
    current = Current(environment_of(settings()))
    web = create_web(settings(), current, MovableClock(NOW), there.database, {}, {"delivery": loop})

    async def fails() -> None:
        raise OSError

    async with System.of(web) as system:
        for _ in range(3):
            assert (await system.get("/readyz", token="")).status_code == 200
            await loop.attempt(fails)
            seconds[0] += loop.pause
        answer = await system.get("/readyz", token="")
        assert answer.json()["errors"] == [{"at": "delivery", "detail": "delivery 已连续失败 3 次，原因见日志。"}]
        assert 'tongpan_loop_failures{loop="delivery"} 3.0' in (await system.get("/metrics", token="")).text
