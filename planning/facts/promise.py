"""What a forecast breaks: promises, and the dates of others that would have to move."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from planning.facts.forecast import Outlook
from planning.facts.relation import Dates, days_between, finish_from, is_milestone, moves_start, start_for
from planning.plan.item import Constraint, Item

PROMISED = ("sales_order", "delivery")
"""Types whose finish in a promise baseline is promised; of others only what must not finish later."""


@dataclass(frozen=True, slots=True)
class Broken:
    item: Item
    promised: date
    forecast: date


def promises(items: Iterable[Item], baseline: Mapping[str, date]) -> Mapping[str, date]:
    """Last days that were promised. `baseline`: each item's finish in the oldest promise baseline that has it."""
    found = {}
    for item in items:
        if item.constraint is Constraint.FINISH_NO_LATER_THAN and item.constraint_date:
            found[item.code] = item.constraint_date
        if item.code in baseline and is_promised_by_baseline(item):
            found[item.code] = baseline[item.code]
    return found


def is_promised_by_baseline(item: Item) -> bool:
    """Check whether its finish in a promise baseline is promised to somebody."""
    return is_milestone(item) or item.type in PROMISED


def broken(outlook: Outlook, promised: Mapping[str, date], among: Iterable[str]) -> list[Broken]:
    """Promises that the forecast does not keep, of what is not over."""
    found = []
    for code in among:
        progress, day = outlook.progress_of(code), promised.get(code)
        if day and progress.lives and outlook[code].dates.finish > day:
            found.append(Broken(progress.item, day, outlook[code].dates.finish))
    return found


def delta(outlook: Outlook, code: str) -> int:
    """Working days from the planned finish to the forecast; of what is over, from the finish it was planned for."""
    progress = outlook.progress_of(code)
    since = progress.item.finish if progress.lives or progress.item.status == "cancelled" else progress.planned.finish
    return days_between(outlook.calendar_of(progress.item), since, outlook[code].dates.finish)


def push(outlook: Outlook, code: str) -> Mapping[str, Dates]:
    """The other items that would have to move, were only this one to stand on its forecast and all others on their
    dates in the plan; nothing where it is not later than planned."""
    stands, planned = outlook[code].dates, outlook.progress_of(code).planned
    if delta(outlook, code) <= 0 and stands.start <= planned.start:
        return {}
    moved = {code: stands}
    for other in outlook.after(code):
        if other != code and outlook.progress_of(other).lives:
            own = outlook.progress_of(other).item
            to = _moved_to(outlook, moved, own)
            if to != Dates(own.start, own.finish):
                moved[other] = to
    return {other: dates for other, dates in moved.items() if other != code}


def _moved_to(outlook: Outlook, moved: Mapping[str, Dates], item: Item) -> Dates:
    start, finish = item.start, item.finish
    begun, calendar = outlook.progress_of(item.code).begun, outlook.calendar_of(item)
    for relation in outlook.relations_into(item.code):
        if relation.predecessor.code not in moved:
            continue
        to = relation.allows(moved[relation.predecessor.code])
        if moves_start(relation.link) and to > start and not begun:
            start, finish = to, max(finish, finish_from(calendar, to, item.duration))
        if not moves_start(relation.link) and to > finish:
            start, finish = start if begun else max(start, start_for(calendar, to, item.duration)), to
    return Dates(start, finish)
