"""Dumps of a PostgreSQL database by its own tools, `pg_dump` and `pg_restore`."""

import os
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from psycopg.conninfo import make_conninfo
from sqlalchemy import make_url, text
from sqlalchemy.exc import ProgrammingError

from storage.connection.lock import file_of
from storage.database import snapshot
from storage.maintenance.inspect import answering, engine_of
from storage.maintenance.trouble import Trouble, Unusable
from storage.plan.plans import PlanCache
from storage.unit_of_work import UnitOfWork

SECRETS = ("sslpassword", "oauth_client_secret", "scram_client_key", "scram_server_key")
"""What a URL's query may hold beside `password` that nobody else is to see."""
SERVICE = "tongpan"


@contextmanager
def dumped(url: str, plan_id: str, to: Path) -> Iterator[UnitOfWork]:
    """Dump it, look whether the dump can be read to its end, and read from the very snapshot that was dumped."""
    with engine_of(url) as engine, answering(), engine.connect() as connection:
        reader = snapshot(connection)
        exported = reader.scalar(text("SELECT pg_export_snapshot()"))
        wanted = ("--format=custom", "--no-owner", "--no-privileges", f"--snapshot={exported}", f"--file={to}")
        _run_connected("pg_dump", url, *wanted)
        _run("pg_restore", {}, f"--file={os.devnull}", str(to))
        yield UnitOfWork(reader, plan_id, PlanCache(), reading=True)


@contextmanager
def unpacked(source: Path, url: str) -> Iterator[str]:
    """The URL of a scratch database on the server of `url`."""
    if file_of(url):
        raise Unusable(Trouble.NO_SERVER, file=source)
    name = f"tongpan_check_{secrets.token_hex(6)}"
    # A name in the query would go before it: then the dump would land in the database of the plan itself.
    scratch = make_url(url).set(database=name).difference_update_query(["dbname"]).render_as_string(hide_password=False)
    with engine_of(url) as engine, answering(), engine.connect() as connection:
        admin = connection.execution_options(isolation_level="AUTOCOMMIT")
        try:
            admin.execute(text(f"CREATE DATABASE {name} TEMPLATE template0"))
        except ProgrammingError as error:
            raise Unusable(Trouble.NO_SCRATCH, why=str(error.orig).strip().splitlines()[0]) from None
        try:
            wanted = ("--exit-on-error", "--no-owner", "--no-privileges")
            _run_connected("pg_restore", scratch, *wanted, str(source))
            yield scratch
        finally:
            admin.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


def _run_connected(tool: str, url: str, *arguments: str) -> None:
    """Secrets by the environment: a command line can be read by everybody on the machine. Those that have no variable
    of their own stand in a file for its owner alone."""
    named = _named(url)
    password = named.pop("password", "")
    hidden = {name: named.pop(name) for name in SECRETS if name in named}
    environment = {"PGPASSWORD": password} if password else {}
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", prefix="tongpan-") as service:  # 0600
        if hidden:
            service.writelines([f"[{SERVICE}]\n", *(f"{name}={value}\n" for name, value in hidden.items())])
            service.flush()
            environment |= {"PGSERVICEFILE": service.name, "PGSERVICE": SERVICE}
        _run(tool, environment, "--no-password", f"--dbname={make_conninfo('', **named)}", *arguments)


def _run(tool: str, environment: Mapping[str, str], *arguments: str) -> None:
    """Raises Unusable where the tool is missing or fails, with its last line."""
    found = shutil.which(tool)
    if found is None:
        raise Unusable(Trouble.NO_TOOL, tool=tool)
    whole = {**os.environ, "LC_ALL": "C", **environment}
    done = subprocess.run(
        (found, *arguments), env=whole, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if done.returncode:
        lines = [line for line in done.stderr.splitlines() if "error:" in line] or done.stderr.splitlines() or [""]
        raise Unusable(Trouble.TOOL_FAILED, tool=tool, why=lines[-1].strip())


def _named(url: str) -> dict[str, str]:
    """What to connect with by libpq's names, as the program itself does: the query goes before the rest."""
    parsed = make_url(url)
    query = {name: value for name, value in parsed.query.items() if isinstance(value, str)}
    named = {
        "host": parsed.host, "port": parsed.port, "user": parsed.username, "password": parsed.password,
        "dbname": parsed.database, **query,
    }  # fmt: skip
    return {name: str(value) for name, value in named.items() if value}
