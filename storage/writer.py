"""One thread that writes to SQLite, committing what waits together: one fsync for many units of work."""

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine

Result = TypeVar("Result")
Work = Callable[[Connection], "Outcome[Any]"]
GROUP = 32


class Outcome(tuple[bool, Result]):
    """Outcome of a piece of work: its result, and commit or rollback."""

    __slots__ = ()

    def __new__(cls, keep: bool, result: Result) -> "Outcome[Result]":
        return super().__new__(cls, (keep, result))


class WriterThread:
    """Runs work in order of arrival, each in its savepoint; results are given only after the group's commit."""

    def __init__(self, engine: Engine, check: Callable[[], None] = lambda: None) -> None:
        """`check` raises when what is written goes nowhere: it is asked before a group and after its commit."""
        self._engine, self._check = engine, check
        self._jobs: queue.SimpleQueue[tuple[Work, Future[Any]] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="storage-writer", daemon=True)
        self._thread.start()

    def submit(self, work: Work) -> "Future[Any]":
        future: Future[Any] = Future()
        self._jobs.put((work, future))
        return future

    def close(self) -> None:
        self._jobs.put(None)
        self._thread.join()

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            group, last = self._gather(job)
            self._commit(group)
            if last:
                return

    def _gather(self, first: tuple[Work, "Future[Any]"]) -> tuple[list[tuple[Work, "Future[Any]"]], bool]:
        group = [first]
        while len(group) < GROUP and not self._jobs.empty():
            job = self._jobs.get()
            if job is None:
                return group, True
            group.append(job)
        return group, False

    def _commit(self, group: list[tuple[Work, "Future[Any]"]]) -> None:
        done: list[tuple[Future[Any], Any]] = []
        try:
            self._check()
            with self._engine.begin() as connection:
                for work, future in group:
                    self._one(connection, work, future, done)
            self._check()
        except Exception as error:  # the commit itself failed, or went nowhere: nobody's work was kept
            for _, future in group:
                if not future.done():
                    future.set_exception(error)
            return
        for future, result in done:
            future.set_result(result)

    def _one(
        self, connection: Connection, work: Work, future: "Future[Any]", done: list[tuple["Future[Any]", Any]]
    ) -> None:
        if not future.set_running_or_notify_cancel():
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
