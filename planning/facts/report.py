"""A report: what somebody says has happened, one row of a ledger that only grows."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from planning.plan.amount import plain
from planning.trail.audit import storable

NONE = Decimal(0)
_NUMBER = re.compile(r"RP-[0-9]{8}-[0-9]{3,6}")


class ReportKind(StrEnum):
    """What is said; the names people's systems use."""

    START = "start"
    QUANTITY = "quantity"
    PERCENT = "percent"
    REMAINING = "remaining"
    EXPECTED = "expected"
    FINISH = "finish"
    ARRIVAL = "arrival"
    STOP = "stop"
    """A machine or a department stands still; books nothing."""
    HOLD = "hold"
    """Goods are held back by quality; books nothing."""
    CORRECTION = "correction"


BEGINS = (ReportKind.START, ReportKind.QUANTITY, ReportKind.PERCENT)
"""Kinds of which the earliest is an item's actual start."""
COUNTS = (ReportKind.QUANTITY, ReportKind.PERCENT)
BOOKS_NOTHING = (ReportKind.STOP, ReportKind.HOLD)
NAMED = ("good", "scrap", "percent", "remaining_days", "expected")
"""Values that a correction may name; those it does not stay as they were."""


@dataclass(frozen=True, slots=True)
class Report:
    """One row as it was said. Nobody approves a report and nothing edits one: a wrong one is corrected by a newer one
    that names it."""

    no: str
    """RP-YYYYMMDD-nnn."""
    item: str
    """Empty for a department that stands still."""
    kind: ReportKind
    day: date | None
    """The day it speaks of; None: a correction that leaves it as it was."""
    at: datetime
    """The instant it was said, in UTC."""
    good: Decimal | None = None
    scrap: Decimal | None = None
    percent: Decimal | None = None
    """60 is 60 %."""
    remaining_days: int | None = None
    expected: date | None = None
    over: bool = False
    """More than planned, and confirmed."""
    corrects: str = ""
    void: bool = False
    """Withdraws the whole chain of corrections it belongs to, until a newer one."""
    by: str = ""
    """A person's id, or `api:<token>`."""
    acting_for: str = ""
    source: str = "chat"
    """`chat`, `api:<token>`, `import:<file>`."""
    channel: str = ""
    key: str = field(default="", compare=False)
    """What a repetition of the same call is known by; empty: nothing."""
    department: str = ""
    """That which stands still, where no item is named."""
    reason: str = ""

    @property
    def said(self) -> tuple[datetime, int, str]:
        """Its place among others: by the instant, then by the number, of which 1000 comes after 999."""
        return self.at, len(self.no), self.no

    def told(self) -> Mapping[str, str]:
        """What the audit trail keeps of it, and the row is compared with; without what says nothing."""
        values = {name: getattr(self, name) for name in _TOLD}
        return {name: storable(_text(value)) for name, value in values.items() if value not in (None, "", False)}


_TOLD = ("no", "item", "kind", "day", "at", *NAMED, "over", "corrects", "void", "by", "acting_for", "source", "channel",
         "department", "reason")  # fmt: skip


def is_report(no: str) -> bool:
    """Check whether what stands in the place of a change request's number is a report's."""
    return bool(_NUMBER.fullmatch(no))


def _text(value: Any) -> str:
    match value:
        case Decimal():
            return plain(value)
        case date():
            return value.isoformat()
        case bool():
            return "yes"
    return str(value)


def in_order(reports: Iterable[Report]) -> list[Report]:
    """Reports in the order of what they speak of: by day, then as they were said."""
    return sorted(reports, key=place)


def place(report: Report) -> tuple[date, datetime, int, str]:
    """Its place among what is spoken of."""
    return report.day or date.min, *report.said


def chains(reports: Iterable[Report]) -> Mapping[str, list[Report]]:
    """The corrections of each report behind it, by its number; what corrects something that is not here is left out."""
    rows = sorted(reports, key=lambda one: one.said)
    if not any(one.corrects for one in rows):
        return {one.no: [one] for one in rows}
    by_no = {one.no: one for one in rows}
    firsts: dict[str, str | None] = {}
    found: defaultdict[str, list[Report]] = defaultdict(list)
    for one in rows:
        if (first := _first(one, by_no, firsts)) is not None:
            found[first].append(one)
    for first, chain in found.items():  # the first leads, whatever clocks say
        chain.sort(key=lambda one: (one.no != first, *one.said))
    return found


def _first(report: Report, by_no: Mapping[str, Report], known: dict[str, str | None]) -> str | None:
    """The number of the report that a chain began with; None of one that corrects what is not here. `known`: those
    that were found before."""
    way: list[str] = []
    seen: set[str] = set()
    first: str | None = None
    while report.no not in known:
        way.append(report.no)
        seen.add(report.no)
        if not report.corrects:
            first = report.no
            break
        if report.corrects in seen or report.corrects not in by_no:
            break
        report = by_no[report.corrects]
    else:
        first = known[report.no]
    known |= dict.fromkeys(way, first)
    return first


def left_by(chain: Sequence[Report]) -> Report:
    """What its corrections make of the first report of a chain."""
    word = chain[0]
    for by in chain[1:]:
        word = amended(word, by)
    return word


def amended(word: Report, by: Report) -> Report:
    named = {name: value for name in NAMED if (value := getattr(by, name)) is not None}
    return replace(word, day=by.day or word.day, over=word.over or by.over, **named)


def good_of(words: Iterable[Report]) -> Decimal:
    return sum((one.good or NONE for one in words), NONE)


def scrap_of(words: Iterable[Report]) -> Decimal:
    return sum((one.scrap or NONE for one in words), NONE)
