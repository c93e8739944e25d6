"""The thirteen conditions of 4.1, in the order of its table: what is going wrong at an instant."""

from collections.abc import Callable, Iterator
from fractions import Fraction

from .forecast import pushes
from .goods import DEMANDS
from .progress import RATELESS, Progress
from .read import NOTHING, Dates, Item
from .relation import holds
from .view import View

Key = tuple[str, str, str]
Findings = Iterator[tuple[str, str]]  # the key's second item, or nothing, and the severity
SEVERITIES = ("info", "warn", "high", "critical")


def found(view: View, touched: set[str] | None = None) -> dict[Key, str]:
    """The conditions that hold by their keys (code, item, second item), each with its severity; of all, or of some."""
    keys = {("unacked", change, seat): severity for change, seat, severity in _unacked(view)}
    keys |= {("stale", source, ""): severity for source, severity in _stale(view)}
    keys = {key: severity for key, severity in keys.items() if touched is None or key[1] in touched}
    for code in view.company.items if touched is None else view.company.items.keys() & touched:
        item, progress = view.company.items[code], view.progress[code]
        for name, condition in CONDITIONS.items() if progress.lives else ():
            if progress.status != "on_hold" or name not in ("late-start", "silent", "blocked", "short"):
                keys |= {(name, code, second): severity for second, severity in condition(view, item, progress)}
    return keys



def _late_start(view: View, item: Item, progress: Progress) -> Findings:
    unseen = progress.begun or item.milestone or item.type in (*RATELESS, *DEMANDS)
    if not unseen and item.start < view.today <= item.finish:
        high = item.calendar.between(item.start, view.today) >= 2 or (view.slack(item.code) or 0) < 0
        yield "", "high" if high else "warn"


def _overdue(view: View, item: Item, progress: Progress) -> Findings:
    if progress.dates.finish < view.today:
        yield "", "high"


def _forecast_late(view: View, item: Item, progress: Progress) -> Findings:
    promise, instant = view.promised.get(item.code), view.company.instant
    if promise and view.forecast[item.code].finish > promise:
        touching = [row for row in view.company.changes if row["item"] == item.code
                    and instant(row["since"]) <= view.now and not (row["until"] and instant(row["until"]) <= view.now)]
        yield "", "critical" if item.calendar.between(view.today, promise) <= 5 and not touching else "high"


def _slack_eaten(view: View, item: Item, progress: Progress) -> Findings:
    slack, then = view.slack(item.code), view.slack(item.code, view.baseline)
    if slack is not None and slack <= 1 and (then or 0) >= 3:
        yield "", "warn"


def _short(view: View, item: Item, progress: Progress) -> Findings:
    order = view.orders.get(item.code)
    left = item.calendar.between(view.today, order.start) if order else 0
    if order and order.colour == "red" and left <= int(view.company.settings.get("readiness.days_before", 3)):
        yield "", "critical" if left <= 1 else "high"


def _blocked(view: View, item: Item, progress: Progress) -> Findings:
    dates = item.not_past(view.today)
    left = item.calendar.between(view.today, dates.start)
    for link in view.company.into[item.code] if left <= 3 and not progress.begun else ():
        waits = pushes(view.facts, link) and not link.ratio and not view.progress[link.pred.code].over
        if waits and not holds(link, view.forecast[link.pred.code], dates):
            yield link.pred.code, "high" if left <= 1 else "warn"


def _silent(view: View, item: Item, progress: Progress) -> Findings:
    last = max((word.day for word in progress.words), default=progress.dates.start)
    full_days = item.calendar.between(last, view.today) - item.calendar.works(view.today)
    if progress.begun and item.type not in RATELESS and full_days >= 2:
        yield "", "warn"


def _scrap(view: View, item: Item, progress: Progress) -> Findings:
    asking = [link for link in view.company.out_of[item.code] if link.drives == "predecessor"]
    asking += [link for link in view.company.into[item.code] if link.drives != "predecessor"]
    planned, made = max((link.scrap for link in asking), default=NOTHING), progress.good + progress.scrap
    if progress.begun and made >= 20 and progress.scrap / made > planned + Fraction(5, 100):
        yield "", "warn"


def _broken(view: View, item: Item, progress: Progress) -> Findings:
    for link in view.company.into[item.code]:
        own = Dates(*map(item.calendar.not_before, progress.dates))
        if pushes(view.facts, link) and not holds(link, view.progress[link.pred.code].dates, own):
            yield link.pred.code, "warn"


def _unpegged(view: View, item: Item, progress: Progress) -> Findings:
    asked = any(link.ratio for link in view.company.into[item.code] + view.company.out_of[item.code])
    if (item.type == "purchase" or item.row.get("added") == "yes") and not asked and not item.row.get("reason"):
        yield "", "info"


def _orphan(view: View, item: Item, progress: Progress) -> Findings:
    department = view.company.departments.get(item.row.get("department", ""), {})
    if not item.row.get("owner") and department.get("approver") != "yes":
        yield "", "warn"


def _unacked(view: View) -> Iterator[tuple[str, str, str]]:
    for row in view.company.told:
        answered = row["answered_at"] and view.company.instant(row["answered_at"]) <= view.now
        waited = view.company.calendar_of(row).hours(view.company.instant(row["shown_at"]), view.now)
        if not answered and waited >= 8:
            yield row["change"], row["seat"], "high" if waited >= 16 else "warn"


def _stale(view: View) -> Findings:
    for row in view.company.sources:
        heard = [one["at"] for one in view.company.heard if one["source"] == row["source"]]
        last = max(at for at in map(view.company.instant, [row["since"], *heard]) if at <= view.now)
        age = view.company.calendar.hours(last, view.now) / float(row["expected_hours"])
        if age > 1.5:
            yield row["source"], "high" if age >= 3 else "warn"


CONDITIONS: dict[str, Callable[[View, Item, Progress], Findings]] = {
    "late-start": _late_start, "overdue": _overdue, "forecast-late": _forecast_late, "slack-eaten": _slack_eaten,
    "short": _short, "blocked": _blocked, "silent": _silent, "scrap": _scrap, "broken": _broken,
    "unpegged": _unpegged, "orphan": _orphan,
}
CODES = [*list(CONDITIONS)[:8], "unacked", "stale", *list(CONDITIONS)[8:]]
