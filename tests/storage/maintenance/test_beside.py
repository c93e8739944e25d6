"""A database looked at and migrated from beside the process that serves it."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from storage.connection.compatibility import Tables
from storage.connection.lock import InUse
from storage.database import Database
from storage.maintenance.inspect import MIGRATING, Unreachable, bring_up_to_date, reading, tables_of
from storage.maintenance.migrate import downgrade
from tests.databases import fresh_database

WAITING = """SELECT 1 FROM pg_locks JOIN pg_database ON pg_database.oid = database
    WHERE locktype = 'advisory' AND NOT granted AND datname = current_database()"""


def test_how_the_tables_stand(database_url: str) -> None:
    assert tables_of(database_url) is Tables.MISSING
    assert bring_up_to_date(database_url) is Tables.MISSING
    assert tables_of(database_url) is Tables.CURRENT
    assert bring_up_to_date(database_url) is Tables.CURRENT
    downgrade(database_url)
    assert tables_of(database_url) is Tables.MISSING


def test_a_replica_waits_until_another_has_migrated(tmp_path: Path) -> None:
    with fresh_database("postgresql", tmp_path) as url, ThreadPoolExecutor(1) as replica:
        server = url.replace("+psycopg", "", 1)
        with psycopg.connect(server) as other, psycopg.connect(server, autocommit=True) as watch:
            other.execute("SELECT pg_advisory_xact_lock(%s)", [MIGRATING])
            waiting = replica.submit(bring_up_to_date, url)
            while not watch.execute(WAITING).fetchone():
                assert not waiting.done()
            assert tables_of(url) is Tables.MISSING
            other.rollback()
            waiting.result(30)
        assert tables_of(url) is Tables.CURRENT


def test_looking_makes_no_file(tmp_path: Path) -> None:
    assert tables_of(f"sqlite:///{tmp_path / 'data' / 'plan.db'}") is Tables.MISSING
    assert list(tmp_path.iterdir()) == []


def test_reading_goes_on_while_the_file_is_owned_and_migrating_does_not(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'plan.db'}"
    owner = Database(url, "main")
    try:
        with pytest.raises(InUse):
            bring_up_to_date(url)
        owner.write_now(lambda uow: None)
    finally:
        owner.close()
    bring_up_to_date(url)
    owner = Database(url, "main")
    try:
        with reading(url, "main") as uow:
            assert not uow.plans.exists()
    finally:
        owner.close()


def test_a_password_with_an_at_sign_is_not_told_as_a_part_of_the_host() -> None:
    with pytest.raises(Unreachable) as told:
        tables_of("postgresql+psycopg://plan:s3@cret@nowhere.invalid/plan")
    assert "cret" not in str(told.value)
