"""Received (K3a) and credibly read (K3b): what the departments that were told of a change said to it in time.

A robot that presses 收到 on every card at once receives everything, and reads nothing.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from planning.figures.tally import Span, Tally
from planning.plan.hours import WorkingHours

IN_TIME = timedelta(hours=8)
"""Working hours from the showing of the card."""
REFLEX = timedelta(seconds=10)
"""Sooner than this nobody has read a card."""
BURST, BURST_LASTS = 5, timedelta(seconds=60)
"""More than so many of one person within this time were not read one by one."""


@dataclass(frozen=True, slots=True, order=True)
class Acknowledged:
    """A 收到."""

    person: str
    at: datetime
    change: str


@dataclass(frozen=True, slots=True)
class Told:
    """A seat that a change was shown to, and what it said: the first 收到, decision and opening of its details."""

    change: str
    department: str
    shown_at: datetime
    acknowledged: Acknowledged | None = None
    decided_at: datetime | None = None
    details_at: datetime | None = None

    @property
    def answered_at(self) -> datetime | None:
        said = (self.acknowledged.at if self.acknowledged else None, self.decided_at)
        return min((at for at in said if at is not None), default=None)


def received(seats: Iterable[Told], hours: WorkingHours, span: Span) -> Tally:
    """K3a: of the seats told, those that answered within eight working hours."""
    counted = [seat for seat in seats if span.has_day(_day(seat, hours, span))]
    return Tally.share(sum(_in_time(seat, hours) for seat in counted), len(counted))


def read(seats: Iterable[Told], bursts: Collection[Acknowledged], hours: WorkingHours, span: Span) -> Tally:
    """K3b: of the seats told, those whose answer in time is credible on the day it counts."""
    counted = [seat for seat in seats if span.has_day(_day(seat, hours, span))]
    return Tally.share(sum(_in_time(s, hours) and _credible(s, bursts, hours, span) for s in counted), len(counted))


def in_bursts(said: Iterable[Acknowledged]) -> set[Acknowledged]:
    """Those among more than five of one person within a minute."""
    by_person = defaultdict(list)
    for one in sorted(set(said)):
        by_person[one.person].append(one)
    found: set[Acknowledged] = set()
    for mine in by_person.values():
        for first, last in zip(mine, mine[BURST:], strict=False):
            if last.at - first.at <= BURST_LASTS:
                found.update(one for one in mine if first.at <= one.at <= last.at)
    return found


def _in_time(seat: Told, hours: WorkingHours) -> bool:
    return seat.answered_at is not None and seat.answered_at <= hours.after(seat.shown_at, IN_TIME)


def _day(seat: Told, hours: WorkingHours, span: Span) -> date:
    """Its answer's day, or that on which its time was up."""
    until = hours.after(seat.shown_at, IN_TIME)
    return span.day_of(min(until, seat.answered_at) if seat.answered_at else until)


def _credible(seat: Told, bursts: Collection[Acknowledged], hours: WorkingHours, span: Span) -> bool:
    """Checked by what was done until its day was over: a later opening rewrites no day."""
    day = _day(seat, hours, span)
    proofs = (at for at in (seat.decided_at, seat.details_at) if at is not None)
    if any(span.day_of(at) <= day for at in proofs):
        return True
    said = seat.acknowledged
    return said is not None and said.at - seat.shown_at >= REFLEX and said not in bursts
