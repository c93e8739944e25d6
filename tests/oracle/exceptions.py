"""What is going wrong at an instant (4.1), and the rows of it that open, fold under their root and close (4.2)."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from functools import cached_property, partial
from typing import Any

from .company import ZONE, Company, Dates, Item, Row
from .forecast import RATELESS, Ledger, Outlook, receipts_of
from .readiness import DEMANDS, Order, name, needs, readiness, shelves, together

Key = tuple[str, str, str]  # the code, its item, and a second item or nothing
SEVERITIES = ("info", "warn", "high", "critical")
CODES = ("late-start overdue forecast-late slack-eaten short blocked silent scrap unacked stale broken unpegged "
         "orphan").split()
FOLDED = ("late-start", "overdue", "forecast-late", "slack-eaten", "short", "blocked", "broken")
ON_TWO_SCANS = ("forecast-late", "slack-eaten", "blocked", "scrap")
FULL, EVENING = (time(7, 30), time(13, 30)), time(20)
NOT_ON_HOLD = ("late-start", "silent", "blocked", "short")


class View(Outlook):
    """Everything as an instant sees it."""

    @cached_property
    def stock(self) -> dict[str, Row]:
        return shelves(self)

    @cached_property
    def orders(self) -> dict[str, Order]:
        return readiness(self, self.stock)


def found(view: View, touched: set[str] | None = None) -> dict[Key, str]:
    """The conditions that hold by their keys, each with its severity; of all, or of some."""
    keys = {(code, about, second): severity for code, about, second, severity in (*_unacked(view), *_stale(view))
            if touched is None or about in touched}
    for code in view.company.items if touched is None else view.company.items.keys() & touched:
        item, progress = view.company.items[code], view.progress[code]
        for kind, second, severity in (*_late(view, item), *_odd(view, item)) if progress.lives else ():
            if progress.status != "on_hold" or kind not in NOT_ON_HOLD:
                keys[kind, code, second] = severity
    return keys


def _late(view: View, item: Item) -> Iterator[Key]:
    """What is late, or will be."""
    progress, today, days = view.progress[item.code], view.today, item.calendar.between
    finish, promise, slack = view.forecast[item.code].finish, view.promised.get(item.code), view.slack(item.code)
    if item.start < today <= item.finish and not (progress.begun or item.milestone or item.type in RATELESS + DEMANDS):
        yield "late-start", "", "high" if days(item.start, today) >= 2 or (slack or 0) < 0 else "warn"
    if progress.dates.finish < today:
        yield "overdue", "", "high"
    if promise and finish > promise:
        touched = any(row.item == item.code and row.since <= view.now and not (row.until and row.until <= view.now)
                      for row in view.company.changes)
        yield "forecast-late", "", "critical" if days(today, promise) <= 5 and not touched else "high"
    if slack is not None and slack <= 1 and (view.slack(item.code, view.baseline) or 0) >= 3:
        yield "slack-eaten", "", "warn"
    dates = item.not_past(today)
    left = days(today, dates.start)
    if item.type == "production" and progress.waits and left <= view.days_before:
        if view.orders[item.code].colour == "red":
            yield "short", "", "critical" if left <= 1 else "high"
    for link in item.into if left <= 3 and not progress.begun else ():
        waits = view.pushes(link) and not link.ratio and not view.progress[link.pred.code].over
        if waits and not link.holds(view.forecast[link.pred.code], dates):
            yield "blocked", link.pred.code, "high" if left <= 1 else "warn"


def _odd(view: View, item: Item) -> Iterator[Key]:
    """What does not fit, or is not said."""
    progress, today, calendar = view.progress[item.code], view.today, item.calendar
    last = max((word.day for word in progress.words), default=progress.dates.start)
    full_days = calendar.between(last, today) - (today in calendar.working)
    if progress.begun and item.type not in RATELESS and full_days >= 2:
        yield "silent", "", "warn"
    asking = [link for link in item.out_of if link.drives == "predecessor"]
    asking += [link for link in item.into if link.drives != "predecessor"]
    planned, made = max((link.scrap or 0 for link in asking), default=0), progress.good + progress.scrap
    if progress.begun and made >= 20 and progress.scrap / made > planned + Fraction(5, 100):
        yield "scrap", "", "warn"
    own = Dates(*map(calendar.not_before, progress.dates))
    for link in item.into:
        if view.pushes(link) and not link.holds(view.progress[link.pred.code].dates, own):
            yield "broken", link.pred.code, "warn"
    is_pegged = any(link.ratio for link in item.into + item.out_of)
    if (item.type == "purchase" or item.added == "yes") and not is_pegged and not item.reason:
        yield "unpegged", "", "info"
    department = view.company.departments.get(item.department)
    if not item.owner and not (department and department.approver == "yes"):
        yield "orphan", "", "warn"


def _unacked(view: View) -> Iterator[tuple[str, str, str, str]]:
    for row in view.company.told:
        waited = view.company.calendar_of(row).hours(row.shown_at, view.now)
        if not (row.answered_at and row.answered_at <= view.now) and waited >= 8:
            yield "unacked", row.change, row.seat, "high" if waited >= 16 else "warn"


def _stale(view: View) -> Iterator[tuple[str, str, str, str]]:
    for source in view.company.sources:
        heard = [row.at for row in view.company.heard if row.source == source.source]
        last = max(at for at in (source.since, *heard) if at <= view.now)
        age = view.company.calendar.hours(last, view.now) / source.expected_hours
        if age > 1.5:
            yield "stale", source.source, "", "high" if age >= 3 else "warn"


class Exceptions:
    """The newest row of each key, and the keys whose condition the last full scan saw."""

    def __init__(self) -> None:
        self.rows, self.seen = dict[Key, Row](), set[Key]()

    @property
    def open(self) -> dict[Key, Row]:
        return {key: row for key, row in self.rows.items() if not row.closed_at}

    def scan(self, view: View, touched: set[str] | None = None) -> None:
        """A full scan; after an event one of what it touches, which opens what is high and counts for nothing."""
        full, now, before = touched is None, found(view, touched), self.open
        for key in {*now, *(key for key in before if touched is None or key[1] in touched)}:
            severity = now.get(key)
            if key in before:
                self._goes_on(view, key, severity, full)
            elif severity and (severity in ("high", "critical") or (full and key in self.seen)):
                self._open(view, key, severity)
        self.seen = set(now) if full else self.seen

    def _goes_on(self, view: View, key: Key, severity: str | None, full: bool) -> None:
        row = self.rows[key]
        row.severity = severity or row.severity
        row.well = (0 if severity else row.well + 1) if full else row.well
        if not severity and (_ends_at_once(view, key) or (key[0] in ON_TWO_SCANS and row.well >= 2)):
            row.closed_at, row.well = view.now, 0

    def _open(self, view: View, key: Key, severity: str) -> None:
        """Closed less than a working day ago it is the same row."""
        row = self.rows.get(key)
        again = row is not None and row.closed_at and view.company.calendar.hours(row.closed_at, view.now) <= 9
        if row is None or not again:
            row = self.rows[key] = Row(opened_at=view.now, reopened=-1, well=0)
        row.severity, row.closed_at, row.reopened = severity, None, row.reopened + 1


def _ends_at_once(view: View, key: Key) -> bool:
    """A red is not closed on stock older than a working day."""
    if key[1] in view.progress and not view.progress[key[1]].lives:
        return True
    lines = view.orders[key[1]].lines if key[0] == "short" and key[1] in view.orders else []
    counts = [view.stock[line.name].as_of for line in lines if line.name in view.stock]
    is_old = any(view.company.calendar.hours(as_of, view.now) > 9 for as_of in counts)
    return key[0] not in ON_TWO_SCANS and not is_old


def roots(view: View, rows: dict[Key, Row]) -> dict[Key, Key]:
    """Each folded row's root: of the rows above it that lie below none the nearest, the worst, the first by code."""
    distances = {key: _distances(view, key[1]) for key in rows if key[0] in (*FOLDED, "silent", "scrap")}
    above = {key: [other for other in distances if other[1] in distances[key]] for key in distances}

    def rank(key: Key, root: Key) -> tuple[int, int, int, Key]:
        return distances[key][root[1]], -SEVERITIES.index(rows[root].severity), CODES.index(root[0]), root

    return {key: min((one for one in above[key] if not above[one]), key=partial(rank, key))
            for key in distances if key[0] in FOLDED and above[key]}


