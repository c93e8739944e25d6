"""Progress of an item: what counts of what was reported, and what that makes of its status and dates."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from planning.facts.report import BEGINS, Report, ReportKind, good_of, in_order, scrap_of
from planning.plan.calendar import ONE_DAY, WorkCalendar
from planning.plan.item import Item, Status
from planning.plan.link import Link
from planning.plan.plan import Plan

PURCHASE, RECEIPT = "purchase", "receipt"
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


def progress(
    planned: Item, words: Sequence[Report], on_receipts: Sequence[Report], calendar: WorkCalendar
) -> Progress:
    """`words`: effective reports of the item; `on_receipts`: those said on the receipts of a purchase's goods."""
    good = max(good_of(words), good_of(on_receipts))
    measured = [one for one in words if one.kind is ReportKind.PERCENT or one.good is not None]
    percent = measured[-1].percent if measured else None
    whole = Fraction(planned.quantity or 0)
    done = _done(whole, good, percent)
    item = _standing(planned, words, on_receipts, calendar)
    part = done / whole if whole else done
    if item.status in (Status.DONE, Status.CLOSED):
        part = WHOLE
    held = item.status is Status.ON_HOLD and any(one.kind in BEGINS for one in words)
    begun = item.status is Status.IN_PROGRESS or held
    estimated = percent is not None
    return Progress(item, planned, begun, done, part, good, scrap_of(words), estimated, tuple(words))


def _done(whole: Fraction, good: Decimal, percent: Decimal | None) -> Fraction:
    """In the item's unit; without a quantity the share that was said, for a count says nothing of it."""
    if percent is not None:
        return Fraction(percent) / 100 * (whole or 1)
    return Fraction(good) if whole else Fraction(0)


def _standing(
    planned: Item, words: Sequence[Report], on_receipts: Sequence[Report], calendar: WorkCalendar
) -> Item:
    begun = [one.day for one in words if one.kind in BEGINS and one.day]
    ended = [one.day for one in words if one.kind is ReportKind.FINISH and one.day]
    arrivals = in_order(one for one in (*words, *on_receipts) if one.kind is ReportKind.ARRIVAL and one.day)
    status, start, finish = planned.status, planned.start, planned.finish
    if planned.type in RECEIVED and arrivals:
        begun, ended = [start, *(one.day for one in arrivals[:1] if one.day)], ended or _filled(planned, arrivals)
    if begun:
        start = min(begun)
        finish = max(finish, start)
    if ended:
        start, finish = min(start, ended[-1]), ended[-1]
    if status not in UNMOVED:
        status = Status.DONE if ended else Status.IN_PROGRESS if begun else status
    return _dated(planned, status, start, finish, calendar)


def _dated(planned: Item, status: Status, start: date, finish: date, calendar: WorkCalendar) -> Item:
    """Days off may be worked, and make no day of their own."""
    if (start, finish) == (planned.start, planned.finish):
        return replace(planned, status=status)
    days = planned.duration and max(calendar.between(start, finish + ONE_DAY), 1)
    return replace(planned, status=status, start=start, finish=finish, duration=days)


def _filled(planned: Item, arrivals: Sequence[Report]) -> list[date]:
    """The day of the arrival that filled it: of what was said on it and on its receipts, the larger sum."""
    own = theirs = Decimal(0)
    for one in arrivals:
        if one.item == planned.code:
            own += one.good or 0
        else:
            theirs += one.good or 0
        if max(own, theirs) >= (planned.quantity or 0) and one.day:
            return [one.day]
    return []


def is_receipt_of(receipt: Item, purchase: Item) -> bool:
    """Check whether what arrives is what was bought, the one linked behind the other."""
    is_same = bool(purchase.product) and purchase.product == receipt.product
    return is_same and purchase.type == PURCHASE and receipt.type == RECEIPT


def receipts_of(plan: Plan, purchase: Item, links: Iterable[Link]) -> list[str]:
    """The receipts of the goods that this purchase buys; `links`: those that leave it."""
    if purchase.type != PURCHASE:
        return []
    after = (plan.items.get(link.successor) for link in links)
    return sorted({one.code for one in after if one and is_receipt_of(one, purchase)})


def is_bought(plan: Plan, receipt: Item, links: Iterable[Link]) -> list[str]:
    """The purchases whose goods this receipt is; `links`: those that lead to it."""
    if receipt.type != RECEIPT:
        return []
    before = (plan.items.get(link.predecessor) for link in links)
    return sorted({one.code for one in before if one and is_receipt_of(receipt, one)})
