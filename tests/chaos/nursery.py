"""Bots born of one process that has imported everything: so many lives cost little more than their deaths.

As a program, `python -m tests.chaos.nursery`, it forks a bot for each line of its input. They die with it, and it ends
with whoever started it.
"""

import atexit
import ctypes
import gc
import json
import os
import random
import secrets
import signal
import subprocess
import sys
from asyncio import FIRST_COMPLETED, StreamReader, StreamReaderProtocol, create_task, get_running_loop, timeout, wait
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from bot.clock import SystemClock
from tests import ROOT
from tests.scenarios.process import READY_SECONDS, Bot

LINE = 2**24
DIES_WITH_ITS_PARENT = 1
"""Linux' PR_SET_PDEATHSIG."""


@dataclass
class Born(Bot):
    """`run.py serve`, forked. `point`: where it kills itself once it is told to, at the `nth` time it comes there."""

    point: str = ""
    nth: int = 1
    clock: str = ""
    """A file with the seconds that its clock is ahead."""
    pid: int = 0

    async def start(self) -> None:
        await self.begin()
        assert self._reading is not None
        ready = create_task(self._ready.wait())
        await wait({ready, self._reading}, timeout=READY_SECONDS, return_when=FIRST_COMPLETED)
        ready.cancel()
        assert self._ready.is_set(), f"it did not start: {self.log[-5:]}"

    async def begin(self) -> None:
        """Start without waiting until it listens."""
        self._ready.clear()
        pipe = self.folder / f"log-{secrets.token_hex(4)}"
        os.mkfifo(pipe)
        said = os.fdopen(os.open(pipe, os.O_RDONLY | os.O_NONBLOCK), "rb")
        order: dict[str, str | int] = {"folder": str(self.folder), "log": str(pipe), "clock": self.clock}
        order |= {"point": self.point, "nth": self.nth}
        self.pid = _born(order)
        pipe.unlink()
        lines = StreamReader(limit=LINE)
        await get_running_loop().connect_read_pipe(lambda: StreamReaderProtocol(lines), said)
        self._reading = create_task(self._read(lines))

    def arm(self) -> None:
        """From now on it dies at its point."""
        os.kill(self.pid, signal.SIGUSR1)

    def freeze(self) -> None:
        os.kill(self.pid, signal.SIGSTOP)

    def wake(self) -> None:
        os.kill(self.pid, signal.SIGCONT)

    async def lives_on(self, seconds: float) -> None:
        """Wait so long, or until it is dead."""
        assert self._reading is not None
        await wait({self._reading}, timeout=seconds)

    async def died(self, seconds: float = READY_SECONDS) -> None:
        assert self._reading is not None
        async with timeout(seconds):
            await self._reading

    async def _end(self, how: str) -> int:
        if self.is_alive:
            os.kill(self.pid, signal.SIGKILL if how == "kill" else signal.SIGTERM)
        await self.died()
        return 0


def _born(order: Mapping[str, Any]) -> int:
    nursery = _nursery()
    assert nursery.stdin is not None
    assert nursery.stdout is not None
    nursery.stdin.write(json.dumps(order) + "\n")
    nursery.stdin.flush()
    return int(nursery.stdout.readline())


@cache
def _nursery() -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.chaos.nursery"]
    quiet = {key: value for key, value in os.environ.items() if not key.lower().endswith("_proxy")}
    nursery = subprocess.Popen(
        command, cwd=ROOT, env=quiet, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    atexit.register(nursery.communicate)
    return nursery


def main() -> None:
    import bot.serve  # what a bot imports is imported here, once
    from bot.cli import main as serve
    from tests.chaos import points

    assert bot.serve
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    gc.freeze()
    for line in sys.stdin:
        order = json.loads(line)
        log = os.open(order["log"], os.O_WRONLY)
        if pid := os.fork():
            os.close(log)
            print(pid, flush=True)  # noqa: T201
            continue
        _come_to_life(order["folder"], log)
        if order["point"]:
            points.lay(order["point"], order["nth"])
        if order["clock"]:
            _set_clock(Path(order["clock"]))
        os._exit(serve(["serve"]))


def _set_clock(ahead: Path) -> None:
    def now(self: SystemClock) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=float(ahead.read_text()))

    setattr(SystemClock, "now", now)  # noqa: B010 - a method is replaced on purpose


def _come_to_life(folder: str, log: int) -> None:
    ctypes.CDLL(None).prctl(DIES_WITH_ITS_PARENT, signal.SIGKILL)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for source, target in ((nowhere, 0), (nowhere, 1), (log, 2)):
        os.dup2(source, target)
    os.close(nowhere)
    os.close(log)
    sys.stdout, sys.stderr = (open(number, "w", buffering=1, closefd=False) for number in (1, 2))  # of another kind now
    os.chdir(folder)
    random.seed()


if __name__ == "__main__":
    main()