def _distances(view: View, code: str) -> dict[str, int]:
    """The items that push this one, directly or through others, by the fewest links between."""
    found, ring = dict[str, int](), {code}
    while ring := {pred for one in ring for pred in _pushing(view, one)} - set(found):
        found |= dict.fromkeys(ring, max(found.values(), default=0) + 1)
    return found


def _pushing(view: View, code: str) -> list[str]:
    """Predecessors whose link would not hold, stood the item a working day earlier; of an item whose end that the link
    holds is forecast later than planned."""
    item, plan, late = view.company.items[code], view.progress[code], view.forecast[code]
    begins_late, ends_late = late.start > plan.dates.start, late.finish > plan.dates.finish
    earlier = Dates(item.calendar.after(late.start, -1), item.calendar.after(late.finish, -1))
    return [link.pred.code for link in item.into
            if plan.lives and (begins_late if link.moves_start else ends_late)
            and view.pushes(link) and not link.holds(view.forecast[link.pred.code], earlier)]


def scans(company: Company, first: date, last: date) -> Iterator[tuple[View, Exceptions, str]]:
    """What is open after each event, each full scan and in each evening, in turn; which of them it was."""
    exceptions, ledger, events = Exceptions(), Ledger(company), _events(company)
    for day in (first + timedelta(days) for days in range((last - first).days + 1)):
        full = [datetime.combine(day, hour, ZONE) for hour in FULL if day in company.calendar.working]
        evening = datetime.combine(day, EVENING, ZONE)
        for at in sorted({*full, *(at for at in events if at.date() == day and at <= evening)}):
            view = View(company, at, ledger)
            if touched := {code for subject in events.get(at, ()) for code in _touched(view, subject)}:
                exceptions.scan(view, touched)
                yield view, exceptions, "event"
            if at in full:
                exceptions.scan(view)
                yield view, exceptions, "full"
        yield View(company, evening, ledger), exceptions, "evening"


