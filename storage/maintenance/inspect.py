"""A database seen from the command line, which may run beside the process that serves it."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import URL, Engine, func, make_url, select
from sqlalchemy.exc import ArgumentError, DatabaseError, InterfaceError, OperationalError

from storage.connection.compatibility import Tables, standing
from storage.connection.database_trouble import reason_of
from storage.connection.engine import open_engine
from storage.connection.lock import FileLock, file_of
from storage.database import snapshot
from storage.maintenance.migrate import upgrade
from storage.plan.plans import PlanCache
from storage.unit_of_work import UnitOfWork

CONNECT_SECONDS = 10
MIGRATING = 0x746F6E67
"""The number of PostgreSQL's advisory lock for migrations; any will do, if nobody else takes it."""


class BadAddress(ValueError):
    """The database's URL cannot be used; the message says why and repeats nothing of it."""


class Unreachable(Exception):
    """The database does not answer, or not properly. The message is the driver's reason, on one line."""


@contextmanager
def answering() -> Iterator[None]:
    """Turns a driver's failure to reach or read the database into Unreachable."""
    try:
        yield
    except (OperationalError, InterfaceError) as error:
        raise Unreachable(reason_of(error)) from None
    except DatabaseError as error:
        if type(error) is not DatabaseError:  # its kinds are mistakes of ours; itself: "file is not a database"
            raise
        raise Unreachable(reason_of(error)) from None


@contextmanager
def reading(url: str, plan_id: str) -> Iterator[UnitOfWork]:
    """A snapshot of one plan; takes no lock and changes nothing. The tables must be usable. Raises Unreachable."""
    with engine_of(url) as engine, answering(), engine.connect() as connection:
        yield UnitOfWork(snapshot(connection), plan_id, PlanCache(), reading=True)


def tables_of(url: str) -> Tables:
    """Age of the tables at a URL; makes no file where there is none. Raises BadAddress or Unreachable."""
    file = file_of(checked(url))
    if file and not file.exists():
        return Tables.MISSING
    with engine_of(url) as engine, answering(), engine.connect() as connection:
        return standing(connection)


def bring_up_to_date(url: str) -> Tables:
    """Run the missing migrations, one process at a time. Returns how the tables stood before.

    BESIDE and NEWER are left alone: only a newer program knows the way from there. Raises BadAddress, Unreachable or
    `storage.connection.lock.InUse`.
    """
    before = tables_of(url)
    if before in (Tables.MISSING, Tables.OLDER):
        with _alone(url), answering():
            upgrade(url)
    return before


@contextmanager
def _alone(url: str) -> Iterator[None]:
    """Hold a database alone: a SQLite file is owned or refused; on a server, starting replicas wait their turn."""
    if file := file_of(url):
        lock = FileLock(file)
        try:
            yield
        finally:
            lock.release()
        return
    with engine_of(url) as engine, answering(), engine.begin() as connection:
        connection.execute(select(func.pg_advisory_xact_lock(MIGRATING)))
        yield


def checked(url: str) -> str:
    """Check a URL and give it back. Raises BadAddress for a port that is no number, or SQLite without a file."""
    parsed = _parsed(url)
    if parsed.get_backend_name() == "sqlite" and parsed.database in (None, "", ":memory:"):
        raise BadAddress("wanted: a file, sqlite:///data/plan.db")
    return url


def _parsed(url: str) -> URL:
    try:
        return make_url(url)
    except (ArgumentError, ValueError):
        raise BadAddress("wanted: postgresql+psycopg://user@host:5432/database") from None


@contextmanager
def engine_of(url: str) -> Iterator[Engine]:
    """An engine that only reads, and does not wait for ever for a server. Raises BadAddress."""
    parsed = _parsed(url)
    if parsed.get_backend_name() != "sqlite" and "connect_timeout" not in parsed.query:
        parsed = parsed.update_query_dict({"connect_timeout": str(CONNECT_SECONDS)})
    engine = open_engine(parsed.render_as_string(hide_password=False), writer=False)
    try:
        yield engine
    finally:
        engine.dispose()
