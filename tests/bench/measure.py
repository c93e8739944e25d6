"""Times in milliseconds, memory in megabytes."""

import gc
import resource
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


def best(action: Callable[[], object], times: int = 5) -> float:
    """The shortest of some runs: what is left when nothing else disturbs."""
    taken = []
    for _ in range(times):
        gc.collect()
        begun = time.perf_counter()
        action()
        taken.append((time.perf_counter() - begun) * 1000)
    return min(taken)


def peak_memory() -> float:
    """Of this process so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def alone(action: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Run it in a process of its own, so that its peak memory is its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(action, *args, **kwargs).result()
