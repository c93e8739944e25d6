"""Description of a connector: what it can do and what holds of its system, known without a call."""

from dataclasses import dataclass
from enum import StrEnum


class Verb(StrEnum):
    PULL = "pull"
    PUSH = "push"
    RECEIVE = "receive"


class Deletes(StrEnum):
    """How a row that is gone is noticed."""

    PUSH = "push"
    SCAN = "scan"
    NONE = "none"


class Paging(StrEnum):
    KEY = "key"
    CURSOR = "cursor"
    OFFSET = "offset"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class StreamDescription:
    name: str
    fields: frozenset[str] = frozenset()
    """Native names; empty: any."""
    stamp: str = ""
    """The field by which changes since then are found; empty: none, each pull reads everything."""
    deletes: Deletes = Deletes.SCAN
    paging: Paging = Paging.WHOLE


@dataclass(frozen=True, slots=True)
class Limits:
    """So many calls in any so many seconds, so many at once, so many rows in a batch."""

    calls: int = 0
    """0: as many as one likes."""
    seconds: float = 1
    parallel: int = 1
    batch: int = 1


@dataclass(frozen=True, slots=True)
class Description:
    kind: str
    verbs: frozenset[Verb]
    streams: tuple[StreamDescription, ...] = ()
    limits: Limits = Limits()
    needs_credentials: bool = True
    """False: nothing of it can be revoked."""
    echoes: bool = True
    """Whether what we write comes back by a pull."""
    rights: tuple[str, ...] = ()
    """What has to be granted there, in its own words."""

    def stream(self, name: str) -> StreamDescription | None:
        return next((one for one in self.streams if one.name == name), None)
