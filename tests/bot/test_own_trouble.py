"""Trouble of our own database, while something is under way: it is outlasted, and uses up nobody's tries."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from threading import get_ident
from typing import Any

import psycopg
import pytest
import structlog
from sqlalchemy import Connection, Table, select
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.exc import OperationalError

from bot import retrying_database
from bot.channels.common.channel import TryLater
from storage.connection.writer import Outcome
from storage.database import Database
from storage.delivery.inbox import EventKey
from storage.tables.delivery import inbox, outbox
from storage.unit_of_work import UnitOfWork
from tests.bot.delivery.office import Office, working
from tests.databases import fresh_database
from tests.handlers.company import PRODUCTION, Company

FAILURES = 20
"""More than any number of tries."""


class Broken:
    """A database that refuses each write as a read-only file system does, until it has done so often enough."""

    def __init__(self, database: Database) -> None:
        self._database, self.left = database, 0

    def breaks(self) -> None:
        self.left = FAILURES
        self._turn("ON")

    def met(self) -> None:
        self.left -= 1
        if self.left == 0:
            self._turn("OFF")

    def _turn(self, switch: str) -> None:
        connection = self._database._write_engine.raw_connection()
        connection.cursor().execute(f"PRAGMA query_only={switch}")
        connection.close()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with fresh_database("sqlite", tmp_path, migrated=True) as url, closing(Database(url, "main")) as database:
        yield database


@pytest.fixture
def broken(database: Database, monkeypatch: pytest.MonkeyPatch) -> Broken:
    """It is mended by the pause behind its last failure; no pause takes time."""
    broken = Broken(database)

    async def pause(seconds: float) -> None:
        broken.met()

    monkeypatch.setattr(retrying_database, "pausing", pause)
    return broken


async def test_a_message_that_left_is_written_down_as_sent_and_not_said_again(
    database: Database, broken: Broken
) -> None:
    office = Office(database)
    await office.say("g", "hello")

    async def breaks() -> None:
        broken.breaks()

    office.channel.script["g"].append(breaks)
    with structlog.testing.capture_logs() as logged:
        await office.deliver()
    assert office.channel.said_in("g") == ["hello"]
    assert await office.counts() == {"sent": 1}
    assert attempts(database, outbox) == [1]
    assert broken.left == 0
    assert lines(logged) == ["database.unwritten", "database.unwritten.over"]
    assert logged[0]["reason"] == "attempt to write a readonly database"
    assert logged[1]["count"] == FAILURES


async def test_a_refusal_by_the_platform_is_still_one(database: Database, broken: Broken) -> None:
    """What the platform says counts, and waits until it can be written down."""
    office = Office(database)
    await office.say("g", "hello")

    async def refuses() -> None:
        broken.breaks()
        raise TryLater("busy")

    office.channel.script["g"].append(refuses)
    await office.deliver()
    assert await office.counts() == {"new": 1}
    assert attempts(database, outbox) == [1]


async def test_a_message_that_came_in_is_answered_when_it_is_over(database: Database, broken: Broken) -> None:
    company = Company(database).opens()
    event = replace(company.said("han", "查计划 MO-1"), event_id="e1")
    with structlog.testing.capture_logs() as logged:
        await company.inbox_worker.said(event)
        broken.breaks()
        await company.inbox_worker.stop()
    await company.office.deliver()
    assert "MO-1" in company.told(PRODUCTION)[-1]
    assert database.look(lambda uow: uow.inbox.take(EventKey("dingtalk", "bot", "e1"))) is False, "done"
    assert attempts(database, inbox) == [1]
    assert "message.failed" not in lines(logged)


class Unheard(Database):
    """Whose next commit is done, and its answer lost."""

    cut = False
    cut_thread = 0
    """Alone in this one; 0: in any."""

    def _transact(self, unit: Callable[[Connection], Outcome[Any]]) -> Any:
        result = super()._transact(unit)
        if self.cut and self.cut_thread in (0, get_ident()):
            self.cut = False
            raise OperationalError("COMMIT", {}, psycopg.OperationalError("server closed the connection"))
        return result


@pytest.fixture
def unheard(tmp_path: Path) -> Iterator[Unheard]:
    with fresh_database("postgresql", tmp_path, migrated=True) as url, closing(Unheard(url, "main")) as database:
        yield database


async def test_what_was_claimed_unheard_is_sent_before_its_lease_is_over(unheard: Unheard) -> None:
    office = Office(unheard)
    await office.say("g", "hello")
    unheard.cut = True
    with pytest.raises(OperationalError):
        await office.deliver()
    assert office.channel.said_in("g") == []
    await office.deliver()
    assert office.channel.said_in("g") == ["hello"]
    assert attempts(unheard, outbox) == [1]


async def test_what_was_left_and_claimed_unheard_is_sent_before_its_lease_is_over(unheard: Unheard) -> None:
    office = Office(unheard)

    def unit(uow: UnitOfWork) -> None:
        uow.commit()
        uow.outbox.say("dingtalk:g", "hello", office.clock.now())
        unheard.cut, unheard.cut_thread = True, get_ident()

    async with working(office):
        with pytest.raises(OperationalError):
            await office.database.write(unit)
        await office.until(lambda: office.channel.said_in("g") == ["hello"])
    assert attempts(unheard, outbox) == [1]


async def test_what_was_written_down_unheard_is_handled_before_its_lease_is_over(unheard: Unheard) -> None:
    company = Company(unheard).opens()
    event = replace(company.said("han", "查计划 MO-1"), event_id="e1")
    unheard.cut = True
    with pytest.raises(OperationalError):
        await company.inbox_worker.said(event)
    await company.inbox_worker.said(event)  # nothing was acknowledged: the platform delivers it again
    await company.inbox_worker.stop()
    await company.office.deliver()
    assert len(company.told(PRODUCTION)) == 1
    assert attempts(unheard, inbox) == [1]


async def test_what_was_not_written_down_is_not_handled(unheard: Unheard, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor said to be lost: it comes again."""
    company = Company(unheard).opens()
    event = replace(company.said("han", "查计划 MO-1"), event_id="e1")

    def no_commit(dialect: object, connection: Any) -> None:
        raise psycopg.OperationalError("server closed the connection")

    with monkeypatch.context() as patched:
        patched.setattr(DefaultDialect, "do_commit", no_commit)
        with pytest.raises(OperationalError):
            await company.inbox_worker.said(event)
    await company.inbox_worker.stop()
    assert unheard.look(lambda uow: uow.inbox.counts()) == {}
    await company.inbox_worker.said(event)
    await company.inbox_worker.stop()
    await company.office.deliver()
    assert len(company.told(PRODUCTION)) == 1


def attempts(database: Database, table: Table) -> list[int]:
    return database.look(lambda uow: list(uow.outbox._connection.scalars(select(table.c.attempts))))


def lines(logged: list[structlog.typing.EventDict]) -> list[str]:
    return [entry["action"] for entry in logged if str(entry.get("action", "")).startswith(("database", "message"))]
