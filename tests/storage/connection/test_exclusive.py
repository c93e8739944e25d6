"""One process of several holds a thing, and the next one has it as soon as the first is gone."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from sqlalchemy import text

from storage.connection.engine import open_engine
from storage.connection.exclusive import Exclusive
from storage.database import Database

POSTGRESQL = pytest.mark.parametrize("backend", ["postgresql"])


@pytest.fixture
def holds(migrated_url: str) -> Iterator[list[Exclusive]]:
    """Of three processes."""
    with ExitStack() as stack:
        databases = [Database(migrated_url, "main") for _ in range(3)]
        for database in databases:
            stack.callback(database.close)
        yield [database.exclusive("wecom") for database in databases]


@POSTGRESQL
def test_one_holds_and_the_others_do_not(holds: list[Exclusive]) -> None:
    first, second, third = holds
    assert [hold.hold() for hold in (first, second, third, first)] == [True, False, False, True]
    first.let_go()
    assert [hold.hold() for hold in (second, third, first)] == [True, False, False]


@POSTGRESQL
def test_who_loses_the_connection_loses_the_thing(holds: list[Exclusive], migrated_url: str) -> None:
    first, second, _ = holds
    assert first.hold()
    engine = open_engine(migrated_url, writer=True)
    with engine.connect() as connection:
        others = text("SELECT pg_terminate_backend(pid, 5000) FROM pg_locks WHERE locktype = 'advisory'")
        connection.execute(others)
    engine.dispose()
    assert second.hold()
    assert not first.hold(), "it does not think it still had it"
    second.let_go()
    assert first.hold()


@POSTGRESQL
def test_two_plans_hold_their_own(migrated_url: str) -> None:
    databases = [Database(migrated_url, plan) for plan in ("main", "other")]
    holds = [database.exclusive("wecom") for database in databases]
    assert [hold.hold() for hold in holds] == [True, True]
    for database in databases:
        database.close()
