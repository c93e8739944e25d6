"""The company day by day: each event, each scan, and what stands in the evening."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from typing import Any

from .conditions import Key
from .exceptions import Exceptions, Row, roots
from .goods import name
from .progress import receipts_of
from .promise import delta, push
from .read import Company
from .view import View


@dataclass(frozen=True, slots=True)
class Evening:
    view: View
    open: dict[Key, Row]
    roots: dict[Key, Key]


def evenings(company: Company, first: date, last: date) -> Iterator[Evening]:
    exceptions, events = Exceptions(), _events(company)
    for day in (first + timedelta(days) for days in range((last - first).days + 1)):
        look = _at(company, day, company.settings.get("look", "20:00"))
        scans = [_at(company, day, scan) for scan in ("07:30", "13:30") if company.calendar.works(day)]
        for at in sorted({*scans, *(at for at in events if at.date() == day and at <= look)}):
            view = View(company, at)
            if touched := {code for subject in events.get(at, ()) for code in _touched(view, subject)}:
                exceptions.scan(view, touched)
            if at in scans:
                exceptions.scan(view)
        view = View(company, look)
        yield Evening(view, exceptions.open, roots(view, exceptions.open))


def _at(company: Company, day: date, hour: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(hour), company.zone)


def _events(company: Company) -> dict[datetime, list[str]]:
    """What was reported on, counted, answered and heard, by its instant."""
    events = [(report.at, report.item) for report in company.reports]
    events += [(count.as_of, count.product) for count in company.snapshots]
    events += [(company.instant(row["answered_at"]), row["change"]) for row in company.told if row["answered_at"]]
    events += [(company.instant(row["at"]), row["source"]) for row in company.heard]
    by_instant = defaultdict[datetime, list[str]](list)
    for at, subject in events:
        by_instant[at].append(subject)
    return by_instant


def _touched(view: View, subject: str) -> set[str]:
    """The item, all downstream of it, the purchase whose goods it is, and orders of a touched product."""
    touched, item = {subject}, view.company.items.get(subject)
    links = view.company.into[subject] if item else []
    ring = touched | {link.pred.code for link in links if subject in receipts_of(view.company, link.pred)}
    products = {name(view.company.items[code]) for code in ring if code in view.company.items} | {subject}
    while ring:
        touched |= ring
        ring = {link.succ.code for code in ring for link in view.company.out_of[code] if link.hard != "no"} - touched
    return touched | {code for code, order in view.orders.items() if products & {line.name for line in order.lines}}


def state(evening: Evening) -> dict[str, Any]:
    view = evening.view
    broken = {code: day for code, day in view.promised.items()
              if view.progress[code].lives and view.forecast[code].finish > day}
    return {
        "day": view.today,
        "items": {code: _item(view, code) for code in view.company.items},
        "broken_promises": broken,
        "stock": {product: shelf.on_hand for product, shelf in view.stock.items()},
        "orders": {code: _order(view, code) for code in view.orders},
        "exceptions": [{"key": key, "root": evening.roots.get(key), **asdict(row)}
                       for key, row in sorted(evening.open.items())],
    }


def _item(view: View, code: str) -> dict[str, Any]:
    item, progress, forecast = view.company.items[code], view.progress[code], view.forecast[code]
    wanted = ("status", "start", "finish", "done", "part", "good", "scrap")
    return {name: getattr(progress, name) for name in wanted} | {
        "forecast_start": forecast.start, "forecast_finish": forecast.finish, "unknown": forecast.unknown,
        "delta": delta(view.outlook, item), "push": push(view.outlook, item) if progress.words else [],
        "slack": view.slack(code)}


def _order(view: View, code: str) -> dict[str, Any]:
    order, wanted = view.orders[code], ("name", "colour", "need", "there", "short", "eta")
    by_name = sorted(order.lines + order.errands, key=lambda line: line.name)
    lines = [{name: getattr(line, name) for name in wanted} for line in by_name]
    return {"start": order.start, "colour": order.colour, "eta": order.eta, "can_do": order.can_do, "lines": lines}


def plain(value: Any) -> Any:
    """Quantities as whole or decimal numbers, days and instants as ISO."""
    if isinstance(value, Fraction):
        return int(value) if value.denominator == 1 else round(float(value), 9)
    return value.isoformat()
