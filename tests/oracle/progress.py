"""What was reported of each item until an instant, and what that makes of it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from fractions import Fraction

from .read import NOTHING, Company, Dates, Item, Report

BEGINS = ("start", "quantity", "percent")
NAMED = ("good", "scrap", "percent", "remaining_days", "expected")
RECEIVED = ("purchase", "receipt")
OVER = ("done", "closed")
RATELESS = (*RECEIVED, "finance", "payment")


@dataclass(frozen=True, slots=True)
class Progress:
    status: str
    dates: Dates
    begun: bool
    done: Fraction
    part: Fraction
    good: Fraction
    scrap: Fraction
    words: list[Report]

    @property
    def over(self) -> bool:
        return self.status in OVER

    @property
    def lives(self) -> bool:
        return not self.over and self.status != "cancelled"


class Facts:
    """The company as far as it was told at an instant."""

    def __init__(self, company: Company, now: datetime) -> None:
        self.company, self.now, self.today = company, now, now.date()
        said = defaultdict[str, list[Report]](list)
        for word in effective(report for report in company.reports if report.at <= now):
            said[word.item].append(word)
        self.of: dict[str, Progress] = {}
        for code, item in company.items.items():
            on_receipts = [word for receipt in receipts_of(company, item) for word in said[receipt]]
            self.of[code] = progress(item, said[code], on_receipts)


def effective(reports: Iterable[Report]) -> list[Report]:
    """Each chain of corrections as its newest leaves it, in the order (day, at, no) with the first's instant."""
    chains: dict[str, Report] = {}
    first: dict[str, str] = {}
    for report in reports:
        root = first[report.no] = first[report.corrects] if report.corrects else report.no
        chains[root] = _corrected(chains[root], report) if report.corrects else report
    return sorted((word for word in chains.values() if word.void != "yes"), key=_place)


def _corrected(word: Report, by: Report) -> Report:
    named = {name: getattr(by, name) for name in NAMED if getattr(by, name) is not None}
    return replace(word, void=by.void, day=word.day if by.day == date.min else by.day, **named)


def _place(word: Report) -> tuple[date, datetime, str]:
    return word.day, word.at, word.no


def receipts_of(company: Company, item: Item) -> list[str]:
    """The receipts of the goods that this purchase buys."""
    after = [link.succ for link in company.out_of[item.code] if item.type == "purchase" and item.product]
    return sorted({succ.code for succ in after if succ.type == "receipt" and succ.product == item.product})


def total(words: Iterable[Report]) -> Fraction:
    return sum((word.good or NOTHING for word in words), NOTHING)


def progress(item: Item, words: list[Report], on_receipts: list[Report]) -> Progress:
    good, scrap = max(total(words), total(on_receipts)), sum((word.scrap or NOTHING for word in words), NOTHING)
    measured = [word for word in words if word.kind == "percent" or word.good is not None]
    percent = measured[-1].percent if measured else None
    done = good if percent is None else percent / 100 * (item.quantity or 1)
    status, dates = _standing(item, words, on_receipts)
    part = done / item.quantity if item.quantity else NOTHING if percent is None else done
    part = Fraction(1) if status in OVER else part
    begun = status == "in_progress" or (status == "on_hold" and any(word.kind in BEGINS for word in words))
    return Progress(status, dates, begun, done, part, good, scrap, words)


def _standing(item: Item, words: list[Report], on_receipts: list[Report]) -> tuple[str, Dates]:
    begun, ended = ([word.day for word in words if word.kind in kinds] for kinds in (BEGINS, ("finish",)))
    status, start, finish = item.status or "confirmed", item.start, item.finish
    arrivals = sorted((word for word in words + on_receipts if word.kind == "arrival"), key=_place)
    if item.type in RECEIVED and arrivals:
        begun, ended = [start, arrivals[0].day], ended or _filled(item, arrivals)
    if begun:
        start, finish = min(begun), max(finish, min(begun))
    if ended:
        start, finish = min(start, ended[-1]), ended[-1]
    if status not in ("on_hold", "cancelled", "closed"):
        status = "done" if ended else "in_progress" if begun else status
    return status, Dates(start, finish)


def _filled(item: Item, arrivals: list[Report]) -> list[date]:
    """The day of the arrival that filled it: of what was said on it and on its receipts, the larger sum."""
    own = theirs = NOTHING
    for word in arrivals:
        own += total([word]) if word.item == item.code else 0
        theirs += total([word]) if word.item != item.code else 0
        if max(own, theirs) >= item.quantity:
            return [word.day]
    return []
