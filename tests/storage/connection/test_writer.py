"""SQLite's one writer: in order, together, and each unit for itself."""

import asyncio
import threading
from collections.abc import Callable
from math import inf
from pathlib import Path

import pytest

from storage.connection import writer
from storage.connection.database_trouble import is_trouble, reason_of
from storage.connection.engine import REPAIRED, sqlite_concern, sqlite_module
from storage.connection.lock import InUse
from storage.connection.writer import AHEAD
from storage.database import Database
from storage.maintenance.migrate import upgrade
from storage.timers import Timer
from storage.unit_of_work import UnitOfWork
from tests.small_company import NOW


@pytest.fixture
def file(tmp_path: Path) -> str:
    url = f"sqlite:///{tmp_path / 'plan.db'}"
    upgrade(url)
    return url


@pytest.fixture
def together(monkeypatch: pytest.MonkeyPatch) -> None:
    """All that waits is one group, however long it takes."""
    monkeypatch.setattr(writer, "GROUP_SECONDS", inf)


@pytest.mark.usefixtures("together")
def test_a_failing_unit_takes_nothing_of_its_group_with_it(file: str) -> None:
    database = Database(file, "main")
    gate = threading.Event()

    def wait(uow: UnitOfWork) -> None:
        gate.wait(5)  # so that the units after it are gathered into one group

    def write(number: int) -> None:
        def unit(uow: UnitOfWork) -> None:
            uow.timers.start(Timer("digest", str(number), NOW))
            uow.commit()
            if number == 3:
                raise ValueError("no")

        futures.append(database.submit(unit))

    futures = [database.submit(wait)]
    for number in range(8):
        write(number)
    gate.set()
    failed = [number for number, future in enumerate(futures[1:]) if future.exception(5)]
    assert failed == [3]
    kept = database.look(lambda uow: [timer.subject for timer in uow.timers.due(NOW)])
    assert kept == ["0", "1", "2", "4", "5", "6", "7"]
    database.close()


@pytest.mark.usefixtures("together")
def test_a_disk_that_is_full_within_a_unit_is_the_databases_trouble(file: str) -> None:
    """SQLite ends the whole transaction then, with the savepoints and with what the group had written before."""
    database = Database(file, "main")
    gate = threading.Event()

    def wait(uow: UnitOfWork) -> None:
        gate.wait(5)

    def small(uow: UnitOfWork) -> None:
        uow.timers.start(Timer("digest", "small", NOW))
        uow.commit()

    def large(uow: UnitOfWork) -> None:
        for number in range(20):
            uow.outbox.say("dingtalk:g", "x" * 5000, NOW, str(number))
        uow.commit()

    pages = _pragma(database, "page_count")
    _pragma(database, f"max_page_count = {pages + 3}")
    futures = [database.submit(wait), database.submit(small), database.submit(large)]
    gate.set()
    for future in futures:
        error = future.exception(5)
        assert error is not None
        assert (is_trouble(error), reason_of(error)) == (True, "database or disk is full")
    assert database.look(lambda uow: (uow.timers.due(NOW), uow.outbox.counts())) == ([], {})
    _pragma(database, f"max_page_count = {10**6}")
    for unit in (small, large):
        database.write_now(unit)
    assert database.look(lambda uow: (len(uow.timers.due(NOW)), uow.outbox.counts())) == (1, {"new": 20})
    database.close()


def _pragma(database: Database, pragma: str) -> int:
    connection = database._write_engine.raw_connection()
    value: int = connection.cursor().execute(f"PRAGMA {pragma}").fetchone()[0]
    connection.close()
    return value


