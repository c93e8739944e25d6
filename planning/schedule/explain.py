"""Explanations of a line, and the links among changed items, for words and for pictures."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from planning.plan.impact import Impact, Line
from planning.plan.item import Item
from planning.plan.link import Drives, Link
from planning.plan.plan import Plan
from planning.plan.timetable import Timetable
from planning.schedule.lag import Gap
from planning.schedule.network import gap_between
from planning.schedule.placement import seat_of


@dataclass(frozen=True, slots=True)
class Step:
    """One item on the way from the cause to a line."""

    item: Item
    """The item as it would be."""
    line: Line | None
    """The line of its finish, or of its quantity on a quantity's way."""
    link: Link | None = None
    """The link from the step before; None for the cause."""
    absorbed: int = 0
    """Working days of the shift before that slack took up here."""


@dataclass(frozen=True, slots=True)
class Edge:
    """A link between two changed items; `critical` when the effect reached one of them through it."""

    link: Link
    critical: bool


def explain(plan: Plan, impact: Impact, item: str, field: str = "finish") -> tuple[Step, ...]:
    """The path of one line, from the item that was changed to `item`; empty when it has no such line.

    `plan` is the one the impact was computed on.
    """
    told = next((line for line in impact.lines if (line.item, line.field) == (item, field)), None)
    if told is None:
        return ()
    ways = _links_between(plan, impact, set(zip(told.path, told.path[1:], strict=False)))
    lines = {line.item: line for line in impact.lines if line.field == field}
    after = _After(plan, impact)
    steps: list[Step] = []
    for n, code in enumerate(told.path):
        link = after.holding(ways.get((told.path[n - 1], code), ())) if n else None
        shift = _days(lines.get(told.path[n - 1])) - _days(lines.get(code)) if n else 0
        steps.append(Step(after.item(code), lines.get(code), link, max(shift, 0)))
    return tuple(steps)


def edges(plan: Plan, impact: Impact) -> tuple[Edge, ...]:
    """The links among the changed items, for the picture of a change."""
    critical = {pair for line in impact.lines for pair in zip(line.path, line.path[1:], strict=False)}
    links = (*(link for link in plan.links if link not in impact.links_removed), *impact.links_added)
    among = (link for link in links if impact.changed.keys() >= set(link.ends))
    return tuple(Edge(link, bool({link.ends, link.ends[::-1]} & critical)) for link in among)


class _After:
    """The plan as it would be."""

    def __init__(self, plan: Plan, impact: Impact) -> None:
        self._plan, self._changed = plan, impact.changed
        self._timetable = Timetable(plan)

    def item(self, code: str) -> Item:
        return self._changed.get(code) or self._plan.items[code]

    def holding(self, links: Iterable[Link]) -> Link | None:
        """The link between two items that has no play left; without such a one, the first."""
        return min(links, key=self._play, default=None)

    def _play(self, link: Link) -> int:
        ends = [self.item(code) for code in link.ends]
        seats = [seat_of(item, self._timetable.of(item)) for item in ends]
        gap: Gap = gap_between(link, (seats[0], seats[1]), self._timetable, link.drives is Drives.PREDECESSOR)
        return abs(seats[1].start - (seats[0].start + gap))


def _links_between(
    plan: Plan, impact: Impact, pairs: set[tuple[str, str]]
) -> Mapping[tuple[str, str], list[Link]]:
    """The links that join each pair of path steps, in whichever direction."""
    found: dict[tuple[str, str], list[Link]] = {}
    for link in (*plan.links, *impact.links_added):
        for ends in (link.ends, link.ends[::-1]):
            if ends in pairs:
                found.setdefault(ends, []).append(link)
    return found


def _days(line: Line | None) -> int:
    return line.days or 0 if line else 0
