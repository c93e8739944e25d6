"""Findings of doctor, a line each."""

from dataclasses import dataclass
from enum import StrEnum


class Mark(StrEnum):
    FINE = "✓"
    WRONG = "✗"
    HINT = "!"
    """Works, but is probably not meant."""


@dataclass(frozen=True, slots=True)
class Finding:
    mark: Mark
    sentence: str

    def __str__(self) -> str:
        return f"{self.mark} {self.sentence}"
