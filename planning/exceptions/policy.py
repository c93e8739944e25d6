"""The settings of exceptions."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Where what is wrong begins, and where it is worse."""

    late_start_days: int = 2
    """Working days after which what was not begun is no mere warning."""
    near_promise_days: int = 5
    """Working days before a promise in which its break is critical."""
    slack_days: int = 1
    """Working days of slack that are few."""
    blocked_days: int = 3
    """Working days before its start from which what an item waits for is looked at."""
    silent_days: int = 2
    """Working days without a report of what runs."""
    scrap_points: int = 5
    """Points of scrap above what was planned."""
    unacked_hours: int = 8
    """Working hours in which nobody has said 收到; twice as many are worse."""


DEFAULT_THRESHOLDS = Thresholds()


@dataclass(frozen=True, slots=True)
class ExceptionPolicy:
    enabled: bool = True
    trial_days: int = 14
    """Days after the first scan in which they are told by the digests only."""
    thresholds: Thresholds = DEFAULT_THRESHOLDS


DEFAULT = ExceptionPolicy()
