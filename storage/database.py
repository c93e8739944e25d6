"""The database as the other rooms see it: read, write, migrate, close."""

import asyncio
import secrets
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from functools import partial
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError

from storage.connection.compatibility import Tables, standing
from storage.connection.engine import open_engine
from storage.connection.exclusive import Exclusive
from storage.connection.lock import FileLock, file_of
from storage.connection.same_file import Closed, SameFile
from storage.connection.writer import Outcome, WriterThread
from storage.plan.plans import PlanCache
from storage.unit_of_work import UnitOfWork

Result = TypeVar("Result")
Work = Callable[[UnitOfWork], Result]
ASIDE = 1
"""Threads of those who read beside the chat: a second one only takes the interpreter from whoever decides there, and
from the first."""
TRIES = 4
"""PostgreSQL may ask for a transaction to be run again (deadlock, serialization)."""


class Outgoing(Protocol):
    """Who takes away what units of work leave in the outbox."""

    def claim(self, uow: UnitOfWork) -> Any:
        """Claim within a kept unit what may go, in whatever thread it runs; None: nothing was looked for."""

    def left(self, claimed: Any) -> None:
        """On the event loop, once it is durable: take it away."""

    def unheard(self, claimed: Any) -> None:
        """On the event loop: whether the claim is kept nobody was told."""


class _Opened:
    """What a process has of a database once, however many plans are in it."""

    def __init__(self, url: str) -> None:
        file = file_of(url)
        self.lock = FileLock(file) if file else None
        self.write_engine = open_engine(url, writer=True)
        self.read_engine = open_engine(url, writer=False) if file else self.write_engine
        self.same_file = SameFile(file) if file else None
        self.writer = WriterThread(self.write_engine, self.same_file.check) if self.same_file else None
        self.threads = ThreadPoolExecutor(8, thread_name_prefix="storage")
        self.kept_free = ThreadPoolExecutor(2, thread_name_prefix="storage-first")
        """For what goes first in PostgreSQL; in SQLite the writer sees to it."""
        self.aside = ThreadPoolExecutor(ASIDE, thread_name_prefix="storage-aside")
        self.held: list[Exclusive] = []
        self.closed = False

    def close(self) -> None:
        for held in self.held:
            held.let_go()
        self.closed = True
        if self.writer:
            self.writer.close()
        self.threads.shutdown()
        self.kept_free.shutdown()
        self.aside.shutdown()
        self.read_engine.dispose()
        self.write_engine.dispose()
        if self.lock:
            self.lock.release()


