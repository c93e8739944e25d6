"""When each item will start and finish: the push-only pass over hard links from what the facts say."""

from datetime import date
from fractions import Fraction
from math import ceil
from typing import NamedTuple

from .progress import RATELESS, Facts, Progress
from .read import NOTHING, Dates, Item, Link
from .relation import allowed, moves_start


class Rate(NamedTuple):
    """Working days until the last count, pieces a day as weighed with the plan's, working days left after it."""

    worked: int
    pieces: Fraction
    left: int
    since: date


def rate(item: Item, progress: Progress, prior_days: Fraction) -> Rate:
    quantity, calendar, start = item.quantity or Fraction(1), item.calendar, progress.dates.start
    pieces, worked, since = quantity / max(item.duration_days, 1), 0, calendar.after(calendar.not_before(start), -1)
    days = {word.day for word in progress.words if word.kind in ("quantity", "percent")}
    if days:
        since = max(days)
        off = [day for day in days if not calendar.works(day)]
        worked = calendar.between(start, since) + calendar.works(start) + len(off)
        weight = worked / (worked + prior_days)
        pieces = weight * progress.done / worked + (1 - weight) * pieces
    return Rate(worked, pieces, ceil(max(quantity - progress.done, NOTHING) / pieces), since)


def stated(item: Item, progress: Progress) -> date | None:
    """The finish that the newest word states; without a rate it stands through later counts."""
    counting = [] if item.type in RATELESS else ["quantity", "percent"]
    telling = [w for w in progress.words if w.kind in counting or w.expected or w.remaining_days is not None]
    if not telling or telling[-1].kind in counting:
        return None
    return telling[-1].expected or item.calendar.after(telling[-1].day, telling[-1].remaining_days or 0)


def pushes(facts: Facts, link: Link) -> bool:
    return link.hard != "no" and facts.of[link.pred.code].status != "cancelled"


class Outlook:
    """Every item's forecast; pins and fences hold nobody back."""

    def __init__(self, facts: Facts) -> None:
        self.facts, self.prior_days = facts, Fraction(facts.company.settings.get("forecast.prior_days", 3))
        self.of: dict[str, Dates] = {}
        self.unknown: set[str] = set()
        for item in facts.company.in_order:
            self.of[item.code] = self._forecast(item, facts.of[item.code])

    def _forecast(self, item: Item, progress: Progress) -> Dates:
        today, said, start = self.facts.today, stated(item, progress), progress.dates.start
        said = said if said and said >= today else None
        if not progress.lives:
            return progress.dates
        if item.type in RATELESS:
            return Dates(min(start, said), said) if said else self._brought(item, progress)
        if progress.begun:
            return Dates(start, max([said or self.computed(item, progress), *self._pushes(item, to_start=False)]))
        pushed = self._pushed(item, item.not_past(today))
        return Dates(pushed.start, max(pushed.finish, said or pushed.finish))

    def computed(self, item: Item, progress: Progress) -> date:
        at = rate(item, progress, self.prior_days)
        return max(item.calendar.after(at.since, at.left), item.calendar.not_before(self.facts.today))

    def _brought(self, item: Item, progress: Progress) -> Dates:
        dates = progress.dates if progress.begun else self._pushed(item, progress.dates)
        if dates.finish >= self.facts.today:
            return dates
        self.unknown.add(item.code)
        return Dates(dates.start, item.calendar.after(self.facts.today))

    def _pushed(self, item: Item, dates: Dates) -> Dates:
        """The item on those dates, or behind its predecessors' forecasts."""
        start = max([dates.start, *self._pushes(item, to_start=True)])
        finish = dates.finish if start == dates.start else max(dates.finish, item.finish_from(start))
        behind = max([finish, *self._pushes(item, to_start=False)])
        return Dates(start if behind == finish else max(start, item.start_for(behind)), behind)

    def _pushes(self, item: Item, *, to_start: bool) -> list[date]:
        return [allowed(link, self.of[link.pred.code]) for link in self.facts.company.into[item.code]
                if moves_start(link) is to_start and pushes(self.facts, link)]
