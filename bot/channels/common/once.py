"""The same request reaches the product once and gets the same answer every time."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Coroutine
from typing import Any, Generic, TypeVar

from bot.channels.common.work import Work

T = TypeVar("T")
REMEMBERED = 10_000


class Once(Generic[T]):
    """Answers by the request's signature. A try that failed is forgotten, so that the platform's next one gets through.

    It also makes a replay harmless: whoever sends a recorded request again learns and changes nothing.
    """

    def __init__(self, keep_seconds: float, clock: Callable[[], float]) -> None:
        self._keep, self._clock = keep_seconds, clock
        self._answers: OrderedDict[str, tuple[float, asyncio.Task[T]]] = OrderedDict()
        self.work = Work()

    async def answer(self, key: str, make: Callable[[], Coroutine[Any, Any, T]], seconds: float) -> T:
        """Made, or awaited from an earlier try. TimeoutError after `seconds`; it goes on being made all the same."""
        self._forget_old()
        _, task = self._answers.get(key) or (0.0, self._start(key, make))
        async with asyncio.timeout(seconds):
            return await asyncio.shield(task)

    def _start(self, key: str, make: Callable[[], Coroutine[Any, Any, T]]) -> "asyncio.Task[T]":
        task = self.work.start(make())
        self._answers[key] = (self._clock(), task)
        task.add_done_callback(lambda done: self._drop_if_failed(key, done))
        return task

    def _drop_if_failed(self, key: str, done: "asyncio.Task[T]") -> None:
        if done.cancelled() or done.exception():
            self._answers.pop(key, None)

    def _forget_old(self) -> None:
        while self._answers:
            key, (at, _) = next(iter(self._answers.items()))
            if len(self._answers) < REMEMBERED and self._clock() - at < self._keep:
                return
            del self._answers[key]
