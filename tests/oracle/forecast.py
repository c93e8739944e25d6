"""What was reported of each item until an instant, and what that makes of it (1.1, 1.3); when it will start and finish
(1.4): the push-only pass over hard links; what is promised, and how much later an item may finish (4.1)."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from fractions import Fraction
from functools import cache, cached_property
from math import ceil
from typing import Any

from .company import NOTHING, Company, Dates, Item, Link, Row

Days = dict[str, date]
BEGINS = ("start", "quantity", "percent")
NAMED = ("good", "scrap", "percent", "remaining_days", "expected", "day")
RECEIVED = ("purchase", "receipt")
RATELESS = (*RECEIVED, "finance", "payment")


class Progress(Row):
    """Of an item: `status`, `dates`, whether it has `begun`, what is `done`, its `part`, `good`, `scrap`, `words`."""

    @property
    def over(self) -> bool:
        return self.status in ("done", "closed")

    @property
    def lives(self) -> bool:
        return not self.over and self.status != "cancelled"

    @property
    def waits(self) -> bool:
        return self.lives and not self.begun and self.status != "on_hold"


class Ledger:
    """Every report, by its item; what those until an instant make of it is kept as long as no more are."""

    def __init__(self, company: Company) -> None:
        self.company, self.known = company, dict[tuple[Item, tuple[int, ...]], Progress]()
        self.said = defaultdict[str, list[Row]](list)
        for report in company.reports:
            self.said[report.item].append(report)

    def until(self, now: datetime) -> dict[str, Progress]:
        return {code: self._progress(item, now) for code, item in self.company.items.items()}

    def _progress(self, item: Item, now: datetime) -> Progress:
        said = [self.said.get(code, []) for code in (item.code, *receipts_of(item))]
        heard = tuple(bisect_right(rows, now, key=lambda row: row.at) for rows in said)
        if (item, heard) not in self.known:
            own, *theirs = (effective(rows[:count]) for rows, count in zip(said, heard, strict=True))
            self.known[item, heard] = progress(item, own, [word for words in theirs for word in words])
        return self.known[item, heard]


def effective(reports: Iterable[Row]) -> list[Row]:
    """Each chain of corrections as its newest leaves it, in the order (day, at, no) with the first's instant."""
    chains, first = dict[str, Row](), dict[str, str]()
    for report in reports:
        root = first[report.no] = first[report.corrects] if report.corrects else report.no
        named: dict[str, Any] = {name: getattr(report, name) for name in NAMED if getattr(report, name) is not None}
        chains[root] = chains[root].but(**named, void=report.void) if report.corrects else report
    return sorted((word for word in chains.values() if word.void != "yes"), key=place)


def place(word: Row) -> tuple[date, datetime, str]:
    return word.day, word.at, word.no


@cache
def receipts_of(item: Item) -> list[str]:
    """The receipts of the goods that this purchase buys."""
    after = [link.succ for link in item.out_of if item.type == "purchase" and item.product]
    return sorted({succ.code for succ in after if succ.type == "receipt" and succ.product == item.product})


def total(words: Iterable[Row]) -> Fraction:
    return sum((word.good or NOTHING for word in words), NOTHING)


def progress(item: Item, words: list[Row], on_receipts: list[Row]) -> Progress:
    good, scrap = max(total(words), total(on_receipts)), sum((word.scrap or NOTHING for word in words), NOTHING)
    measured = [word for word in words if word.kind == "percent" or word.good is not None]
    percent = measured[-1].percent if measured else None
    done = good if percent is None else percent / 100 * (item.quantity or 1)
    status, dates = _standing(item, words, on_receipts)
    part = done / item.quantity if item.quantity else NOTHING if percent is None else done
    begun = status == "in_progress" or (status == "on_hold" and any(word.kind in BEGINS for word in words))
    found = Progress(status=status, dates=dates, begun=begun, done=done, part=part, good=good, scrap=scrap, words=words)
    return found.but(part=Fraction(1)) if found.over else found


def _standing(item: Item, words: list[Row], on_receipts: list[Row]) -> tuple[str, Dates]:
    begun, ended = ([word.day for word in words if word.kind in kinds] for kinds in (BEGINS, ("finish",)))
    status, start, finish = item.status or "confirmed", item.start, item.finish
    arrivals = sorted((word for word in words + on_receipts if word.kind == "arrival"), key=place)
    if item.type in RECEIVED and arrivals:
        begun, ended = [start, arrivals[0].day], ended or _filled(item, arrivals)
    if begun:
        start, finish = (first := min(begun + [start] * (status == "in_progress"))), max(finish, first)
    if ended:
        start, finish = min(start, ended[-1]), ended[-1]
    if status not in ("on_hold", "cancelled", "closed"):
        status = "done" if ended else "in_progress" if begun else status
    return status, Dates(start, finish)


def _filled(item: Item, arrivals: list[Row]) -> list[date]:
    """The day of the arrival that filled it: of what was said on it and on its receipts, the larger sum."""
    for count in range(1, len(arrivals) + 1):
        own = [word for word in arrivals[:count] if word.item == item.code]
        if max(total(own), total(arrivals[:count]) - total(own)) >= item.quantity:
            return [arrivals[count - 1].day]
    return []


def rate(item: Item, progress: Progress, prior_days: Fraction) -> Row:
    """Days `worked` until the last count, `pieces` a day as weighed with the plan's, days `left` `since` then."""
    quantity, calendar, start = item.quantity or Fraction(1), item.calendar, progress.dates.start
    pieces, worked, since = quantity / max(item.duration_days, 1), 0, calendar.after(calendar.not_before(start), -1)
    days = {word.day for word in progress.words if word.kind in ("quantity", "percent")}
    if days:
        since = max(days)
        worked = calendar.between(start, since) + len(days - calendar.working) + (start in calendar.working)
        weight = worked / (worked + prior_days)
        pieces = weight * progress.done / worked + (1 - weight) * pieces
    left = ceil(max(quantity - progress.done, NOTHING) / pieces)
    return Row(worked=worked, pieces=pieces, left=left, since=since)


