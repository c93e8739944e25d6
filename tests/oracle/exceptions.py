"""Rows that open, fold under their root and close again, scan by scan.

`found(View(company, now))` of `conditions.py` tells what holds at an instant by its key (code, item, second item);
`scans(company, first, last)` of `history.py` plays the days through and yields after every event and every full scan
the view and the rows that are open; `roots(view, exceptions.open)` tells which row is folded into which.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from .conditions import CODES, SEVERITIES, Key, found
from .forecast import pushes
from .read import Dates
from .relation import holds, moves_start
from .view import View

FOLDED = ("late-start", "overdue", "forecast-late", "slack-eaten", "short", "blocked", "broken")
ON_TWO_SCANS = ("forecast-late", "slack-eaten", "blocked", "scrap")


@dataclass(slots=True)
class Row:
    severity: str
    worst: str
    opened_at: datetime
    closed_at: datetime | None = None
    reopened: int = 0
    well: int = 0

    def is_at(self, severity: str) -> None:
        self.severity, self.worst = severity, max(severity, self.worst, key=SEVERITIES.index)


class Exceptions:
    """The newest row of each key, and the keys whose condition the last full scan saw."""

    def __init__(self) -> None:
        self.rows: dict[Key, Row] = {}
        self.seen: set[Key] = set()

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
            elif severity in ("high", "critical") or (severity and full and key in self.seen):
                self._open(view, key, severity)
        self.seen = set(now) if full else self.seen

    def _goes_on(self, view: View, key: Key, severity: str | None, full: bool) -> None:
        row = self.rows[key]
        if severity:
            row.is_at(severity)
        row.well = (0 if severity else row.well + 1) if full else row.well
        if not severity and (_ends_at_once(view, key) or (key[0] in ON_TWO_SCANS and row.well >= 2)):
            row.closed_at, row.well = view.now, 0

    def _open(self, view: View, key: Key, severity: str) -> None:
        row = self.rows.get(key)
        if row and row.closed_at and view.company.calendar.hours(row.closed_at, view.now) <= 9:
            row.closed_at, row.reopened = None, row.reopened + 1
            row.is_at(severity)
        else:
            self.rows[key] = Row(severity, severity, view.now)


def _ends_at_once(view: View, key: Key) -> bool:
    over = key[1] in view.progress and not view.progress[key[1]].lives
    return over or not (key[0] in ON_TWO_SCANS or (key[0] == "short" and _counted_long_ago(view, key[1])))


def _counted_long_ago(view: View, order: str) -> bool:
    """A red is not closed on stock older than a working day."""
    lines = view.orders[order].lines if order in view.orders else []
    counts = [view.stock[line.name].as_of for line in lines if line.name in view.stock]
    return any(view.company.calendar.hours(as_of, view.now) > 9 for as_of in counts)


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
    found: dict[str, int] = {}
    ring = {code}
    while ring := {pred for one in ring for pred in _pushing(view, one)} - set(found):
        found |= dict.fromkeys(ring, max(found.values(), default=0) + 1)
    return found


def _pushing(view: View, code: str) -> list[str]:
    """Predecessors whose link would not hold, stood the item a working day earlier; of an item whose end that the link
    holds is forecast later than planned."""
    plan, late, after = view.progress[code], view.forecast[code], view.company.items[code].calendar.after
    if not plan.lives:
        return []
    begins_late, ends_late = late.start > plan.dates.start, late.finish > plan.dates.finish
    earlier = Dates(after(late.start, -1), after(late.finish, -1))
    late_links = [link for link in view.company.into[code] if (begins_late if moves_start(link) else ends_late)]
    return [link.pred.code for link in late_links
            if pushes(view.facts, link) and not holds(link, view.forecast[link.pred.code], earlier)]
