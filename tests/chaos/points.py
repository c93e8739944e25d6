"""Points between an event's arrival and its end at which a bot kills itself, by functions wrapped from outside.

What is written is a function of the unit of work, then its commit: a commit is told apart by what was done before it in
the same thread.
"""

import os
import signal
import threading
from collections.abc import Callable
from functools import wraps
from inspect import iscoroutinefunction
from typing import Any

Die = Callable[[], None]
_written = threading.local()

CALLS: dict[str, tuple[str, str, str]] = {
    "arrival": ("bot.inbox_worker", "InboxWorker", "said"),
    "receive": ("storage.delivery.inbox", "Inbox", "receive"),
    "acknowledgement": ("bot.channels.dingtalk.gateway", "Gateway", "_send_ack"),
    "take": ("storage.delivery.inbox", "Inbox", "take"),
    "done": ("storage.delivery.inbox", "Inbox", "done"),
    "claim": ("storage.delivery.outbox", "Outbox", "claim"),
    "call": ("bot.channels.dingtalk.api", "DingTalkApi", "call"),
    "sent": ("storage.delivery.outbox", "Outbox", "sent"),
}
COMMITS = ("receive", "done", "claim", "sent")
"""Functions whose transaction has points at its commit, too."""
POINTS = (
    "before arrival", "before receive", "after receive", "before commit of receive", "after commit of receive",
    "after arrival", "before acknowledgement", "after acknowledgement", "after take", "before done", "after done",
    "before commit of done", "after commit of done", "before claim", "after claim", "before commit of claim",
    "after commit of claim", "before call", "after call", "before sent", "after sent", "before commit of sent",
    "after commit of sent",
)  # fmt: skip


def lay(point: str, nth: int) -> None:
    """Die at the nth time that the point is reached after SIGUSR1."""
    when, _, where = point.partition(" ")
    die = _dying(nth)
    if where.startswith("commit of "):
        _at_commit(where.removeprefix("commit of "), when, die)
    else:
        _wrap(CALLS[where], lambda call: _with(call, when, die))


def _dying(nth: int) -> Die:
    armed, left = threading.Event(), [nth]
    signal.signal(signal.SIGUSR1, lambda *_: armed.set())

    def die() -> None:
        if armed.is_set():
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    return die


def _wrap(where: tuple[str, str, str], wrapping: Callable[[Callable[..., Any]], Callable[..., Any]]) -> None:
    module, owner, name = where
    of = getattr(__import__(module, fromlist=[owner]), owner)
    setattr(of, name, wrapping(getattr(of, name)))


def _with(call: Callable[..., Any], when: str, die: Die) -> Callable[..., Any]:
    """The call, and death before or after it; a call that found nothing to do is none."""
    if iscoroutinefunction(call):

        @wraps(call)
        async def awaited(*args: Any, **named: Any) -> Any:
            if when == "before":
                die()
            result = await call(*args, **named)
            if when == "after":
                die()
            return result

        return awaited

    @wraps(call)
    def called(*args: Any, **named: Any) -> Any:
        if when == "before":
            die()
        result = call(*args, **named)
        if when == "after" and result != []:
            die()
        return result

    return called


def _at_commit(what: str, when: str, die: Die) -> None:
    from sqlalchemy.engine.default import DefaultDialect

    def noting(call: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(call)
        def noted(*args: Any, **named: Any) -> Any:
            result = call(*args, **named)
            if result != []:
                _written.what = {*getattr(_written, "what", ()), what}  # a group of units shares a commit
            return result

        return noted

    commit: Callable[[Any, Any], None] = DefaultDialect.do_commit

    def committing(self: Any, connection: Any) -> None:
        ours, _written.what = what in getattr(_written, "what", ()), set()
        if ours and when == "before":
            die()
        commit(self, connection)
        if ours and when == "after":
            die()

    _wrap(CALLS[what], noting)
    setattr(DefaultDialect, "do_commit", committing)  # noqa: B010 - a method is replaced on purpose
