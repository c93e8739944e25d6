"""Queues in PostgreSQL that take messages to a channel: ours, two libraries the way their documentation suggests, and
bare statements."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Protocol
from zoneinfo import ZoneInfo

import dbos
import procrastinate
import psycopg

from bot.clock import SystemClock
from bot.current import Current
from bot.delivery.delivery import SIDE_BY_SIDE, Delivery
from cards.words import Words
from handlers.inbound.commands import COMMANDS
from handlers.platforms import Platforms, Traits
from handlers.turn import Environment
from storage.database import Database
from storage.maintenance.migrate import upgrade
from storage.unit_of_work import UnitOfWork
from tests.bot.delivery.scripted import Scripted
from tests.small_company import organisation

POOL = 8
"""Connections to the database, of those that keep several."""
POLLING_SECONDS = 0.1
"""Of DBOS's queue; unless told otherwise it looks once a second, and takes one message of a conversation each time."""
TRAITS = Traits("bench", "bench")
"""A platform without limits: what is measured is the queue."""
Arrived = Callable[[str], None]
"""What the channel does with a text."""


class Queue(Protocol):
    async def put(self, conversation: str, text: str) -> None:
        """Returns once the message is durable."""

    def working(self) -> AbstractAsyncContextManager[None]:
        """Deliver what was put and what comes, inside."""


Opening = Callable[[str, Arrived], AbstractAsyncContextManager[Queue]]
"""Gives an empty database its tables and opens it, at a URL of psycopg."""


# -- bare statements -------------------------------------------------------------------------------------------


class Bare:
    """A statement to put a message, two to deliver it, one at a time: what PostgreSQL takes at least."""

    def __init__(self, writing: psycopg.AsyncConnection, reading: psycopg.AsyncConnection, arrived: Arrived) -> None:
        self._writing, self._reading, self._arrived = writing, reading, arrived
        self._due = asyncio.Event()

    async def put(self, conversation: str, text: str) -> None:
        await self._writing.execute("INSERT INTO messages (conversation, body) VALUES (%s, %s)", (conversation, text))
        self._due.set()

    @asynccontextmanager
    async def working(self) -> AsyncIterator[None]:
        async with _running(self._deliver()):
            yield

    async def _deliver(self) -> None:
        while True:
            self._due.clear()
            while await self._deliver_one():
                pass
            await self._due.wait()

    async def _deliver_one(self) -> bool:
        next_one = (
            "SELECT number, body FROM messages WHERE sent_at IS NULL ORDER BY number LIMIT 1 FOR UPDATE SKIP LOCKED"
        )
        async with self._reading.transaction():
            found = await (await self._reading.execute(next_one)).fetchone()
            if found:
                number, text = found
                self._arrived(text)
                await self._reading.execute("UPDATE messages SET sent_at = now() WHERE number = %s", (number,))
        return found is not None


@asynccontextmanager
async def bare(url: str, arrived: Arrived) -> AsyncIterator[Queue]:
    async with await _connection(url) as writing, await _connection(url) as reading:
        await writing.execute(
            "CREATE TABLE messages (number bigserial PRIMARY KEY, conversation text, body text, sent_at timestamptz)"
        )
        await writing.execute("CREATE INDEX waiting ON messages (number) WHERE sent_at IS NULL")
        yield Bare(writing, reading, arrived)


async def _connection(url: str) -> psycopg.AsyncConnection:
    return await psycopg.AsyncConnection.connect(url, autocommit=True)


# -- ours ------------------------------------------------------------------------------------------------------


