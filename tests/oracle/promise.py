"""What is promised, how much later an item may finish, and what its fact would move."""

from bisect import bisect_right
from datetime import date

from .forecast import Outlook, pushes
from .progress import Facts
from .read import Dates, Item, Link
from .relation import allowed, moves_start

Days = dict[str, date]


def promised_by(facts: Facts, *, customer: bool) -> Days:
    """Each item's finish in the oldest promise baseline that has it, or as last agreed with the customer."""
    rows = [row for row in facts.company.promises if facts.company.instant(row["at"]) <= facts.now]
    rows = [row for row in (rows if customer else rows[::-1]) if (row["source"] == "customer") is customer]
    return {row["item"]: date.fromisoformat(row["finish"]) for row in rows}


def promises(facts: Facts) -> Days:
    oldest, found = promised_by(facts, customer=False), Days()
    for code, item in facts.company.items.items():
        if item.row.get("constraint") == "finish_no_later_than":
            found[code] = date.fromisoformat(item.row["constraint_date"])
        if code in oldest and (item.milestone or item.type in ("sales_order", "delivery")):
            found[code] = oldest[code]
    return found | promised_by(facts, customer=True)


def latest_finishes(facts: Facts, promised: Days) -> Days:
    """The last working day with which every promise downstream is kept; nothing where nothing is promised."""
    latest = Days()
    for item in reversed(facts.company.in_order):
        ends = [_last_day(link, latest[link.succ.code]) for link in facts.company.out_of[item.code]
                if link.succ.code in latest and _binds(facts, link)]
        ends += [item.calendar.not_after(promised[item.code])] if item.code in promised else []
        if ends and facts.of[item.code].lives:
            latest[item.code] = min(ends)
    return latest


def _binds(facts: Facts, link: Link) -> bool:
    """Whether the predecessor's finish can still move the successor."""
    stands = facts.of[link.succ.code].begun and moves_start(link)
    return pushes(facts, link) and not stands and not (facts.of[link.pred.code].begun and link.kind in ("SS", "SF"))


def _last_day(link: Link, latest: date) -> date:
    bound = link.succ.start_for(latest) if moves_start(link) else latest
    days, room = link.pred.calendar.days, link.pred.duration_days + abs(link.lag_days) + 15
    near = bisect_right(days, bound)
    return days[bisect_right(days, bound, max(near - room, 0), min(near + room, len(days)),
                             key=lambda day: allowed(link, Dates(link.pred.start_for(day), day))) - 1]


def delta(outlook: Outlook, item: Item) -> int:
    """Working days from the planned finish to the forecast; of what is over, from the finish it was planned for."""
    progress = outlook.facts.of[item.code]
    return item.calendar.between(item.finish if progress.over else progress.dates.finish, outlook.of[item.code].finish)


def push(outlook: Outlook, item: Item) -> list[str]:
    """The other items that would have to move, were only this one to stand where its forecast is."""
    facts, moved = outlook.facts, {item.code: outlook.of[item.code]}
    late = delta(outlook, item) > 0 or moved[item.code].start > item.start
    for other in facts.company.in_order if late else ():
        to = _moved_to(facts, moved, other)
        if other.code != item.code and facts.of[other.code].lives and to != facts.of[other.code].dates:
            moved[other.code] = to
    return sorted(set(moved) - {item.code})


def _moved_to(facts: Facts, moved: dict[str, Dates], item: Item) -> Dates:
    own = facts.of[item.code]
    start, finish = own.dates
    for link in facts.company.into[item.code]:
        if link.pred.code in moved and pushes(facts, link):
            to = allowed(link, moved[link.pred.code])
            if moves_start(link) and to > start and not own.begun:
                start, finish = to, max(finish, item.finish_from(to))
            if not moves_start(link) and to > finish:
                start, finish = start if own.begun else max(start, item.start_for(to)), to
    return Dates(start, finish)
