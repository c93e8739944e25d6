"""The forecast: when each item will start and finish by what people report. Nothing of it is ever stored as the plan.

A push-only pass over hard links: pins and fences hold nobody back, running items move only by links into their finish,
and nobody is pulled.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil
from typing import NamedTuple

from planning.facts.planned import Planned
from planning.facts.progress import RATELESS, WHOLE, Progress
from planning.facts.relation import Dates, Relation, after, finish_from, moves_start, start_for
from planning.facts.report import BOOKS_NOTHING, COUNTS, NONE, Report
from planning.plan.calendar import ONE_DAY, WorkCalendar
from planning.plan.item import Item, Status
from planning.schedule.network import Network
from planning.schedule.order import reachable, topological_from

NOTHING = Fraction(0)
PRIOR_DAYS = 3
"""So many days of reports weigh as much as the plan."""


@dataclass(frozen=True, slots=True)
class Rate:
    """`worked` days until the last count, `pieces` a day as weighed with the plan's, `left` working days after
    `since`."""

    worked: int
    pieces: Fraction
    left: int
    since: date


class Forecast(NamedTuple):
    dates: Dates
    stated: Report | None = None
    """The newest word that states a finish; also where its day has passed."""
    computed: date | None = None
    """By the rate, where there is one."""
    unknown: bool = False
    """It should have come, and nobody has said when it will."""


def rate_of(progress: Progress, planned: Planned, calendar: WorkCalendar, prior_days: int = PRIOR_DAYS) -> Rate:
    """The observed rate gains weight as days pass. Without any report it is the planned one, and where nothing good was
    made and the plan is not to weigh."""
    start = progress.item.start
    whole = Fraction(progress.planned.quantity or 1)
    pieces = by_plan = Fraction(planned.quantity or 1) / max(planned.duration, 1)
    since, worked = after(calendar, calendar.on_or_after(start), -1), 0
    days = {one.day for one in progress.words if one.kind in COUNTS and one.day}
    if days:
        since = max(days)
        off = sum(not calendar.is_working(day) for day in days)
        worked = calendar.between(start, since + ONE_DAY) + off
        weight = Fraction(worked, worked + prior_days)
        pieces = weight * progress.done / worked + (1 - weight) * pieces
    left = ceil(max(whole - progress.done, Fraction(0)) / (pieces or by_plan))
    return Rate(worked, pieces or by_plan, left, since)


def stated_by(progress: Progress, calendar: WorkCalendar) -> tuple[Report, date] | None:
    """The newest word that states a finish, unless a later count replaced it; for what has no rate it stands through
    later arrivals."""
    counting = () if progress.item.type in RATELESS else COUNTS
    telling = [
        one for one in progress.words
        if one.kind in counting or (one.kind not in BOOKS_NOTHING and (one.expected or one.remaining_days is not None))
    ]  # fmt: skip
    if not telling or telling[-1].kind in counting:
        return None
    word = telling[-1]
    day = word.expected or after(calendar, word.day or progress.item.start, word.remaining_days or 0)
    return word, day


class Outlook:
    """Forecasts of a plan's items, each worked out when it is asked for: a question costs what it hangs on."""

    def __init__(
        self, network: Network, progress: Mapping[str, Progress], planned: Mapping[str, Planned], today: date,
        prior_days: int = PRIOR_DAYS,
    ) -> None:  # fmt: skip
        """`progress`, `planned`: of the items that were reported on; the others are as the plan says."""
        self._network, self._today, self._prior_days = network, today, prior_days
        self._progress, self._planned = progress, planned
        self._calendars = network.timetable
        self._of: dict[str, Forecast] = {}
        self._untouched: dict[str, Progress] = {}
        self._plain: dict[tuple[date, date], Forecast] = {}

    def updated(
        self, network: Network, progress: Mapping[str, Progress], planned: Mapping[str, Planned],
        changed: Collection[str],
    ) -> "Outlook":  # fmt: skip
        """The same day after some items have changed, or what was said of them: forecasts that do not hang on them are
        kept. The plan has the same items and links."""
        now = Outlook(network, progress, planned, self._today, self._prior_days)
        now._of, now._untouched, now._plain = self._of.copy(), self._untouched.copy(), self._plain
        for code in changed:
            now._untouched.pop(code, None)
        for code in now.behind(changed) if now._of else ():
            now._of.pop(code, None)
        return now

    def __getitem__(self, code: str) -> Forecast:
        known = self._of.get(code)
        if known is None:
            known = self._of[code] = self._plainly(code) or self._behind_others(code)
        return known

    def known(self, code: str) -> Forecast | None:
        """Its forecast where somebody has asked for it."""
        return self._of.get(code)

    def _plainly(self, code: str) -> Forecast | None:
        """Of what nothing pushes, comes without a rate and of which nobody has said when: its own dates, while they
        have not passed or it is over. Most of what is bought is so."""
        network, progress = self._network, self._progress.get(code)
        node = network.index[code]
        item = progress.item if progress else network.items[node]
        if item.type not in RATELESS or network.holders[node]:
            return None
        if item.finish < self._today and not item.status.is_over:
            return None
        if progress and any(one.expected or one.remaining_days is not None for one in progress.words):
            return None
        dates = item.start, item.finish
        known = self._plain.get(dates)
        if known is None:
            known = self._plain[dates] = Forecast(Dates(*dates))
        return known

    def _behind_others(self, code: str) -> Forecast:
        if not self._network.holders[self._network.index[code]]:
            return self._forecast(code)
        waiting = [code]
        while waiting:
            one = waiting[-1]
            before = [] if one in self._of else [other for other in self._before(one) if other not in self._of]
            if before:
                waiting += before
                continue
            waiting.pop()
            if one not in self._of:
                self._of[one] = self._forecast(one)
        return self._of[code]

    def _before(self, code: str) -> Iterator[str]:
        """Predecessors that still push."""
        network = self._network
        for number in network.holders[network.index[code]]:
            if self._pushes(number):
                yield network.items[network.ends[number][0]].code

    def behind(self, codes: Iterable[str]) -> list[str]:
        """The items, and all that hangs on them over hard links, in no order."""
        index, items = self._network.index, self._network.items
        return [items[node].code for node in reachable([index[one] for one in codes], self._followed_by)]

    def after(self, code: str) -> list[str]:
        """The item, and all that hangs on it over hard links, each after those that influence it."""
        index, items = self._network.index, self._network.items
        order = topological_from([index[code]], self._followed_by, self._network.code_of)
        return [items[node].code for node in order]

    def _followed_by(self, node: int) -> list[int]:
        network = self._network
        numbers = (number for number in network.touching[node] if network.ends[number][0] == node)
        return [network.ends[number][1] for number in numbers if network.links[number].hard]

    def item(self, code: str) -> Item:
        return self._network.items[self._network.index[code]]

    def said_of(self, code: str) -> Progress | None:
        """What was reported of an item; None: nothing."""
        return self._progress.get(code)

    def progress_of(self, code: str) -> Progress:
        known = self._progress.get(code) or self._untouched.get(code)
        if known is None:
            known = self._untouched[code] = untouched(self._network.items[self._network.index[code]])
        return known

    def planned_of(self, code: str) -> Planned:
        """The item as it was planned, below what was reported."""
        return self._planned.get(code) or as_it_is(self.item(code))

    def calendar_of(self, item: Item) -> WorkCalendar:
        return self._calendars.of(item)

    def relations_into(self, code: str) -> Iterator[Relation]:
        """Hard links into an item from what still pushes."""
        for number in self._network.holders[self._network.index[code]]:
            if self._pushes(number):
                yield self.relation(number)

    def relations_behind(self, code: str) -> Iterator[Relation]:
        """Hard links out of an item."""
        for number in self._links(code, end=0):
            if self._network.links[number].hard:
                yield self.relation(number)

    def _links(self, code: str, end: int) -> Iterator[int]:
        """Numbers of the links that the item begins (0) or ends (1)."""
        node = self._network.index[code]
        return (number for number in self._network.touching[node] if self._network.ends[number][end] == node)

    def _pushes(self, number: int) -> bool:
        predecessor = self._network.items[self._network.ends[number][0]]
        return self.progress_of(predecessor.code).item.status is not Status.CANCELLED

    def relation(self, number: int) -> Relation:
        """A link of the network, by its number."""
        network, link = self._network, self._network.links[number]
        predecessor, successor = (network.items[end] for end in network.ends[number])
        before, behind = self._calendars.of(predecessor), self._calendars.of(successor)
        counted_in = self._calendars.named(link.calendar) if link.calendar else behind
        return Relation(link, predecessor, successor, before, behind, counted_in)

    def _forecast(self, code: str) -> Forecast:
        progress = self.progress_of(code)
        item, calendar = progress.item, self._calendars.of(progress.item)
        dates = Dates(item.start, item.finish)
        if not progress.lives:
            return Forecast(dates)
        word = stated_by(progress, calendar)
        said = word[1] if word and word[1] >= self._today else None
        report = word[0] if word else None
        if item.type in RATELESS:
            if said:
                return Forecast(Dates(min(item.start, said), said), report)
            return self._brought(code, progress, report)
        if progress.begun:
            computed = self.computed(progress)
            finish = max([said or computed, *self._pushed(code, to_start=False)])
            return Forecast(Dates(item.start, finish), report, computed)
        pushed = self._behind(code, item, self._not_past(item))
        finish = max(pushed.finish, said or pushed.finish)
        return Forecast(Dates(pushed.start, finish), report)

    def computed(self, progress: Progress) -> date:
        calendar = self._calendars.of(progress.item)
        planned = self._planned.get(progress.item.code) or as_it_is(progress.planned)
        rate = rate_of(progress, planned, calendar, self._prior_days)
        return max(after(calendar, rate.since, rate.left), calendar.on_or_after(self._today))

    def _brought(self, code: str, progress: Progress, report: Report | None) -> Forecast:
        """What comes without a rate: when it is planned, or pushed to; tomorrow, unknown, where that has passed."""
        item = progress.item
        dates = Dates(item.start, item.finish)
        dates = dates if progress.begun else self._behind(code, item, dates)
        if dates.finish >= self._today:
            return Forecast(dates, report)
        return Forecast(Dates(dates.start, after(self._calendars.of(item), self._today)), report, unknown=True)

    def _not_past(self, item: Item) -> Dates:
        """A start that has passed counts from today."""
        if item.start >= self._today:
            return Dates(item.start, item.finish)
        calendar = self._calendars.of(item)
        start = calendar.on_or_after(self._today)
        return Dates(start, max(item.finish, finish_from(calendar, start, item.duration)))

    def _behind(self, code: str, item: Item, dates: Dates) -> Dates:
        """On those dates, or behind its predecessors' forecasts."""
        if not self._network.holders[self._network.index[code]]:
            return dates
        calendar = self._calendars.of(item)
        start = max([dates.start, *self._pushed(code, to_start=True)])
        finish = dates.finish if start == dates.start else max(
            dates.finish, finish_from(calendar, start, item.duration)
        )  # fmt: skip
        behind = max([finish, *self._pushed(code, to_start=False)])
        if behind == finish:
            return Dates(start, behind)
        return Dates(max(start, start_for(calendar, behind, item.duration)), behind)

    def _pushed(self, code: str, *, to_start: bool) -> list[date]:
        return [
            relation.allows(self._of[relation.predecessor.code].dates)
            for relation in self.relations_into(code)
            if moves_start(relation.link) is to_start
        ]


def untouched(item: Item) -> Progress:
    """Progress of an item that nobody has reported on."""
    over = item.status in (Status.DONE, Status.CLOSED)
    begun = item.status is Status.IN_PROGRESS
    return Progress(item, item, begun, NOTHING, WHOLE if over else NOTHING, NONE, NONE, False, ())


def as_it_is(item: Item) -> Planned:
    return Planned(item, item.quantity, item.duration)


def involved_in(network: Network, codes: Iterable[str], *, alone: bool = False) -> list[str]:
    """Items whose reports bear on the forecasts of these items and of all behind them; `alone`: of these only."""
    ends, touching, items = network.ends, network.touching, network.items
    starts = [network.index[code] for code in codes]
    behind = dict.fromkeys(starts, 0)
    if not alone:
        behind = reachable(starts, lambda node: [ends[n][1] for n in touching[node] if ends[n][0] == node])
    before = reachable(behind, lambda node: [ends[n][0] for n in touching[node] if ends[n][1] == node])
    return [items[node].code for node in before]
