"""Tally of the calls that a platform counts, kept by whoever asked for them."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass
class Tally:
    calls: int = 0


_kept: ContextVar[Tally | None] = ContextVar("tally", default=None)


@contextmanager
def tally() -> Iterator[Tally]:
    """Count the calls made inside, those that fail included."""
    mine = Tally()
    token = _kept.set(mine)
    try:
        yield mine
    finally:
        _kept.reset(token)


def count_call() -> None:
    """Count a call that the platform counts, or may have counted."""
    if kept := _kept.get():
        kept.calls += 1
