"""A process that looks for what is going wrong and tells it, and kills itself at a commit or a call.

What the platforms have been called with is appended to a file, which outlives it.
"""

import os
import signal
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy.engine.default import DefaultDialect

from tests.bot.delivery.scripted import Scripted, StandingClock
from tests.machine import town
from tests.machine.works import Works

POINTS = ("before commit", "after commit", "before call", "after call")
SEEN = "seen"
"""The file of what the platforms have seen, in the folder of the database."""


def live(folder: Path, now: datetime, until: datetime, point: str, nth: int) -> None:
    """From now until then, or until it comes to the point for the nth time."""
    _watch(folder / SEEN)
    works = Works(town.governed(), folder=folder, clock=StandingClock(now))
    works.restart()
    if point:
        _lay(point, nth)
    works.live(until - now)
    works.deliver()
    works.close()


def _watch(file: Path) -> None:
    """Have each call leave a line before it is answered."""
    said = ("put_card", lambda args: f"card {args[0].card_id}"), ("post", lambda args: f"text {args[0]} {args[2]}")
    for name, key in said:
        _wrap(Scripted, name, lambda call, key=key: _written(file, call, key))  # type: ignore[misc]


def _written(file: Path, call: Callable[..., Any], key: Callable[[Any], str]) -> Callable[..., Any]:
    async def called(self: Scripted, *args: Any) -> Any:
        result = await call(self, *args)
        with file.open("a", encoding="utf-8") as lines:
            lines.write(f"{key(args)}\n")
        return result

    return called


def _lay(point: str, nth: int) -> None:
    left = [nth]
    when, _, where = point.partition(" ")

    def die() -> None:
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    if where == "call":
        for name in ("put_card", "post"):
            _wrap(Scripted, name, lambda call: _dying_call(call, when, die))
        return

    def committing(call: Callable[..., None]) -> Callable[..., None]:
        def committed(self: Any, connection: Any) -> None:
            if when == "before":
                die()
            call(self, connection)
            if when == "after":
                die()

        return committed

    _wrap(DefaultDialect, "do_commit", committing)


def _dying_call(call: Callable[..., Any], when: str, die: Callable[[], None]) -> Callable[..., Any]:
    async def called(self: Scripted, *args: Any) -> Any:
        if when == "before":
            die()
        result = await call(self, *args)
        if when == "after":
            die()
        return result

    return called


def _wrap(owner: type, name: str, wrapping: Callable[[Callable[..., Any]], Callable[..., Any]]) -> None:
    setattr(owner, name, wrapping(getattr(owner, name)))

