"""Back-off behind failures in a row."""

import random


def backoff(failures: int, first: float, longest: float) -> float:
    """Seconds of the pause behind so many: doubling from `first` up to `longest`, with jitter down to the half, so that
    many do not come back at the same moment."""
    whole = min(first * 2.0 ** min(failures - 1, 10), longest)
    return random.uniform(whole / 2, whole)
