"""The latest finish of each item with which every promise behind it is kept, durations and links as they are."""

from collections.abc import Mapping
from datetime import date, timedelta

from planning.facts.forecast import Outlook
from planning.facts.relation import Relation, after, days_between, finish_from, is_milestone, moves_start, start_for
from planning.plan.calendar import ONE_DAY
from planning.plan.item import Item
from planning.plan.link import LagKind, LinkKind
from planning.schedule.network import Network
from planning.schedule.order import topological_from


def latest_finishes(network: Network, outlook: Outlook, promised: Mapping[str, date]) -> Mapping[str, date]:
    """Only of what leads to a promise over hard links, or is promised itself. What is over passes nothing on, and the
    start of what runs moves no more."""
    index, items, ends, timetable = network.index, network.items, network.ends, network.timetable
    live = [code for code in promised if code in index and outlook.progress_of(code).lives]
    found = {code: timetable.of(items[index[code]]).on_or_before(promised[code]) for code in live}

    def before(node: int) -> list[int]:
        return [ends[number][0] for number in network.holders[node] if _lives(outlook, items[ends[number][0]].code)]

    for node in topological_from([index[code] for code in live], before, network.code_of):
        successor = items[node]
        own = found.get(successor.code)
        if own is None:
            continue
        evening = _evening_before(outlook, successor, own)
        for number in network.holders[node]:
            predecessor, link = items[ends[number][0]], network.links[number]
            if not _lives(outlook, predecessor.code):
                continue
            if link.kind is LinkKind.FS and not link.lag:  # nearly all of them
                latest = None if evening is None else timetable.of(predecessor).on_or_before(evening)
            else:
                latest = _latest_before(outlook.relation(number), own, evening, outlook)
            if latest is not None and (predecessor.code not in found or latest < found[predecessor.code]):
                found[predecessor.code] = latest
    return found


def slack(outlook: Outlook, latest: Mapping[str, date], code: str, finish: date | None = None) -> int | None:
    """Whole working days from the forecast finish (or from this one) to the latest, negative the other way round; None
    where nothing behind it is promised."""
    if code not in latest:
        return None
    calendar = outlook.calendar_of(outlook.progress_of(code).item)
    return days_between(calendar, finish or outlook[code].dates.finish, latest[code])


def _lives(outlook: Outlook, code: str) -> bool:
    said = outlook.said_of(code)
    return said.lives if said else not outlook.item(code).status.is_over


def _evening_before(outlook: Outlook, successor: Item, latest: date) -> date | None:
    """The last evening after which it can begin and finish by `latest`; None: its start moves no more."""
    if outlook.progress_of(successor.code).begun:
        return None
    start = start_for(outlook.calendar_of(successor), latest, successor.duration)
    return start if is_milestone(successor) else start - ONE_DAY


def _latest_before(relation: Relation, latest: date, evening: date | None, outlook: Outlook) -> date | None:
    """The predecessor's last finish with which the successor can finish by `latest`; None: any."""
    if not moves_start(relation.link):
        behind = relation.behind
        evening = after(behind, latest) - ONE_DAY if relation.stands_in_evening else latest
    return None if evening is None else _by_evening(relation, evening, outlook)


def _by_evening(relation: Relation, evening: date, outlook: Outlook) -> date | None:
    """The predecessor's last finish with which the lag is over by that evening."""
    link, before = relation.link, relation.before
    if link.lag_kind is LagKind.CALENDAR:
        last = evening - timedelta(link.lag)
    elif link.lag:
        counted = relation.counted_in
        last = counted.day(counted.position(evening + ONE_DAY) - link.lag) - ONE_DAY
    else:
        last = evening
    if relation.by_finish:
        return before.on_or_before(last)
    if outlook.progress_of(relation.predecessor.code).begun:
        return None
    is_over_before = link.kind is LinkKind.SF and link.lag_kind is LagKind.WORKING
    start = before.on_or_before(after(before, last) if is_over_before else last + ONE_DAY)
    return finish_from(before, start, relation.predecessor.duration)
