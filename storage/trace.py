"""The trace: one id for what comes in from outside and all that follows from it: lines of the log, rows, messages.

It lives in the context of the task, which threads that work for it take over (`storage.database`), and is written into
rows that somebody goes on with later, maybe another process.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from structlog.contextvars import bound_contextvars, get_contextvars

NAME = "trace"
"""Its field in the log."""


def current() -> str:
    """Empty: nothing is being traced."""
    return str(get_contextvars().get(NAME, ""))


@contextmanager
def traced(trace: str = "") -> Iterator[None]:
    """What is done in here belongs to this trace; empty: to a new one."""
    with bound_contextvars(**{NAME: trace or secrets.token_hex(16)}):
        yield


@contextmanager
def continued() -> Iterator[None]:
    """What is done in here belongs to the trace there is, or to a new one."""
    with traced(current()):
        yield
