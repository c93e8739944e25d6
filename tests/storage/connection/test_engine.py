"""How PostgreSQL is opened."""

import time
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from storage.connection.database_trouble import is_trouble
from storage.connection.engine import STANDSTILL_SECONDS, open_engine
from tests.databases import fresh_database


def test_whoever_stands_still_within_a_transaction_lets_go_of_its_locks(tmp_path: Path) -> None:
    with fresh_database("postgresql", tmp_path, migrated=True) as url:
        engine = open_engine(url, writer=True)
        asleep, other = engine.connect(), engine.connect()
        limit = "SELECT setting FROM pg_settings WHERE name = 'idle_in_transaction_session_timeout'"
        assert other.scalar(text(limit)) == str(STANDSTILL_SECONDS * 1000)
        asleep.execute(text("SET LOCAL idle_in_transaction_session_timeout = 100"))
        asleep.execute(text("SELECT pg_advisory_xact_lock(1)"))
        began = time.monotonic()
        other.execute(text("SELECT pg_advisory_xact_lock(1)"))  # returns when the lock is free
        assert time.monotonic() - began < STANDSTILL_SECONDS
        with pytest.raises(DBAPIError) as ended:
            asleep.execute(text("SELECT 1"))
        assert is_trouble(ended.value)  # what it was about is tried again
        other.close()
        asleep.invalidate()
        asleep.close()
        engine.dispose()
