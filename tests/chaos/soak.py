"""A soak: changes and questions for many minutes, with the memory and the waiting of each minute printed."""

import statistics
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tests.chaos.count import Count
from tests.chaos.crowd import bot_of, crowded
from tests.chaos.rounds import while_time


@dataclass(frozen=True)
class Size:
    minutes: int = 2
    minute: float = 10.0
    """Seconds."""
    per_second: int = 20


LONG = Size(minutes=30, minute=60.0)


async def run(size: Size) -> Count:
    """What people say; a twelfth of it is a change. The rest of the deliveries comes again."""
    with tempfile.TemporaryDirectory() as folder:
        async with crowded(Path(folder)) as crowd:
            bot, memory, waits, counted = bot_of(crowd), list[int](), list[int](), 0
            await bot.start()
            await crowd.there.dingtalk_connected()
            for _ in while_time(range(size.minutes)):
                await crowd.flood(size.minute, size.per_second)
                await crowd.drained(time.monotonic())
                taken = crowd.seconds_one_to_one()
                fresh, counted = taken[counted:], len(taken)
                memory.append(_megabytes(bot.pid))
                waits.append(round(statistics.median(fresh) * 1000) if fresh else 0)
            await bot.stop()
            figures = {
                "deliveries": crowd.deliveries,
                "messages": len(crowd.said),
                "MB at each minute": " ".join(map(str, memory)),
                "median ms": " ".join(map(str, waits)),
            }
            return Count("soak", **crowd.wrong(), figures=figures)


def _megabytes(pid: int) -> int:
    """Resident memory of a process."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    resident = next(line for line in status if line.startswith("VmRSS:"))
    return int(resident.split()[1]) // 1024
