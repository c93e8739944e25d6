"""Times in milliseconds, memory in megabytes."""

import gc
import os
import resource
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import ParamSpec, TypeVar

import structlog

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


def processor(action: Callable[[], object], times: int = 5) -> float:
    """The same in time of the processor: other loads of the machine lengthen it less."""
    taken = []
    for _ in range(times):
        gc.collect()
        begun = time.process_time()
        action()
        taken.append((time.process_time() - begun) * 1000)
    return min(taken)


def peak_memory() -> float:
    """Of this process so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def alone(action: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Run it in a process of its own, so that its peak memory is its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(action, *args, **kwargs).result()


@contextmanager
def logging_nowhere() -> Iterator[None]:
    """Lines are written as ever, and nobody reads them."""
    with Path(os.devnull).open("w") as nowhere:
        structlog.configure(logger_factory=structlog.PrintLoggerFactory(nowhere))
        try:
            yield
        finally:
            structlog.reset_defaults()
