"""All scenarios by name, each in two sizes."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any, TypeVar

from tests.chaos import commits, disk, fail_points, files, hostile, inputs, kills, soak, timers
from tests.chaos.count import Count
from tests.databases import BACKENDS

Size = TypeVar("Size")
Counting = Coroutine[Any, Any, Count]


@dataclass(frozen=True)
class Scenario:
    short: Callable[[], Counting]
    long: Callable[[], Counting]


def _of(run: Callable[[Size], Counting], short: Size, long: Size) -> Scenario:
    return Scenario(lambda: run(short), lambda: run(long))


SCENARIOS = {
    "kills": _of(kills.alone, kills.Size(kills=2), kills.LONG),
    "kills-of-two": _of(kills.of_two, kills.Size(kills=2), kills.LONG),
    **{
        f"fail-points-{backend}": _of(fail_points.run, fail_points.SHORT[backend], fail_points.LONG[backend])
        for backend in BACKENDS
    },
    "commits": _of(commits.cut, commits.Size(), commits.LONG),
    "crashes": _of(commits.crashes, commits.Size(), commits.LONG),
    "hostile": _of(hostile.run, hostile.Size(), hostile.LONG),
    "files": _of(files.run, files.Size(), files.LONG),
    "disk": _of(disk.run, disk.Size(), disk.LONG),
    "timers": _of(timers.run, timers.Size(), timers.LONG),
    "inputs": _of(inputs.run, inputs.Size(), inputs.LONG),
    "asleep": _of(kills.asleep, kills.Size(), kills.LONG),
    "soak": _of(soak.run, soak.Size(), soak.LONG),
}
