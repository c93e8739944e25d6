"""Rounds of a scenario, as many as its size says or as its time allows."""

import time
from collections.abc import Iterator, Sequence
from math import inf
from typing import TypeVar

Thing = TypeVar("Thing")
_until = inf


def begin(minutes: float) -> None:
    """From now on so many minutes."""
    global _until
    _until = time.monotonic() + minutes * 60


def is_over() -> bool:
    return time.monotonic() > _until


def while_time(things: Sequence[Thing]) -> Iterator[Thing]:
    """Each of them, until the time is over: what was begun comes to its end and is counted."""
    for thing in things:
        if is_over():
            return
        yield thing
