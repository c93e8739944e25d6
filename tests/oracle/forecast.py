"""When each item will start and finish: the push-only pass over hard links from what the facts say."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil

from .progress import RATELESS, Facts, Progress
from .read import Item, Link
from .relation import Dates, allowed, moves_start


@dataclass(frozen=True, slots=True)
class Forecast:
    start: date
    finish: date
    unknown: bool = False

    @property
    def dates(self) -> Dates:
        return self.start, self.finish


@dataclass(frozen=True, slots=True)
class Rate:
    """Working days until the last count, pieces a day as weighed with the plan's, working days left after it."""

    worked: int
    pieces: Fraction
    left: int
    since: date


def rate(item: Item, progress: Progress, prior_days: Fraction) -> Rate:
    quantity, calendar = item.quantity or Fraction(1), item.calendar
    pieces, days = quantity / max(item.duration_days, 1), _measured(progress)
    worked, since = 0, calendar.after(calendar.not_before(progress.start), -1)
    if days:
        since = max(days)
        off = {day for day in days if not calendar.works(day)}
        worked = calendar.between(progress.start, since) + calendar.works(progress.start) + len(off)
        weight = worked / (worked + prior_days)
        pieces = weight * progress.done / worked + (1 - weight) * pieces
    left = max(quantity - progress.done, Fraction(0))
    return Rate(worked, pieces, ceil(left / pieces) if left else 0, since)


def _measured(progress: Progress) -> list[date]:
    return [word.day for word in progress.words if word.kind in ("quantity", "percent")]


def stated(item: Item, progress: Progress) -> date | None:
    """The finish that the newest word states; without a rate it stands through later counts."""
    counting = [] if item.type in RATELESS else ["quantity", "percent"]
    telling = [word for word in progress.words
               if word.kind in counting or word.expected or word.remaining_days is not None]
    if not telling or telling[-1].kind in counting:
        return None
    return telling[-1].expected or item.calendar.after(telling[-1].day, telling[-1].remaining_days or 0)


class Outlook:
    """Every item's forecast; pins and fences hold nobody back."""

    def __init__(self, facts: Facts) -> None:
        self.facts, self.prior_days = facts, Fraction(facts.company.settings.get("forecast.prior_days", 3))
        self.of: dict[str, Forecast] = {}
        for item in facts.company.in_order:
            self.of[item.code] = self._forecast(item, facts.of[item.code])

    def _forecast(self, item: Item, progress: Progress) -> Forecast:
        today, said = self.facts.today, stated(item, progress)
        said = said if said and said >= today else None
        if not progress.lives:
            return Forecast(*progress.dates)
        if item.type in RATELESS:
            if said:
                return Forecast(min(progress.start, said), said)
            stands = Forecast(*progress.dates) if progress.begun else self._pushed(item, item.start)
            return stands if stands.finish >= today else Forecast(stands.start, item.calendar.after(today), True)
        if progress.begun:
            finish = said or self.computed(item, progress)
            return Forecast(progress.start, max([finish, *self._pushes(item, to_start=False)]))
        start = item.start if item.start >= today else item.calendar.not_before(today)
        pushed = self._pushed(item, start)
        return Forecast(pushed.start, max(pushed.finish, said or pushed.finish))

    def computed(self, item: Item, progress: Progress) -> date:
        at = rate(item, progress, self.prior_days)
        return max(item.calendar.after(at.since, at.left), item.calendar.not_before(self.facts.today))

    def _pushed(self, item: Item, start: date) -> Forecast:
        """The item from that start on, or behind its predecessors' forecasts."""
        start = max([start, *self._pushes(item, to_start=True)])
        finish = item.finish if start == item.start else max(item.finish, item.finish_from(start))
        behind = max([finish, *self._pushes(item, to_start=False)])
        return Forecast(start if behind == finish else max(start, item.start_for(behind)), behind)

    def _pushes(self, item: Item, *, to_start: bool) -> list[date]:
        return [allowed(link, self.of[link.pred.code].dates) for link in self.facts.company.into[item.code]
                if moves_start(link) is to_start and pushes(self.facts, link)]


def pushes(facts: Facts, link: Link) -> bool:
    return link.hard != "no" and facts.of[link.pred.code].status != "cancelled"
