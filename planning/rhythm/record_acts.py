"""What may become of a record: each act, what it makes of each state, and when the clock acts."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum

from planning.plan.hours import WorkingHours
from planning.refusal import Refused
from planning.rhythm.record import Record, RecordState

ANSWERS_WITHIN = timedelta(hours=8)
"""Working hours until the reminder, and again until it is one-sided."""


class Act(StrEnum):
    CONFIRM = "confirm"
    DISPUTE = "dispute"
    REMIND = "remind"
    LAPSE = "lapse"
    """Nobody has answered."""


_W, _C, _D, _O, _LC, _LD = RecordState
TABLE: Mapping[RecordState, Mapping[Act, RecordState]] = {
    _W: {Act.CONFIRM: _C, Act.DISPUTE: _D, Act.REMIND: _W, Act.LAPSE: _O},
    _O: {Act.CONFIRM: _LC, Act.DISPUTE: _LD},
    _C: {},
    _D: {},
    _LC: {},
    _LD: {},
}
"""What each act makes of each state; what is missing is refused."""


def acted(record: Record, act: Act, now: datetime, *, by: str = "", text: str = "") -> Record:
    """The record after an act. `text`: what is said instead, of a dispute. The same answer of the same person again
    changes nothing.

    Raises Refused: "record-answered" (no, state), "record-text-missing" (no).
    """
    if act is Act.DISPUTE and not any(letter.isalnum() for letter in text):
        raise Refused("record-text-missing", no=record.no)
    if record.answered_by == by and by and record.state in _GIVES[act]:
        return record
    state = TABLE[record.state].get(act)
    if state is None:
        raise Refused("record-answered", no=record.no)
    match act:
        case Act.REMIND:
            return replace(record, reminded_at=now)
        case Act.LAPSE:
            return replace(record, state=state, lapsed_at=now)
        case Act.CONFIRM | Act.DISPUTE:
            return replace(record, state=state, answered_at=now, answered_by=by, answer=text)


_GIVES: Mapping[Act, frozenset[RecordState]] = {
    act: frozenset(row[act] for row in TABLE.values() if act in row) for act in Act
}
"""Which states an act leads to."""


def next_act(record: Record, hours: WorkingHours) -> tuple[Act, datetime] | None:
    """What the clock does next, and when; a reminder that was late leaves all of its time to answer."""
    if record.state is not RecordState.WAITING:
        return None
    if record.reminded_at is None:
        return Act.REMIND, hours.after(record.made_at, ANSWERS_WITHIN)
    return Act.LAPSE, hours.after(record.reminded_at, ANSWERS_WITHIN)