class Ours:
    """A unit of work a message, and the delivery of the product."""

    def __init__(self, database: Database, arrived: Arrived) -> None:
        zone, platforms = ZoneInfo("Asia/Shanghai"), Platforms.of([TRAITS])
        self._environment = Environment(organisation(), Words(), zone, COMMANDS, platforms=platforms)
        self._database, self._channel = database, Prompt(arrived)

    async def put(self, conversation: str, text: str) -> None:
        def unit(uow: UnitOfWork) -> None:
            uow.outbox.say(f"{TRAITS.prefix}:{conversation}", text, SystemClock().now())
            uow.commit()

        await self._database.write(unit)

    @asynccontextmanager
    async def working(self) -> AsyncIterator[None]:
        delivery = Delivery(self._database, Current(self._environment), SystemClock(), {TRAITS.prefix: self._channel})
        self._database.outgoing = delivery
        running = asyncio.create_task(delivery.run())
        yield
        await delivery.stop()
        await running


class Prompt(Scripted):
    """A channel that answers at once."""

    def __init__(self, arrived: Arrived) -> None:
        super().__init__(TRAITS)
        self._arrived = arrived

    async def post(self, conversation: str, markdown: str, key: str) -> None:
        self._arrived(markdown)


@asynccontextmanager
async def ours(url: str, arrived: Arrived) -> AsyncIterator[Queue]:
    of_sqlalchemy = url.replace("postgresql://", "postgresql+psycopg://", 1)
    upgrade(of_sqlalchemy)
    database = Database(of_sqlalchemy, "main")
    yield Ours(database, arrived)
    await asyncio.to_thread(database.close)


# -- Procrastinate ---------------------------------------------------------------------------------------------


class Procrastinate:
    """A job a message, in the order of its lock."""

    def __init__(self, app: procrastinate.App, arrived: Arrived) -> None:
        async def deliver(text: str) -> None:
            arrived(text)

        self._app, self._task = app, app.task(name="deliver")(deliver)

    async def put(self, conversation: str, text: str) -> None:
        await self._task.configure(lock=conversation).defer_async(text=text)

    @asynccontextmanager
    async def working(self) -> AsyncIterator[None]:
        async with _running(self._app.run_worker_async(concurrency=SIDE_BY_SIDE, install_signal_handlers=False)):
            yield


@asynccontextmanager
async def with_procrastinate(url: str, arrived: Arrived) -> AsyncIterator[Queue]:
    app = procrastinate.App(connector=procrastinate.PsycopgConnector(conninfo=url, min_size=POOL, max_size=POOL))
    async with app.open_async():
        await app.schema_manager.apply_schema_async()
        yield Procrastinate(app, arrived)


# -- DBOS ------------------------------------------------------------------------------------------------------


class Dbos:
    """A workflow of one step a message; a partition of the queue for each conversation keeps its order."""

    def __init__(self, queue: dbos.Queue, workflow: Callable[[str], Awaitable[None]]) -> None:
        self._queue, self._workflow = queue, workflow

    async def put(self, conversation: str, text: str) -> None:
        with dbos.SetEnqueueOptions(queue_partition_key=conversation):
            await self._queue.enqueue_async(self._workflow, text)

    @asynccontextmanager
    async def working(self) -> AsyncIterator[None]:
        await self._queue.set_worker_concurrency_async(SIDE_BY_SIDE)
        yield
        await self._queue.set_worker_concurrency_async(0)


@asynccontextmanager
async def with_dbos(url: str, arrived: Arrived) -> AsyncIterator[Queue]:
    async def send(text: str) -> None:
        arrived(text)

    dbos.DBOS(config={"name": "bench", "system_database_url": url, "sys_db_pool_size": POOL, "log_level": "ERROR"})
    step = dbos.DBOS.step()(send)

    async def deliver(text: str) -> None:
        await step(text)

    workflow = dbos.DBOS.workflow()(deliver)
    dbos.DBOS.launch()
    queue = await dbos.DBOS.register_queue_async(
        "messages", worker_concurrency=0, partition_concurrency=1, polling_interval_sec=POLLING_SECONDS
    )
    yield Dbos(queue, workflow)
    dbos.DBOS.destroy()


@asynccontextmanager
async def _running(work: Awaitable[None]) -> AsyncIterator[None]:
    task = asyncio.ensure_future(work)
    yield
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
