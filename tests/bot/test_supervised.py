"""Work that is done again and again: pauses grow and end, and what is said of a lasting trouble is little."""

import pytest
import structlog

from bot.lasting_trouble import LastingTrouble
from bot.supervised import LONGEST, Supervised


class Time:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


class Work:
    """`fails`: with what it ends, the next times."""

    def __init__(self, *fails: Exception) -> None:
        self.fails, self.done = list(fails), 0

    async def __call__(self) -> int:
        self.done += 1
        if self.fails:
            raise self.fails.pop(0)
        return self.done


@pytest.mark.parametrize("error", [OSError(), RecursionError(), ValueError(), AssertionError(), MemoryError()])
async def test_whatever_it_raises_it_is_attempted_again(error: Exception) -> None:
    time, work = Time(), Work(error)
    supervised = Supervised("looking failed", "x.failed", time)
    assert await supervised.attempt(work) is None
    assert await supervised.attempt(work) is None, "it rests"
    assert (work.done, supervised.failures) == (1, 1)
    time.now += supervised.pause
    assert await supervised.attempt(work) == 2
    assert (supervised.failures, supervised.pause) == (0, 0)


async def test_the_pauses_grow_to_a_limit_and_for_ever() -> None:
    time, work = Time(), Work(*(OSError() for _ in range(2000)))
    supervised = Supervised("looking failed", "x.failed", time)
    pauses = []
    for _ in range(2000):
        await supervised.attempt(work)
        pauses.append(supervised.pause)
        time.now += supervised.pause
    assert all(0.25 <= pause <= 0.5 for pause in pauses[:1])
    assert all(LONGEST / 2 <= pause <= LONGEST for pause in pauses[10:])
    assert len(set(pauses[10:])) > 1000, "with jitter"
    assert await supervised.attempt(work) == 2001


async def test_work_without_an_end_that_failed_after_a_healthy_while_failed_for_the_first_time() -> None:
    time = Time()
    supervised = Supervised("the stream broke", "x.broken", time, healthy_after=60)

    async def lasts(seconds: float) -> None:
        time.now += supervised.pause

        async def runs() -> None:
            time.now += seconds
            raise OSError

        await supervised.attempt(runs)

    for _ in range(5):
        await lasts(59)
    assert supervised.failures == 5
    for _ in range(5):
        await lasts(60)
        assert (supervised.failures, supervised.pause <= 0.5) == (1, True)


def test_a_trouble_of_a_day_is_a_handful_of_lines() -> None:
    time = Time()
    trouble = LastingTrouble("nothing is written", "x.failed", time)
    with structlog.testing.capture_logs() as logged:
        for _ in range(24 * 3600 * 2):
            trouble.met(OSError("full"))
            time.now += 0.5
        trouble.over()
    assert len([entry for entry in logged if "exc_info" in entry]) == 1
    assert 20 < len(logged) < 40
    assert logged[1]["count"] == 121
    assert (logged[-1]["count"], logged[-1]["seconds"]) == (172800, 86400)


def test_a_second_kind_is_told_in_full_and_one_failure_has_no_end() -> None:
    trouble = LastingTrouble("nothing is written", "x.failed", Time())
    with structlog.testing.capture_logs() as logged:
        for error in (OSError(), OSError(), ValueError(), OSError()):
            trouble.met(error)
        trouble.over()
        trouble.met(OSError())
        trouble.over()
    assert [type(entry.get("exc_info")) for entry in logged] == [OSError, ValueError, type(None), OSError]
