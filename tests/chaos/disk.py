"""SQLite's disk under a live bot: full at any byte, its file put aside, deleted or replaced.

Nothing is acknowledged into nothing, and no message pays for it with its tries.
"""

import os
import random
import resource
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from storage.connection.lock import file_of
from tests.chaos.count import Count
from tests.chaos.crowd import AGAIN, bot_of, crowded
from tests.chaos.nursery import Born
from tests.chaos.rounds import while_time


@dataclass(frozen=True)
class Size:
    rounds: int = 1
    """In each of them everything goes wrong once."""
    per_second: int = 60
    around: float = 1.0
    during: float = 2.0
    """Seconds of a flood before and after what goes wrong, and while it does."""


LONG = Size(rounds=20)
Wrong = Callable[[Born, Path], AbstractContextManager[None]]


@contextmanager
def full(bot: Born, file: Path) -> Iterator[None]:
    """No file of the process may grow beyond some byte of the log."""
    log = file.with_name(f"{file.name}-wal")
    before = resource.prlimit(bot.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(bot.pid, resource.RLIMIT_FSIZE, (random.randrange(log.stat().st_size), before[1]))
    yield
    resource.prlimit(bot.pid, resource.RLIMIT_FSIZE, before)


@contextmanager
def put_aside(bot: Born, file: Path) -> Iterator[None]:
    aside = file.with_suffix(".aside")
    file.rename(aside)
    yield
    aside.rename(file)


@contextmanager
def deleted(bot: Born, file: Path) -> Iterator[None]:
    """Until somebody brings it back."""
    aside = file.with_suffix(".aside")
    os.link(file, aside)
    file.unlink()
    yield
    aside.replace(file)


@contextmanager
def replaced(bot: Born, file: Path) -> Iterator[None]:
    """A backup is copied into its place, until somebody brings back what was there."""
    aside, copy = file.with_suffix(".aside"), file.with_suffix(".copy")
    os.link(file, aside)
    shutil.copy(file, copy)
    copy.replace(file)
    yield
    aside.replace(file)


PASSING: tuple[Wrong, ...] = (full, put_aside)
LASTING: tuple[Wrong, ...] = (deleted, replaced)
"""What ends with another start only."""


async def run(size: Size) -> Count:
    with tempfile.TemporaryDirectory() as folder:
        async with crowded(Path(folder), limits=AGAIN) as crowd:
            bot, file, into_nothing, gone_wrong = bot_of(crowd), file_of(crowd.there.database_url), 0, 0
            assert file is not None
            await bot.start()
            for goes_wrong in while_time((*PASSING, *LASTING) * size.rounds):
                await crowd.there.dingtalk_connected()
                await crowd.flood(size.around, size.per_second)
                gone_wrong += 1
                with goes_wrong(bot, file):
                    known = set(crowd.said)
                    await crowd.flood(size.during, size.per_second)
                    if goes_wrong in LASTING:
                        into_nothing += len(crowd.acknowledged - known)
                        await bot.kill()
                if goes_wrong in LASTING:
                    crowd.after_death()
                    await bot.start()
                    await crowd.there.dingtalk_connected()
                await crowd.flood(size.around, size.per_second)
                await crowd.acknowledged_all()
                await crowd.drained(time.monotonic())
            await bot.stop()
            wrong, dead = crowd.wrong(), crowd.dead().total()
            wrong["lost"] += into_nothing + dead + len(crowd.said.keys() - crowd.acknowledged)
            figures = {
                "gone wrong": gone_wrong,
                "deliveries": crowd.deliveries,
                "messages": len(crowd.said),
                "acknowledged": len(crowd.acknowledged),
                "acknowledged into nothing": into_nothing,
                "dead letters": dead,
                "said again": crowd.said_again(),
            }
            return Count("disk", **wrong, figures=figures)
