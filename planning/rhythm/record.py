"""A record (记录): what two people agreed on by word of mouth, and what the other of them says to it."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from planning.subject import Subject, SubjectKind

RECORD_NO = re.compile(r"JL-[0-9]{8}-[0-9]{3,}(?![0-9])")
SAID_AGAIN = timedelta(minutes=10)
"""So long the same words of the same person are the same record."""


class RecordState(StrEnum):
    WAITING = "waiting"
    """The other one has not answered yet."""
    CONFIRMED = "confirmed"
    DISPUTED = "disputed"
    ONE_SIDED = "one-sided"
    """Nobody answered in time: it is one person's word, and stays that."""
    LATE_CONFIRMED = "late-confirmed"
    """One-sided, with a later yes beside it."""
    LATE_DISPUTED = "late-disputed"
    """One-sided, with a later no beside it."""

    @property
    def is_agreed(self) -> bool:
        return self in (RecordState.CONFIRMED, RecordState.LATE_CONFIRMED)

    @property
    def is_open(self) -> bool:
        """An answer would still be noted."""
        return self in (RecordState.WAITING, RecordState.ONE_SIDED)


@dataclass(frozen=True, slots=True)
class Record:
    no: str
    text: str
    """As it was typed."""
    by: str
    """Whoever wrote it down: a person's id."""
    other: str
    """Whoever is asked: the other of the two, or of somebody outside whoever takes note of it."""
    party: str
    """Supplier or customer it was agreed with, as typed; empty: the other one is the one who is asked."""
    about: tuple[str, ...]
    """Codes of items, numbers of requests, reports and issues that it names."""
    room: str
    """Conversation in which it was said; empty: in none."""
    made_at: datetime
    replaces: str = ""
    """Number of the earlier one in whose place it stands once both have agreed."""
    state: RecordState = RecordState.WAITING
    reminded_at: datetime | None = None
    lapsed_at: datetime | None = None
    """When it became one-sided."""
    answered_at: datetime | None = None
    answered_by: str = ""
    answer: str = ""
    """What the other one says instead, as it was typed."""
    issue: str = ""
    """Number of the issue in which the two are brought together."""

    @property
    def subject(self) -> Subject:
        return Subject(SubjectKind.RECORD, self.no)

    def is_same(self, again: "Record") -> bool:
        """Whether that only says it again."""
        is_new = again.made_at - self.made_at <= SAID_AGAIN
        mine, theirs = ((one.by, one.other, one.party, one.replaces, one.text) for one in (self, again))
        return is_new and self.state is RecordState.WAITING and mine == theirs
