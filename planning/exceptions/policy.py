"""The settings of exceptions."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ExceptionPolicy:
    enabled: bool = True
    trial_days: int = 14
    """Days after the first scan in which they are told by the digests only."""


DEFAULT = ExceptionPolicy()
