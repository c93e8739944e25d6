"""The verbs of a connector. Limiter, retries, ledger, clock and store come from outside: it is a client."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, runtime_checkable

from connectors.contract.description import Description
from planning.neighbours.canonical import Value
from planning.neighbours.push import Answer, Verb
from planning.neighbours.row import Row

Watermark = Mapping[str, Any] | None
"""JSON that only its connector reads; None: from the beginning."""


@dataclass(frozen=True, slots=True)
class Page:
    rows: tuple[Row, ...]
    next: Watermark
    """Where to go on once these rows are kept."""
    is_last: bool = False
    is_whole: bool = False
    """With the last page: every row there is has come, so what has not is missing."""
    as_of: datetime | None = None
    """The source's time at the start of the pull; None: it does not say."""
    unread: tuple["Unread", ...] = ()


@dataclass(frozen=True, slots=True)
class Unread:
    """What the source holds and could not be read as rows, such as half a file."""

    what: str
    words: str


@dataclass(frozen=True, slots=True)
class Checked:
    what: str
    is_good: bool
    words: str = ""


@dataclass(frozen=True, slots=True)
class Intent:
    """What is to be written: native names and values of one document, under a key that never changes."""

    key: str
    verb: Verb
    stream: str
    row_key: str
    """The source's, empty for what is created."""
    code: str
    fields: Mapping[str, Value]
    base: Mapping[str, Any]
    """What the source said of these fields last."""


@dataclass(frozen=True, slots=True)
class Receipt:
    answer: Answer
    words: str = ""
    remote: str = ""
    """What the system knows the document or the task by."""
    row: Row | None = None
    """The document as it stands after it, where the answer carries it."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """A push from outside: its id, and which rows have changed there. The rows are read again."""

    id: str
    hints: tuple[tuple[str, str], ...] = ()
    """Stream and key."""


@runtime_checkable
class Connector(Protocol):
    def describe(self) -> Description: ...

    async def check(self) -> Sequence[Checked]:
        """At most two cheap reads."""
        ...

    def pull(self, stream: str, watermark: Watermark, now: datetime) -> AsyncIterator[Page]:
        """What has changed since the watermark, restartable at any page; the same row may come twice. A row that
        cannot be read is no reason to raise. Raises ConnectorFault."""
        ...

    async def kept(self, stream: str, watermark: Watermark) -> None:
        """What was pulled up to here is committed on our side."""
        ...


@runtime_checkable
class Writer(Protocol):
    async def push(self, intent: Intent) -> Receipt:
        """Write once. Raises ConnectorFault; one that `may_be_done` leaves the intent unknown."""
        ...

    async def poll(self, remote: str) -> Receipt:
        """What has become of a task that was taken."""
        ...

    async def look_up(self, intent: Intent) -> Row | None:
        """The document as it stands; None: it is not there."""
        ...


@runtime_checkable
class Receiver(Protocol):
    def receive(self, body: bytes, headers: Mapping[str, str], query: Mapping[str, str], now: datetime) -> Delivery:
        """Check and read what was sent to us. Raises ConnectorFault: Unauthorised for a signature that does not fit,
        Unreadable for a right one over what cannot be read."""
        ...
