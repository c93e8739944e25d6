"""The sync card (同步): the facts of a morning, which each seat signs as they are stored."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from hashlib import sha256
from typing import Any

from planning.refusal import Refused
from planning.subject import Subject, SubjectKind

ENDS = "18:00"
"""Local time after which nothing is signed any more."""
AT_LEAST = timedelta(minutes=60)
"""So long there is to sign one that was sent late."""
GRACE = timedelta(minutes=1)
"""A card so little behind its time is not late."""
PASSING = ("sources",)
"""Facts that grow older by themselves: a card is no other for them."""


class SyncState(StrEnum):
    OPEN = "open"
    HALF = "half"
    """One seat has signed, another has not."""
    SIGNED = "signed"
    MISSED = "missed"
    """Its day ended before all had signed."""


@dataclass(frozen=True, slots=True)
class Seat:
    """One side of the card, and whose it is."""

    name: str
    """As the settings call it: 生产."""
    person: str
    is_off: bool = False
    """Its department has the day off: nobody is waited for."""


@dataclass(frozen=True, slots=True)
class SyncTerms:
    """When it is sent, until when it is to be signed, by whom, and where. Times are local."""

    time: str
    deadline: str
    seats: Sequence[Seat]
    conversation: str


@dataclass(frozen=True, slots=True)
class Signature:
    version: int
    seat: str
    person: str
    acting_for: str
    """Whose seat it is, where that is somebody else; else empty."""
    sha256: str
    """Of the content that was signed."""
    at: datetime


@dataclass(frozen=True, slots=True)
class SyncCard:
    day: date
    since: datetime
    """The instant from which its changes count."""
    sent_at: datetime
    deadline: datetime
    closes_at: datetime
    seats: tuple[Seat, ...]
    content: str
    """The facts of its newest version, as JSON."""
    version: int = 1
    made_at: datetime | None = None
    """When its newest version was made."""
    signatures: tuple[Signature, ...] = ()
    """Of all versions, in their order."""
    escalated_at: datetime | None = None
    closed_at: datetime | None = None

    @property
    def subject(self) -> Subject:
        return Subject(SubjectKind.SYNC, self.day.isoformat())

    @property
    def sha256(self) -> str:
        return hash_of(self.content)

    @property
    def facts(self) -> Mapping[str, Any]:
        found: dict[str, Any] = json.loads(self.content)
        return found

    @property
    def valid(self) -> Mapping[str, Signature]:
        """Signatures of what it holds now, by seat."""
        return {one.seat: one for one in self.signatures if one.sha256 == self.sha256}

    @property
    def missing(self) -> tuple[Seat, ...]:
        """Seats that are still to sign."""
        valid = self.valid
        return tuple(seat for seat in self.seats if not seat.is_off and seat.name not in valid)

    @property
    def signed_at(self) -> datetime | None:
        """When the last of the seats signed; None: one is missing."""
        return None if self.missing else max(one.at for one in self.valid.values())

    @property
    def state(self) -> SyncState:
        if not self.missing:
            return SyncState.SIGNED
        if self.closed_at:
            return SyncState.MISSED
        return SyncState.HALF if self.valid else SyncState.OPEN

    def is_late(self, one: Signature) -> bool:
        return one.at > self.deadline


def new_card(
    day: date, terms: SyncTerms, seats: Sequence[Seat], facts: Mapping[str, Any], since: datetime, now: datetime,
    zone: tzinfo,
) -> SyncCard | None:
    """The card of a day as it is sent; one that is sent late has a later deadline. None: its day has ended, or nobody
    is there to sign it."""
    closes = at_time(day, ENDS, zone)
    if now >= closes or all(seat.is_off for seat in seats):
        return None
    deadline = at_time(day, terms.deadline, zone)
    if now > at_time(day, terms.time, zone) + GRACE:
        deadline = min(max(deadline, now + AT_LEAST), closes)
    return SyncCard(day, since, now, deadline, closes, tuple(seats), content_of(facts), made_at=now)


def at_time(day: date, at: str, zone: tzinfo) -> datetime:
    """The instant of a local time of day. UTC."""
    return datetime.combine(day, time.fromisoformat(at), zone).astimezone(UTC)


def content_of(facts: Mapping[str, Any]) -> str:
    """Facts as they are stored: the same facts are the same text."""
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def hash_of(content: str) -> str:
    return sha256(content.encode()).hexdigest()


def renewed(card: SyncCard, facts: Mapping[str, Any], now: datetime) -> SyncCard:
    """The card with new facts, to be signed anew; the card itself where they are the same, or its deadline is over."""
    if now >= card.deadline or _lasting(facts) == _lasting(card.facts):
        return card
    return replace(card, content=content_of(facts), version=card.version + 1, made_at=now)


def _lasting(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if name not in PASSING}


def signed(card: SyncCard, seat: Seat, person: str, now: datetime) -> SyncCard:
    """The card with a signature of its content. Signing twice is the same signature.

    Raises Refused: "sync-day-off" of a seat nobody waits for, "sync-one-person" of somebody who has signed for another
    seat today, "sync-over" after its end.
    """
    if seat.is_off:
        raise Refused("sync-day-off", seat=seat.name)
    if any(one.person == person and one.seat != seat.name for one in card.signatures):
        raise Refused("sync-one-person", seat=seat.name)
    if seat.name in card.valid:
        return card
    if card.closed_at or now >= card.closes_at:
        raise Refused("sync-over")
    acting_for = seat.person if person != seat.person else ""
    new = Signature(card.version, seat.name, person, acting_for, card.sha256, now)
    return replace(card, signatures=(*card.signatures, new))