def _events(company: Company) -> dict[datetime, list[str]]:
    """What was reported on, counted, answered, decided and heard, by its instant."""
    events = [(row.at, row.item) for row in company.reports] + [(row.as_of, row.product) for row in company.snapshots]
    events += [(row.answered_at, row.change) for row in company.told if row.answered_at]
    events += [(row.until, row.item) for row in company.changes if row.until]
    by_instant = defaultdict[datetime, list[str]](list)
    for at, subject in events + [(row.at, row.source) for row in company.heard]:
        by_instant[at].append(subject)
    return by_instant


def _touched(view: View, subject: str) -> set[str]:
    """The item, all downstream of it, the purchase whose goods it is, and orders that may be given the same goods."""
    items, touched, ring = view.company.items, set[str](), {subject}
    if subject in items:
        ring |= {link.pred.code for link in items[subject].into if subject in receipts_of(link.pred)}
    of = together(view.company)
    products = {of.get(name(items[code]) if code in items else code) for code in ring}
    while ring:
        touched |= ring
        links = [link for code in ring if code in items for link in items[code].out_of]
        ring = {link.succ.code for link in links if link.hard != "no"} - touched
    orders = {code for code, item in items.items() if item.type == "production" and view.progress[code].waits}
    return touched | {code for code in orders if products & {of[need.product] for need in needs(items[code])}}


def state(view: View, exceptions: Exceptions) -> dict[str, Any]:
    """What an instant comes to: items as reported and as forecast, broken promises, stock, orders, the open rows."""
    held, rows = roots(view, exceptions.open), sorted(exceptions.open.items())
    return {
        "items": {code: (now.status, now.dates, now.done, now.part, view.forecast[code], view.slack(code))
                  for code, now in view.progress.items()},
        "broken_promises": {code: day for code, day in view.promised.items()
                            if view.progress[code].lives and view.forecast[code].finish > day},
        "stock": {product: shelf.on_hand for product, shelf in view.stock.items()},
        "orders": {code: (order.colour, order.eta, order.can_do, sorted(
            (line.name, line.colour, line.need, line.there, str(line.eta)) for line in order.lines + order.errands))
            for code, order in view.orders.items()},
        "exceptions": [(key, row.severity, row.opened_at, held.get(key)) for key, row in rows],
    }
