"""Dumps of a PostgreSQL database by its own tools, `pg_dump` and `pg_restore`."""

import os
import secrets
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from psycopg.conninfo import make_conninfo
from sqlalchemy import make_url, text
from sqlalchemy.exc import ProgrammingError

from storage.database import snapshot
from storage.inspect import answering, engine_of
from storage.lock import file_of
from storage.plans import PlanCache
from storage.trouble import Trouble, Unusable
from storage.unit_of_work import UnitOfWork


@contextmanager
def dumped(url: str, plan_id: str, to: Path) -> Iterator[UnitOfWork]:
    """Dump it, look whether the dump can be read to its end, and read from the very snapshot that was dumped."""
    with engine_of(url) as engine, answering(), engine.connect() as connection:
        reader = snapshot(connection)
        exported = reader.scalar(text("SELECT pg_export_snapshot()"))
        wanted = ("--format=custom", "--no-owner", "--no-privileges", f"--snapshot={exported}", f"--file={to}")
        _run("pg_dump", url, *wanted, *_connecting(url))
        _run("pg_restore", url, f"--file={os.devnull}", str(to))
        yield UnitOfWork(reader, plan_id, PlanCache(), reading=True)


@contextmanager
def unpacked(source: Path, url: str) -> Iterator[str]:
    """The URL of a scratch database on the server of `url`."""
    if file_of(url):
        raise Unusable(Trouble.NO_SERVER, file=source)
    name = f"tongpan_check_{secrets.token_hex(6)}"
    scratch = make_url(url).set(database=name).render_as_string(hide_password=False)
    with engine_of(url) as engine, answering(), engine.connect() as connection:
        admin = connection.execution_options(isolation_level="AUTOCOMMIT")
        try:
            admin.execute(text(f"CREATE DATABASE {name} TEMPLATE template0"))
        except ProgrammingError as error:
            raise Unusable(Trouble.NO_SCRATCH, why=str(error.orig).strip().splitlines()[0]) from None
        try:
            wanted = ("--exit-on-error", "--no-owner", "--no-privileges", *_connecting(scratch))
            _run("pg_restore", scratch, *wanted, str(source))
            yield scratch
        finally:
            admin.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


def _run(tool: str, url: str, *arguments: str) -> None:
    """Raises Unusable where the tool is missing or fails, with its last line."""
    found = shutil.which(tool)
    if found is None:
        raise Unusable(Trouble.NO_TOOL, tool=tool)
    # The password by the environment: a command line can be read by everybody on the machine.
    password = make_url(url).password
    environment = {**os.environ, "LC_ALL": "C", **({"PGPASSWORD": str(password)} if password else {})}
    done = subprocess.run(
        (found, *arguments), env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if done.returncode:
        lines = [line for line in done.stderr.splitlines() if "error:" in line] or done.stderr.splitlines() or [""]
        raise Unusable(Trouble.TOOL_FAILED, tool=tool, why=lines[-1].strip())


def _connecting(url: str) -> tuple[str, ...]:
    parsed = make_url(url)
    query = {name: value for name, value in parsed.query.items() if isinstance(value, str)}
    named = {"host": parsed.host, "port": parsed.port, "user": parsed.username, "dbname": parsed.database, **query}
    return ("--no-password", f"--dbname={make_conninfo('', **{k: v for k, v in named.items() if v})}")