def stated(item: Item, progress: Progress) -> date | None:
    """The finish that the newest word states; without a rate it stands through later counts."""
    counting = [] if item.type in RATELESS else ["quantity", "percent"]
    telling = [w for w in progress.words if w.kind in counting or w.expected or w.remaining_days is not None]
    if not telling or telling[-1].kind in counting:
        return None
    last: date = telling[-1].expected or item.calendar.after(telling[-1].day, telling[-1].remaining_days or 0)
    return last


class Outlook:
    """The company at an instant: what was told of each item, and its forecast. Pins and fences hold nobody back."""

    def __init__(self, company: Company, now: datetime, ledger: Ledger | None = None) -> None:
        self.company, self.now, self.today = company, now, now.date()
        self.progress = (ledger or Ledger(company)).until(now)
        self.prior_days = Fraction(company.settings.get("forecast.prior_days", 3))
        self.days_before = int(company.settings.get("readiness.days_before", 3))
        self.forecast, self.unknown = dict[str, Dates](), set[str]()
        for item in company.in_order:
            self.forecast[item.code] = self._forecast(item, self.progress[item.code])

    def pushes(self, link: Link) -> bool:
        return bool(link.hard != "no" and self.progress[link.pred.code].status != "cancelled")

    def _forecast(self, item: Item, progress: Progress) -> Dates:
        said, (start, finish) = stated(item, progress), progress.dates
        said = said if said and said >= self.today else None
        if not progress.lives:
            return Dates(start, finish)
        if item.type in RATELESS:
            return Dates(min(start, said), said) if said else self._brought(item, progress)
        if progress.begun:
            at, today = rate(item, progress, self.prior_days), item.calendar.not_before(self.today)
            own = said or max(item.calendar.after(at.since, at.left), today)
            return Dates(start, max([own, *self._pushes(item, to_start=False)]))
        pushed = self._pushed(item, item.not_past(self.today))
        return Dates(pushed.start, max(pushed.finish, said or pushed.finish))

    def _brought(self, item: Item, progress: Progress) -> Dates:
        dates = progress.dates if progress.begun else self._pushed(item, progress.dates)
        if dates.finish >= self.today:
            return dates
        self.unknown.add(item.code)
        return Dates(dates.start, item.calendar.after(self.today))

    def _pushed(self, item: Item, dates: Dates) -> Dates:
        """The item on those dates, or behind its predecessors' forecasts."""
        start = max([dates.start, *self._pushes(item, to_start=True)])
        finish = dates.finish if start == dates.start else max(dates.finish, item.finish_from(start))
        behind = max([finish, *self._pushes(item, to_start=False)])
        return Dates(start if behind == finish else max(start, item.start_for(behind)), behind)

    def _pushes(self, item: Item, *, to_start: bool) -> list[date]:
        return [link.allowed(self.forecast[link.pred.code]) for link in item.into
                if link.moves_start is to_start and self.pushes(link)]

    @cached_property
    def baseline(self) -> Days:
        """Each item's finish in the oldest promise baseline that has it."""
        return self._promised_by(oldest=True)

    @cached_property
    def promised(self) -> Days:
        found = Days()
        for code, item in self.company.items.items():
            if item.constraint == "finish_no_later_than":
                found[code] = item.constraint_date
            if code in self.baseline and (item.milestone or item.type in ("sales_order", "delivery")):
                found[code] = self.baseline[code]
        return found | self._promised_by(oldest=False)

    def _promised_by(self, *, oldest: bool) -> Days:
        """By the oldest baseline, or as last agreed with the customer."""
        rows = [row for row in self.company.promises if row.at <= self.now and (row.source != "customer") is oldest]
        return {row.item: row.finish for row in (rows[::-1] if oldest else rows)}

    @cached_property
    def latest(self) -> Days:
        """The last working day with which every promise downstream is kept; nothing where nothing is promised."""
        latest = Days()
        for item in reversed(self.company.in_order):
            ends = [_last_day(link, latest[link.succ.code]) for link in item.out_of
                    if link.succ.code in latest and self._binds(link)]
            ends += [item.calendar.not_after(self.promised[item.code])] if item.code in self.promised else []
            if ends and self.progress[item.code].lives:
                latest[item.code] = min(ends)
        return latest

    def _binds(self, link: Link) -> bool:
        """Whether the predecessor's finish can still move the successor."""
        stands = self.progress[link.succ.code].begun and link.moves_start
        began = self.progress[link.pred.code].begun and link.kind in ("SS", "SF")
        return self.pushes(link) and not stands and not began

    def slack(self, code: str, finishes: Days | None = None) -> int | None:
        """Working days from the forecast, or from another finish of the item, to its latest finish."""
        finish = self.forecast[code].finish if finishes is None else finishes.get(code)
        latest = self.latest.get(code)
        return self.company.items[code].calendar.between(finish, latest) if finish and latest else None


@cache
def _last_day(link: Link, latest: date) -> date:
    bound = link.succ.start_for(latest) if link.moves_start else latest
    days, room = link.pred.calendar.days, link.pred.duration_days + abs(link.lag_days) + 15
    near = bisect_right(days, bound)
    return days[bisect_right(days, bound, max(near - room, 0), min(near + room, len(days)),
                             key=lambda day: link.allowed(Dates(link.pred.start_for(day), day))) - 1]
