"""The company day by day: each event, each scan, and what stands in the evening."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from typing import Any

from .exceptions import Exceptions, roots
from .goods import name
from .progress import receipts_of
from .promise import delta, push
from .read import Company
from .view import View

Events = dict[datetime, list[str]]

def scans(company: Company, first: date, last: date) -> Iterator[tuple[View, Exceptions, bool]]:
    """What is open after each event and each full scan, in turn; which of both it was."""
    exceptions, events = Exceptions(), _events(company)
    for day in _days(first, last):
        yield from _scans_of(company, day, exceptions, events)


def evenings(company: Company, first: date, last: date) -> Iterator[tuple[View, Exceptions]]:
    exceptions, events = Exceptions(), _events(company)
    for day in _days(first, last):
        for _ in _scans_of(company, day, exceptions, events):
            pass
        yield View(company, _evening(company, day)), exceptions


def _scans_of(
    company: Company, day: date, exceptions: Exceptions, events: Events
) -> Iterator[tuple[View, Exceptions, bool]]:
    scans = [_at(company, day, scan) for scan in ("07:30", "13:30") if company.calendar.works(day)]
    until = _evening(company, day)
    for at in sorted({*scans, *(at for at in events if at.date() == day and at <= until)}):
        view = View(company, at)
        if touched := {code for subject in events.get(at, ()) for code in _touched(view, subject)}:
            exceptions.scan(view, touched)
            yield view, exceptions, False
        if at in scans:
            exceptions.scan(view)
            yield view, exceptions, True


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days) for days in range((last - first).days + 1)]


def _evening(company: Company, day: date) -> datetime:
    return _at(company, day, company.settings.get("look", "20:00"))


def _at(company: Company, day: date, hour: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(hour), company.zone)


def _events(company: Company) -> Events:
    """What was reported on, counted, answered, decided and heard, by its instant."""
    events = [(report.at, report.item) for report in company.reports]
    events += [(count.as_of, count.product) for count in company.snapshots]
    events += [(company.instant(row["answered_at"]), row["change"]) for row in company.told if row["answered_at"]]
    events += [(company.instant(row["until"]), row["item"]) for row in company.changes if row["until"]]
    by_instant = defaultdict[datetime, list[str]](list)
    for at, subject in events + [(company.instant(row["at"]), row["source"]) for row in company.heard]:
        by_instant[at].append(subject)
    return by_instant


def _touched(view: View, subject: str) -> set[str]:
    """The item, all downstream of it, the purchase whose goods it is, and orders of a touched product."""
    company, touched = view.company, {subject}
    ring = touched | {link.pred.code for link in company.into.get(subject, ())
                      if subject in receipts_of(company, link.pred)}
    products = {name(company.items[code]) if code in company.items else code for code in ring}
    while ring:
        touched |= ring
        ring = {link.succ.code for code in ring for link in company.out_of.get(code, ()) if link.hard != "no"} - touched
    return touched | {code for code, order in view.orders.items() if products & {line.name for line in order.lines}}


def state(view: View, exceptions: Exceptions) -> dict[str, Any]:
    return {
        "day": view.today,
        "items": {code: _item(view, code) for code in view.company.items},
        "broken_promises": {code: day for code, day in view.promised.items()
                            if view.progress[code].lives and view.forecast[code].finish > day},
        "stock": {product: shelf.on_hand for product, shelf in view.stock.items()},
        "orders": {code: _order(view, code) for code in view.orders},
        "exceptions": listed(view, exceptions),
    }


def listed(view: View, exceptions: Exceptions) -> list[dict[str, Any]]:
    """The open rows by their keys, each with the root that it is folded into."""
    held = roots(view, exceptions.open)
    return [{"key": key, "root": held.get(key), **asdict(row)} for key, row in sorted(exceptions.open.items())]


def _item(view: View, code: str) -> dict[str, Any]:
    item, progress, forecast = view.company.items[code], view.progress[code], view.forecast[code]
    return {name: getattr(progress, name) for name in ("status", "done", "part", "good", "scrap")} | {
        "start": progress.dates.start, "finish": progress.dates.finish, "forecast_start": forecast.start,
        "forecast_finish": forecast.finish, "unknown": code in view.outlook.unknown, "slack": view.slack(code),
        "delta": delta(view.outlook, item), "push": push(view.outlook, item) if progress.words else []}


def _order(view: View, code: str) -> dict[str, Any]:
    order = view.orders[code]
    lines = [{name: getattr(line, name) for name in ("name", "colour", "need", "there", "short", "eta")}
             for line in sorted(order.lines + order.errands, key=lambda line: line.name)]
    return {name: getattr(order, name) for name in ("start", "colour", "eta", "can_do")} | {"lines": lines}


def plain(value: Any) -> Any:
    """Quantities as whole or decimal numbers, days and instants as ISO."""
    if isinstance(value, Fraction):
        return int(value) if value.denominator == 1 else round(float(value), 9)
    return value.isoformat()
