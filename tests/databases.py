"""Real databases for the tests, files of SQLite and databases of PostgreSQL: made once per process, then copied."""

import atexit
import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import psycopg
from sqlalchemy import make_url

from storage.database import Database
from storage.maintenance.migrate import upgrade
from tests.postgres import own_server

BACKENDS = ("sqlite", "postgresql")
Filling = Callable[[str], None]
"""What makes of an empty database what a test needs, by its URL; functions that are the same share a copy."""


@cache
def postgres_url() -> str:
    """`DATABASE_URL` when it names a PostgreSQL, else a server of our own."""
    given = os.environ.get("DATABASE_URL", "")
    return given if given.startswith("postgresql") else own_server()


def migrate(url: str) -> None:
    """Give a database its tables: this checkout's, or those of the checkout that `tests.former` names."""
    if place := os.environ.get("TONGPAN_TESTS_SCHEMA_OF"):
        code = "import sys; from storage.maintenance.migrate import upgrade; upgrade(sys.argv[1])"
        subprocess.run([sys.executable, "-c", code, url], cwd=place, check=True)
    else:
        upgrade(url)


@contextmanager
def fresh_database(backend: str, place: Path, *, migrated: bool = False) -> Iterator[str]:
    """The URL of an empty database of one's own that is gone afterwards; `migrated`: with its tables."""
    with filled_database(backend, place, migrate if migrated else None) as url:
        yield url


@contextmanager
def filled_database(backend: str, place: Path, filling: Filling | None) -> Iterator[str]:
    """The same, filled already."""
    if backend == "sqlite":
        yield filled_file(place, filling)
        return
    name = f"t{secrets.token_hex(6)}"
    _run(f"CREATE DATABASE {name}" + (f" TEMPLATE {_template(filling)}" if filling else ""))
    try:
        yield _named(name)
    finally:
        _run(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def opened(url: str) -> Iterator[Database]:
    """A database of the plan `main`."""
    database = Database(url, "main")
    try:
        yield database
    finally:
        database.close()


def filled_file(place: Path, filling: Filling | None) -> str:
    """The URL of a SQLite file in a folder that goes with its owner."""
    file = place / "plan.db"
    if filling:
        file.write_bytes(_bytes(filling))
    return f"sqlite:///{file}"


@cache
def _bytes(filling: Filling) -> bytes:
    with tempfile.TemporaryDirectory() as place:
        filling(filled_file(Path(place), None))
        assert not (Path(place) / "plan.db-wal").exists(), "who fills a database closes it"
        return (Path(place) / "plan.db").read_bytes()


@cache
def _template(filling: Filling) -> str:
    name = f"template_{secrets.token_hex(4)}"
    _run(f"CREATE DATABASE {name}")
    atexit.register(_run, f"DROP DATABASE {name}")
    filling(_named(name))
    return name


def _named(name: str) -> str:
    return make_url(postgres_url()).set(database=name).render_as_string(hide_password=False)


def _run(statement: str) -> None:
    admin = make_url(postgres_url()).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(statement.encode())
