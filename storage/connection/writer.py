"""One thread that writes to SQLite, committing what waits together: one fsync for many units of work."""

import queue
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field
from itertools import count
from math import inf
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine

Result = TypeVar("Result")
Work = Callable[[Connection], "Outcome[Any]"]
GROUP = 32
GROUP_SECONDS = 0.02
"""Work after which a group is committed: a few commits long, so that nobody waits much longer for those behind them."""
AHEAD = 200
"""Places that what goes first overtakes: so it starves nobody, however much of it comes."""


class Outcome(tuple[bool, Result]):
    """Outcome of a piece of work: its result, and commit or rollback."""

    __slots__ = ()

    def __new__(cls, keep: bool, result: Result) -> "Outcome[Result]":
        return super().__new__(cls, (keep, result))


@dataclass(order=True, slots=True)
class Job:
    """Work in the queue, by its place, then by arrival."""

    place: float
    number: int
    first: bool = field(compare=False, default=False)
    work: Work | None = field(compare=False, default=None)
    """None: the end."""
    future: "Future[Any]" = field(compare=False, default_factory=Future)


class WriterThread:
    """Runs work in order of arrival, what goes first before the rest, each in its savepoint; results are given only
    after the group's commit."""

    def __init__(self, engine: Engine, check: Callable[[], None] = lambda: None) -> None:
        """`check` raises when what is written goes nowhere: it is asked before a group and after its commit."""
        self._engine, self._check = engine, check
        self._jobs: queue.PriorityQueue[Job] = queue.PriorityQueue()
        self._numbers = count()
        self._thread = threading.Thread(target=self._run, name="storage-writer", daemon=True)
        self._thread.start()

    def submit(self, work: Work, *, first: bool = False) -> "Future[Any]":
        number = next(self._numbers)
        job = Job(number - AHEAD if first else number, number, first, work)
        self._jobs.put(job)
        return job.future

    def close(self) -> None:
        """What waits is written yet."""
        self._jobs.put(Job(inf, next(self._numbers)))
        self._thread.join()

    def _run(self) -> None:
        while (job := self._jobs.get()).work is not None:
            self._commit(job)

    def _group(self, job: Job) -> Iterator[Job]:
        """Those that are committed together, each taken when its turn comes. Behind those that go first the group ends:
        they wait for nobody's work but what was under way."""
        begun = time.monotonic()
        yield job
        for _ in range(GROUP - 1):
            if time.monotonic() - begun > GROUP_SECONDS:
                return
            try:
                following = self._jobs.get_nowait()
            except queue.Empty:
                return
            if following.work is None or (job.first and not following.first):
                self._jobs.put(following)  # where it was: its number is its place
                return
            job = following
            yield job

    def _commit(self, first: Job) -> None:
        group: list[Job] = []
        done: list[tuple[Future[Any], Any]] = []
        try:
            self._check()
            with self._engine.begin() as connection:
                for job in self._group(first):
                    group.append(job)
                    self._one(connection, job, done)
            self._check()
        except Exception as error:  # the commit itself failed, or went nowhere: nobody's work was kept
            for job in group or [first]:
                if not job.future.done():
                    job.future.set_exception(error)
            return
        for future, result in done:
            future.set_result(result)

    def _one(self, connection: Connection, job: Job, done: list[tuple["Future[Any]", Any]]) -> None:
        work, future = job.work, job.future
        if work is None or not future.set_running_or_notify_cancel():
            return  # whoever asked has gone before it began; from here on a cancellation comes too late
        savepoint = connection.begin_nested()
        try:
            keep, result = work(connection)
        except BaseException as error:
            savepoint.rollback()
            future.set_exception(error)
            return
        savepoint.commit() if keep else savepoint.rollback()
        done.append((future, result))
