"""Deliveries beside Procrastinate, DBOS and bare statements, on one PostgreSQL that keeps what is committed."""

import asyncio
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from importlib.metadata import version
from itertools import count, groupby, pairwise
from typing import Any

import psycopg
from sqlalchemy import make_url

from tests.bench import queues
from tests.bench.measure import alone, logging_nowhere
from tests.postgres import own_server

CONVERSATIONS, ROUNDS = 50, 3
A_SECOND, SECONDS = 50, 10
PATIENCE = 300.0
"""Seconds after which something is taken for lost."""
REST = "·" * 200
"""What makes a message as long as messages are."""
OPENINGS: dict[str, queues.Opening] = {
    "bare statements": queues.bare,
    "ours": queues.ours,
    f"Procrastinate {version('procrastinate')}": queues.with_procrastinate,
    f"DBOS {version('dbos')}": queues.with_dbos,
}
SETTINGS = ("server_version", "fsync", "synchronous_commit")
_numbers = count(1)


@dataclass(frozen=True)
class Round:
    """One queue's, in a database and a process of its own."""

    put: float
    """Messages a second, one after the other, while nothing is delivered."""
    delivered: float
    """Messages a second, of those that wait already."""
    cpu: float
    """Milliseconds of this process for one of these."""
    wait: float
    """Milliseconds from the commit to the channel, at a steady rate; the median."""
    p99: float
    rows: float
    """Written for a message, from its putting to its end."""
    overtaken: float
    """Messages that came before an earlier one of their conversation."""


class Arrivals:
    """Times at which texts arrived, by their numbers; they may come from another thread."""

    def __init__(self) -> None:
        self.at: dict[int, float] = {}
        self._loop, self._more = asyncio.get_running_loop(), asyncio.Event()

    def note(self, text: str) -> None:
        self.at.setdefault(int(text.split()[0]), time.perf_counter())
        self._loop.call_soon_threadsafe(self._more.set)

    async def all_of(self, wanted: int) -> None:
        async with asyncio.timeout(PATIENCE):
            while len(self.at) < wanted:
                self._more.clear()
                await self._more.wait()


def deliveries(messages: int) -> None:
    """Medians of the rounds; in each the queues take turns."""
    server = own_server(durable=True)
    rounds: dict[str, list[Round]] = {name: [] for name in OPENINGS}
    for _ in range(ROUNDS):
        for name, taken in rounds.items():
            taken.append(alone(_measure, server, name, messages))
    _print(server, messages, rounds)


def _measure(server: str, name: str, messages: int) -> Round:
    with logging_nowhere():
        return asyncio.run(_round(server, name, messages))


async def _round(server: str, name: str, messages: int) -> Round:
    arrivals = Arrivals()
    with _database(server) as url:
        async with OPENINGS[name](url, arrivals.note) as queue:
            async with queue.working():
                await _put(queue, CONVERSATIONS)
                await arrivals.all_of(CONVERSATIONS)
            put = await _put(queue, messages)
            begun, cpu = time.perf_counter(), time.process_time()
            async with queue.working():
                await arrivals.all_of(CONVERSATIONS + messages)
                delivered, cpu = time.perf_counter() - begun, time.process_time() - cpu
                waits = await _waits(queue, arrivals)
        rows = _written(url)
    return Round(
        put=messages / put,
        delivered=messages / delivered,
        cpu=cpu / messages * 1000,
        wait=statistics.median(waits),
        p99=statistics.quantiles(waits, n=100)[98],
        rows=rows / len(arrivals.at),
        overtaken=_overtaken([*arrivals.at]),
    )


async def _put(queue: queues.Queue, messages: int) -> float:
    """Seconds they take, one after the other."""
    begun = time.perf_counter()
    for _ in range(messages):
        await _put_one(queue, next(_numbers))
    return time.perf_counter() - begun


async def _put_one(queue: queues.Queue, number: int) -> float:
    """When it is there."""
    await queue.put(f"c{number % CONVERSATIONS}", f"{number} {REST}")
    return time.perf_counter()


async def _waits(queue: queues.Queue, arrivals: Arrivals) -> list[float]:
    """At a steady rate, whether the one before is there yet or not."""
    begun, putting = time.perf_counter(), dict[int, asyncio.Task[float]]()
    arrived = len(arrivals.at)
    for n in range(A_SECOND * SECONDS):
        await asyncio.sleep(begun + n / A_SECOND - time.perf_counter())
        number = next(_numbers)
        putting[number] = asyncio.create_task(_put_one(queue, number))
    await arrivals.all_of(arrived + len(putting))
    return [max(arrivals.at[number] - await there, 0) * 1000 for number, there in putting.items()]


def _written(url: str) -> int:
    """Rows, once everybody has left the database."""
    with psycopg.connect(url) as connection:
        rows = connection.execute("SELECT sum(n_tup_ins + n_tup_upd + n_tup_del) FROM pg_stat_user_tables")
        return int(_only(rows))


def _only(answer: psycopg.Cursor[Any]) -> Any:
    found = answer.fetchone()
    assert found is not None
    return found[0]


def _overtaken(arrived: list[int]) -> int:
    by_conversation = groupby(sorted(arrived, key=_conversation), key=_conversation)
    return sum(one > after for _, numbers in by_conversation for one, after in pairwise(numbers))


def _conversation(number: int) -> int:
    return number % CONVERSATIONS


@contextmanager
def _database(server: str) -> Iterator[str]:
    """An empty one, gone afterwards."""
    with psycopg.connect(_url(server), autocommit=True) as connection:
        connection.execute("CREATE DATABASE deliveries")
        yield _url(server, "deliveries")
        connection.execute("DROP DATABASE deliveries WITH (FORCE)")


def _url(server: str, database: str | None = None) -> str:
    """As psycopg reads it."""
    return make_url(server).set(drivername="postgresql", database=database).render_as_string(hide_password=False)


def _print(server: str, messages: int, rounds: dict[str, list[Round]]) -> None:
    with psycopg.connect(_url(server)) as connection:
        release, fsync, synchronous = (_only(connection.execute(f"SHOW {name}".encode())) for name in SETTINGS)
    print(f"\n{messages:,} messages to {CONVERSATIONS} conversations, a channel that answers at once;")
    print(f"PostgreSQL {release}, fsync={fsync}, synchronous_commit={synchronous}; medians of {ROUNDS} rounds")
    print(f"waits in milliseconds, at {A_SECOND} messages a second for {SECONDS} s")
    columns = ("put a second", "delivered", "CPU ms of it", "wait", "p99", "rows of each", "overtaken")
    print(f"{'':24}" + "".join(f"{name:>14}" for name in columns))
    for name, taken in rounds.items():
        medians = (statistics.median(figures) for figures in zip(*map(astuple, taken), strict=True))
        print(f"{name:24}" + "".join(f"{median:>14,.1f}" for median in medians), flush=True)