def test_what_goes_first_stands_behind_nothing_that_waits(file: str) -> None:
    database = Database(file, "main")
    gate, order = threading.Event(), list[str]()

    def unit(name: str) -> Callable[[UnitOfWork], None]:
        def work(uow: UnitOfWork) -> None:
            order.append(name)
            if name == "second" and "click" not in asked:
                asked["click"] = database.submit(unit("click"), first=True)  # while the group is under way
            uow.commit()

        return work

    asked = {"gate": database.submit(lambda uow: gate.wait(5))}
    for name in ("first", "second", "third", "fourth"):
        asked[name] = database.submit(unit(name))
    asked["earlier click"] = database.submit(unit("earlier click"), first=True)
    asked["another"] = database.submit(unit("another"), first=True)
    gate.set()
    for each in tuple(asked.values()):
        each.result(5)
    assert asked["click"].result(5) is None
    assert order == ["earlier click", "another", "first", "second", "click", "third", "fourth"]
    database.close()


def test_what_goes_first_starves_nobody(file: str) -> None:
    """However much of it comes: it overtakes so many places and no more."""
    database = Database(file, "main")
    gate, order = threading.Event(), list[str]()
    asked = [database.submit(lambda uow: gate.wait(5)), database.submit(lambda uow: order.append("message"))]
    asked += [database.submit(lambda uow: order.append("click"), first=True) for _ in range(AHEAD + 50)]
    gate.set()
    for each in asked:
        each.result(5)
    assert order.index("message") < AHEAD
    assert order.count("click") == AHEAD + 50
    database.close()


def test_what_goes_first_is_durable_before_the_rest_begins(file: str) -> None:
    database = Database(file, "main")
    gate = threading.Event()

    def click(uow: UnitOfWork) -> None:
        uow.timers.start(Timer("digest", "click", NOW))
        uow.commit()

    def slow(uow: UnitOfWork) -> None:
        found.append(bool(database.look(lambda uow: uow.timers.due(NOW))))

    found: list[bool] = []
    holding = database.submit(lambda uow: gate.wait(5))
    asked = [database.submit(slow), database.submit(click, first=True)]
    gate.set()
    for each in (holding, *asked):
        each.result(5)
    assert found == [True]
    database.close()


def test_who_took_long_is_durable_before_the_next_begins(file: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Though they are alike: nobody waits for all that came meanwhile."""
    monkeypatch.setattr(writer, "GROUP_SECONDS", -1)
    database = Database(file, "main")
    gate, found = threading.Event(), list[int]()

    def click(number: int) -> Callable[[UnitOfWork], None]:
        def work(uow: UnitOfWork) -> None:
            found.append(len(database.look(lambda uow: uow.timers.due(NOW))))
            uow.timers.start(Timer("digest", str(number), NOW))
            uow.commit()

        return work

    asked = [database.submit(lambda uow: gate.wait(5))]
    asked += [database.submit(click(number), first=True) for number in range(3)]
    gate.set()
    for each in asked:
        each.result(5)
    assert found == [0, 1, 2]
    database.close()


async def test_who_stops_waiting_does_not_stop_the_writer(file: str) -> None:
    database = Database(file, "main")
    gate = threading.Event()
    working = asyncio.create_task(database.write(lambda uow: gate.wait(5)))
    waiting = asyncio.create_task(database.write(lambda uow: uow.commit()))
    await asyncio.sleep(0)
    for task in (working, waiting):
        task.cancel()
    gate.set()
    assert await database.write(lambda uow: "still here") == "still here"
    await asyncio.gather(working, waiting, return_exceptions=True)
    database.close()


def test_a_file_belongs_to_one_process(file: str) -> None:
    database = Database(file, "main")
    with pytest.raises(InUse, match="open in another process"):
        Database(file, "main")
    database.close()
    Database(file, "main").close()


def test_reading_cannot_write(file: str) -> None:
    database = Database(file, "main")
    with pytest.raises(Exception, match="readonly"):
        database.look(lambda uow: uow.timers.start(Timer("digest", "x", NOW)))
    database.close()


def test_the_sqlite_in_use_is_a_repaired_one() -> None:
    version = tuple(int(part) for part in sqlite_module().sqlite_version.split("."))
    assert sqlite_concern() == "" or not any(low <= version < high for low, high in REPAIRED)
    assert sqlite_concern() == "", "the locked pysqlite3 carries a repaired SQLite"