class Database:
    """One plan's database. Work is a plain function of a unit of work, run in a thread; an exception rolls it back.

    SQLite belongs to one process: opening it twice raises `storage.connection.lock.InUse`.
    """

    def __init__(self, url: str, plan_id: str, opened: _Opened | None = None) -> None:
        """`opened`: already, for another plan in it."""
        self.url, self.plan_id = url, plan_id
        self.owner = secrets.token_hex(8)
        """This process, by the name that its leases carry."""
        self._opened = opened or _Opened(url)
        self._lock, self._same_file = self._opened.lock, self._opened.same_file
        self._write_engine, self._read_engine = self._opened.write_engine, self._opened.read_engine
        self._writer, self._threads = self._opened.writer, self._opened.threads
        self._cache = PlanCache()
        self.outgoing: Outgoing | None = None
        """Told of each kept `write` that left a message."""

    def of_plan(self, plan_id: str) -> "Database":
        """Another plan in the same database: of its own are its rows, and what is remembered of them. They are closed
        together."""
        return Database(self.url, plan_id, self._opened)

    @property
    def is_alone(self) -> bool:
        """Whether no other process can have the database: one owns a SQLite file."""
        return self._lock is not None

    async def write(self, work: Work[Result], *, first: bool = False) -> Result:
        """Run work in a transaction, `first`: before what waits, and wait until it is durable. What it leaves in the
        outbox is claimed by the same transaction, so that its delivery waits for no other; behind what goes first,
        whose answer is no message, it is looked for."""
        claims: list[Any] = []
        future = self.submit(work, first=first, claims=claims)
        if self.outgoing:
            # By the work itself: whoever waits for it may be cancelled, and it is kept all the same.
            loop = asyncio.get_running_loop()
            future.add_done_callback(lambda end: claims and loop.call_soon_threadsafe(self._claimed, claims, end))
        result: Result = await asyncio.wrap_future(future)
        return result

    async def read(self, work: Work[Result], *, aside: bool = False) -> Result:
        """Run work on a snapshot; what it writes is refused or thrown away. `aside`: for whoever opens a page or asks
        the API; they wait for each other."""
        self.check_file()
        look = partial(copy_context().run, self.look, work)  # what the caller has bound, its lines of the log have too
        threads = self._opened.aside if aside else self._threads
        return await asyncio.get_running_loop().run_in_executor(threads, look)

    def write_now(self, work: Work[Result]) -> Result:
        """`write` for the command line, which has no event loop."""
        result: Result = self.submit(work).result()
        return result

    def look(self, work: Work[Result]) -> Result:
        """`read` for the command line and for threads."""
        self.check_file()
        with self._read_engine.connect() as connection:
            return work(UnitOfWork(snapshot(connection), self.plan_id, self._cache, self.owner, reading=True))

    def submit(self, work: Work[Any], *, first: bool = False, claims: list[Any] | None = None) -> "Future[Any]":
        """`claims`: takes the claims of what is left in the outbox, of each try; None: nothing is claimed."""
        context = copy_context()

        def unit(connection: Connection) -> Outcome[Any]:
            return context.run(bound, connection)

        def bound(connection: Connection) -> Outcome[Any]:
            uow = UnitOfWork(connection, self.plan_id, self._cache, self.owner)
            result = work(uow)
            if uow.committed:
                uow.finish()
                if self.outgoing and claims is not None and uow.outbox.added:
                    claims.append(None if first else self.outgoing.claim(uow))  # another try claims anew
            return Outcome(uow.committed, result)

        self.check_file()
        if self._writer:
            return self._writer.submit(unit, first=first)
        return (self._opened.kept_free if first else self._threads).submit(self._transact, unit)

    def _claimed(self, claims: list[Any], ended: "Future[Any]") -> None:
        if self.outgoing is None:
            return
        *undone, last = claims
        for claimed in undone:
            self.outgoing.unheard(claimed)
        if ended.exception():
            self.outgoing.unheard(last)
        else:
            self.outgoing.left(last)

    def check_file(self) -> None:
        """Raises `storage.connection.same_file.Moved` when the file that was opened is not there any more; Closed."""
        if self._opened.closed:
            raise Closed("the database has been closed")
        if self._same_file:
            self._same_file.check()

    def exclusive(self, name: str) -> Exclusive:
        """Something of this plan that one process holds at a time."""
        held = Exclusive(self._write_engine, f"{self.plan_id}:{name}")
        self._opened.held.append(held)
        return held

    def ping(self) -> None:
        """Ping the database; raises when it does not answer."""
        self.check_file()
        with self._read_engine.connect() as connection:
            connection.execute(text("SELECT 1"))

    def tables(self) -> Tables:
        """Age of its tables."""
        with self._read_engine.connect() as connection:
            return standing(connection)

    def close(self) -> None:
        self._opened.close()

    def _transact(self, unit: Callable[[Connection], Outcome[Result]]) -> Result:
        for attempt in range(TRIES):
            try:
                with self._write_engine.connect() as connection, connection.begin() as transaction:
                    keep, result = unit(connection)
                    if not keep:
                        transaction.rollback()
                    return result
            except OperationalError as error:
                if attempt == TRIES - 1 or not _worth_repeating(error):
                    raise
        raise AssertionError("unreachable")


def snapshot(connection: Connection) -> Connection:
    """Set a connection to read from one moment; SQLite's transactions do so by nature."""
    if connection.dialect.name == "sqlite":
        return connection
    return connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def _worth_repeating(error: OperationalError) -> bool:
    """Recognise a deadlock or serialization failure, after which nothing of the transaction happened."""
    return getattr(error.orig, "sqlstate", None) in ("40001", "40P01")
