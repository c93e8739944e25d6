"""Progress of an item: what counts of what was reported, and what that makes of its status and dates."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from planning.facts.report import Report, ReportKind, in_order
from planning.facts.tally import Tally
from planning.plan.calendar import ONE_DAY, WorkCalendar
from planning.plan.goods import PURCHASE, RECEIPT
from planning.plan.item import Item, Status

RECEIVED = (PURCHASE, RECEIPT)
"""Types that arrive: nobody begins them by hand."""
PAYMENTS = ("finance", "payment")
RATELESS = (*RECEIVED, *PAYMENTS)
"""Types without a rate: they come when they are said to."""
WHOLE = Fraction(1)
UNMOVED = (Status.ON_HOLD, Status.CANCELLED, Status.CLOSED)
"""Planned statuses that no report changes."""


@dataclass(frozen=True, slots=True)
class Progress:
    """`item` as the reports leave it; `words`: those that count, in their order."""

    item: Item
    planned: Item
    begun: bool
    done: Fraction
    """In the item's unit; of an item without a quantity its share."""
    part: Fraction
    """Share of it that is done; not capped."""
    good: Decimal
    scrap: Decimal
    estimated: bool
    """The newest word is a percent, which beats no count in a warehouse."""
    words: tuple[Report, ...]

    @property
    def scrap_rate(self) -> Fraction:
        """Share of what was made that was scrapped."""
        made = self.good + self.scrap
        return Fraction(self.scrap) / Fraction(made) if made else Fraction(0)

    @property
    def lives(self) -> bool:
        return not self.item.status.is_over


def progress(planned: Item, own: Tally, theirs: Tally, calendar: WorkCalendar) -> Progress:
    """`own`: what the item's reports come to; `theirs`: those said on the receipts of a purchase's goods."""
    good, percent = max(own.good, theirs.good), own.measured.percent if own.measured else None
    whole = Fraction(planned.quantity or 0)
    done = _done(whole, good, percent)
    item = _standing(planned, own, theirs, calendar)
    part = done / whole if whole else done
    if item.status in (Status.DONE, Status.CLOSED):
        part = WHOLE
    begun = item.status is Status.IN_PROGRESS or (item.status is Status.ON_HOLD and own.begins)
    return Progress(item, planned, begun, done, part, good, own.scrap, percent is not None, own.words)


def _done(whole: Fraction, good: Decimal, percent: Decimal | None) -> Fraction:
    """In the item's unit; without a quantity the share that was said, for a count says nothing of it."""
    if percent is not None:
        return Fraction(percent) / 100 * (whole or 1)
    return Fraction(good) if whole else Fraction(0)


def _standing(planned: Item, own: Tally, theirs: Tally, calendar: WorkCalendar) -> Item:
    begun, ended = own.first_day, own.ended.day if own.ended else None
    arrivals = [tally.first_arrival for tally in (own, theirs) if tally.first_arrival]
    status, start, finish = planned.status, planned.start, planned.finish
    if planned.type in RECEIVED and arrivals:
        begun, ended = min(start, *arrivals), ended or _filled(planned, own, theirs)
    if begun:
        start = min(start, begun) if status is Status.IN_PROGRESS else begun  # it ran before anybody counted
        finish = max(finish, start)
    if ended:
        start, finish = min(start, ended), ended
    if status not in UNMOVED:
        status = Status.DONE if ended else Status.IN_PROGRESS if begun else status
    return _dated(planned, status, start, finish, calendar)


def _dated(planned: Item, status: Status, start: date, finish: date, calendar: WorkCalendar) -> Item:
    """Days off may be worked, and make no day of their own."""
    if (start, finish) == (planned.start, planned.finish):
        return planned if status is planned.status else replace(planned, status=status)
    days = planned.duration and max(calendar.between(start, finish + ONE_DAY), 1)
    return replace(planned, status=status, start=start, finish=finish, duration=days)


def _filled(planned: Item, own: Tally, theirs: Tally) -> date | None:
    """The day of the arrival that filled it: of what was said on it and on its receipts, the larger sum."""
    whole = planned.quantity or 0
    if max(own.arrived, theirs.arrived) < whole:
        return None
    said = in_order(one for one in (*own.words, *theirs.words) if one.kind is ReportKind.ARRIVAL and one.day)
    came = {True: Decimal(0), False: Decimal(0)}
    for one in said:
        came[one.item == planned.code] += one.good or 0
        if max(came.values()) >= whole:
            return one.day
    return None
