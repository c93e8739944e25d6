"""Engines: how SQLite and PostgreSQL are opened. The reasons are measurements, in the design's decision 5."""

import sqlite3
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url

from storage.connection.private import made_private

try:
    import pysqlite3
except ImportError:  # no wheel for this platform: the interpreter's own SQLite, which `sqlite_concern` judges
    pysqlite3 = None

REPAIRED = ((3, 44, 6), (3, 45, 0)), ((3, 50, 7), (3, 51, 0)), ((3, 51, 3), (99, 0, 0))
"""Version ranges without the fault that can corrupt a WAL database when two connections write or checkpoint."""

STANDSTILL_SECONDS = 60
"""After which PostgreSQL takes back the locks of a process that stands still within a transaction: a machine put to
sleep holds up all others until then."""


def sqlite_module() -> ModuleType:
    return pysqlite3 or sqlite3


def sqlite_concern() -> str:
    """Fault of the SQLite in use, in a sentence for the log and for doctor; empty when it is repaired."""
    version = tuple(int(part) for part in sqlite_module().sqlite_version.split("."))
    if any(low <= version < high for low, high in REPAIRED):
        return ""
    return (
        f"SQLite {sqlite_module().sqlite_version} has the WAL-reset fault (repaired in 3.51.3): "
        "install the pysqlite3 wheel or use PostgreSQL."
    )


def open_engine(url: str, *, writer: bool) -> Engine:
    """The write engine has one connection on SQLite; the read engine never takes a write lock there."""
    if make_url(url).get_backend_name() == "sqlite":
        return _sqlite(url, writer=writer)
    return _postgresql(url)


def _postgresql(url: str) -> Engine:
    engine = create_engine(url, pool_size=8, max_overflow=6, pool_pre_ping=True)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"SET idle_in_transaction_session_timeout = {STANDSTILL_SECONDS * 1000}")
        connection.commit()

    return engine


def _sqlite(url: str, *, writer: bool) -> Engine:
    file = make_url(url).database
    if not file or file == ":memory:":
        raise ValueError("a SQLite database needs a file: sqlite:///data/plan.db")
    made_private(Path(file))
    pool: Mapping[str, Any] = {"pool_size": 1, "max_overflow": 0} if writer else {"pool_size": 4, "max_overflow": 6}
    engine = create_engine(url, module=sqlite_module(), connect_args={"check_same_thread": False}, **pool)
    pragmas = ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000", "foreign_keys=ON")
    # Only the writer may checkpoint: see the WAL-reset fault above.
    extra = () if writer else ("query_only=ON", "wal_autocheckpoint=0")

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        for pragma in (*pragmas, *extra):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writer else "BEGIN")

    return engine
