"""A hash chain: every entry holds the hash of the one before, so that a change to one of them shows in all later."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, Protocol, TypeVar

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class End:
    """The end of a chain: its newest entry's number and hash."""

    number: int = 0
    hash: str = GENESIS


class Chained(Protocol):
    """An entry of a chain. Numbers begin at 1 and have no gaps; `prev_hash` is the hash of the one before."""

    @property
    def number(self) -> int: ...
    @property
    def prev_hash(self) -> str: ...
    @property
    def hash(self) -> str: ...
    def seal(self) -> str:
        """The value `hash` has to have: of everything else the entry holds."""


Entry = TypeVar("Entry", bound=Chained)


class Fault(StrEnum):
    NUMBER = "number"
    """Another number was due: entries are missing here, or were put in."""
    PARENT = "parent"
    """It does not continue the entry before."""
    CONTENT = "content"
    """It is no longer what was written."""
    END = "end"
    """The chain does not end where it is known to have ended: newer entries were cut off, or put on."""
    EMPTIED = "emptied"
    """It begins too late: what it tells of was there before its first entry."""


@dataclass(frozen=True, slots=True)
class Break(Generic[Entry]):
    """The first place where a chain does not hold."""

    number: int
    """The number of the entry that is wrong or missing."""
    fault: Fault
    expected: str
    found: str
    entry: Entry | None
    """The entry that stands there; None: none does."""


def digest(*parts: object) -> str:
    """SHA-256 of values that JSON can hold; the order of a mapping's keys makes no difference."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def first_break(chain: Iterable[Entry], end: End | None = None) -> Break[Entry] | None:
    """The first break, oldest entry first; None: the chain holds. `end`: where it is known to end.

    Keeps one entry at a time, so that a chain may be longer than memory.
    """
    last = End()
    for entry in chain:
        checks = (
            (Fault.NUMBER, str(last.number + 1), str(entry.number)),
            (Fault.PARENT, last.hash, entry.prev_hash),
            (Fault.CONTENT, entry.seal(), entry.hash),
        )
        for fault, expected, found in checks:
            if found != expected:
                return Break(last.number + 1, fault, expected, found, entry)
        last = End(entry.number, entry.hash)
    if end is None or last == end:
        return None
    number = last.number if last.number == end.number else min(last.number, end.number) + 1
    return Break(number, Fault.END, f"{end.number} {end.hash}", f"{last.number} {last.hash}", None)
