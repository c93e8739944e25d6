"""Time fences: the settled parts of a plan, and those of them a change would touch (docs/rules.md, I7).

Frozen is derived from fences and today's date, never stored. Nothing here reads a clock: `today` is an argument.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from planning.plan.calendar import ONE_DAY, WorkCalendar
from planning.plan.impact import Impact
from planning.plan.item import Item, Status
from planning.plan.plan import Plan
from planning.plan.timetable import Timetable
from planning.schedule.placement import seat_of


class Zone(StrEnum):
    """The firmness of an item: frozen > slushy > liquid (demand and planning time fences of APICS)."""

    LIQUID = "liquid"
    SLUSHY = "slushy"
    FROZEN = "frozen"

    @property
    def rank(self) -> int:
        return list(Zone).index(self)


class FenceKind(StrEnum):
    ROLLING = "rolling"
    """From so many working days before an item's start on."""
    STATUS = "status"
    """While an item's status is one of these."""
    WINDOW = "window"
    """Wholly or in part between two dates (a promotion, stocktaking, the month's end), until the last of them has
    passed."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The items a fence is about. An empty tuple: all of them; of several kinds each must fit."""

    types: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    products: tuple[str, ...] = ()

    def holds(self, item: Item) -> bool:
        asked = ((self.types, item.type), (self.departments, item.department), (self.products, item.product))
        return all(not wanted or found in wanted for wanted, found in asked)


@dataclass(frozen=True, slots=True)
class Fence:
    """A fence: `days` of a rolling one, `statuses` of one by status, `first` and `last` (both inclusive) of a window.

    `approvals` is its approval profile: department ids, or `role:<role>`. Each of them has to approve a change inside
    the fence. A frozen fence without any lets nothing through; a slushy one without any only shows.
    """

    id: str
    name: str
    kind: FenceKind
    zone: Zone = Zone.FROZEN
    scope: Scope = Scope()
    days: int = 0
    statuses: tuple[Status, ...] = ()
    first: date = date.min
    last: date = date.max
    approvals: tuple[str, ...] = ()

    @property
    def only_shows(self) -> bool:
        """True for a fence that neither refuses nor asks anybody."""
        return self.zone is not Zone.FROZEN and not self.approvals

    def holds(self, item: Item, today: date, calendar: WorkCalendar) -> bool:
        """True for an item that is inside as it stands. One that is over (done, closed, cancelled) is inside none."""
        if item.status.is_over or not self.scope.holds(item):
            return False
        match self.kind:
            case FenceKind.ROLLING:
                return calendar.between(today, item.start) <= self.days
            case FenceKind.STATUS:
                return item.status in self.statuses
            case FenceKind.WINDOW:
                return today <= self.last and item.start <= self.last and item.finish >= self.first

    def earliest_outside(self, today: date, calendar: WorkCalendar) -> date | None:
        """The first start at which an item is outside; None: no date helps, its status keeps it inside."""
        match self.kind:
            case FenceKind.ROLLING:
                return calendar.add(calendar.on_or_after(today), self.days + 1)
            case FenceKind.STATUS:
                return None
            case FenceKind.WINDOW:
                return calendar.on_or_after(self.last + ONE_DAY) if self.last < date.max else None


@dataclass(frozen=True, slots=True)
class Breach:
    """An item inside a fence, as it stands or as it would stand, that a change touches."""

    fence: str
    name: str
    zone: Zone
    approvals: tuple[str, ...]
    item: str
    title: str
    earliest: date | None = None
    """The first start with which it would be inside no fence that asks or refuses; None: no date takes it out."""
    stands: bool = False
    """True for one inside those fences by its present dates: whatever the new ones, that fence has its say."""


def zone_of(item: Item, fences: Iterable[Fence], today: date, calendar: WorkCalendar) -> Zone:
    """The firmest zone the item is in. `calendar` is the one its working days are counted in, `today` a local date."""
    zones = (fence.zone for fence in fences if fence.holds(item, today, calendar))
    return max(zones, key=lambda zone: zone.rank, default=Zone.LIQUID)


def breaches(impact: Impact, plan: Plan, fences: Sequence[Fence], today: date) -> tuple[Breach, ...]:
    """Every fence each changed item is inside, before the change or after it; by item, firmest first. Items asked
    for go before those they move.

    An impact read back from storage does not know its changed items: assess it again first.
    """
    if not fences:
        return ()
    timetable = Timetable(plan)
    found: list[Breach] = []
    asked = {line.item for line in impact.lines if len(line.path) < 2}
    for code in sorted(impact.changed, key=lambda code: code not in asked):
        after = impact.changed[code]
        sides = [item for item in (plan.items.get(code), after) if item is not None]
        found += _of_item(sides, fences, today, timetable.of(after))
    return tuple(found)


def _of_item(sides: list[Item], fences: Sequence[Fence], today: date, calendar: WorkCalendar) -> list[Breach]:
    hit = [fence for fence in fences if any(fence.holds(item, today, calendar) for item in sides)]
    if not hit:
        return []
    item, firm = sides[-1], [fence for fence in fences if not fence.only_shows]
    by_date = (fence for fence in firm if fence.kind is not FenceKind.STATUS)
    stands = len(sides) > 1 and any(fence.holds(sides[0], today, calendar) for fence in by_date)
    earliest = None if stands else _first_start(item, firm, today, calendar)
    hit.sort(key=lambda fence: -fence.zone.rank)
    return [Breach(f.id, f.name, f.zone, f.approvals, item.code, item.title, earliest, stands) for f in hit]


def _first_start(item: Item, fences: Sequence[Fence], today: date, calendar: WorkCalendar) -> date | None:
    """The first start, not before its own, that takes it out of all of them: one may end inside the next."""
    span = seat_of(item, calendar).span
    while fence := next((fence for fence in fences if fence.holds(item, today, calendar)), None):
        start = fence.earliest_outside(today, calendar)
        if start is None or start <= item.start:
            return None
        item = replace(item, start=start, finish=calendar.finish_of(start, span))
    return item.start


def closed(found: Iterable[Breach]) -> Iterator[Breach]:
    """The breaches nobody can let through."""
    return (breach for breach in found if breach.zone is Zone.FROZEN and not breach.approvals)


def special_approvals(found: Iterable[Breach]) -> tuple[str, ...]:
    """Everybody whose special approval these need, each once, in the order of the fences."""
    return tuple(dict.fromkeys(who for breach in found for who in breach.approvals))
