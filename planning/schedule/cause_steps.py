"""The steps from a cause to a line of an impact, each with the link that passed the move on."""

from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from planning.plan.impact import Impact, Line
from planning.plan.item import Item, Status
from planning.plan.link import Link, LinkKind
from planning.plan.plan import Plan
from planning.plan.timetable import Timetable
from planning.schedule.lag import Gap
from planning.schedule.network import gap_between
from planning.schedule.placement import Seat, seat_of

DATES = ("start", "finish")
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Step:
    """One item on the way. `field` is its part that matters to the next one: start, finish or quantity mostly; empty
    when the change went through it without moving it. `before`, `after` and `days` are those of the impact's line.
    """

    item: str
    title: str
    field: str = ""
    before: str = ""
    after: str = ""
    days: int | None = None
    link: Link | None = None
    """The link from the item before; None: it is the cause, or the plan has that link no more."""
    backwards: bool = False
    """The link drives its predecessor: this item has to be ready for the one before it on the way."""
    absorbed: int = 0
    """Working days of a delay that the room between the two items took up."""
    released: bool = False
    """The item before is cancelled: the link between them holds nothing any more."""


class Passing:
    """The ways of one impact through the links of the plan it was computed on, or of a later revision of it."""

    def __init__(self, plan: Plan, impact: Impact) -> None:
        self._plan = plan
        self._timetable = Timetable(plan)
        self._lines: dict[str, dict[str, Line]] = {}
        for line in impact.lines:
            self._lines.setdefault(line.item, {})[line.field] = line
        self.pairs: frozenset[Pair] = frozenset(pair for line in impact.lines for pair in pairwise(line.path))
        """Each two items of which the first moved the second."""
        self._between: dict[Pair, list[Link]] = {}
        for link in (*plan.links, *impact.links_added):
            for pair in (link.ends, link.ends[::-1]):
                if pair in self.pairs:
                    self._between.setdefault(pair, []).append(link)

    def steps(self, line: Line) -> tuple[Step, ...]:
        """The steps from the cause to the line, both included; one when the item itself was changed."""
        path = line.path or (line.item,)
        links = [None, *(self.carrier(*pair) for pair in pairwise(path))]
        steps = []
        for number, code in enumerate(path):
            onward = links[number + 1] if number + 1 < len(links) else None
            field = _leaving(onward, code) if onward and line.field != "quantity" else line.field
            steps.append(self._step(code, field, links[number]))
        return tuple(steps)

    def arrival(self, source: str, target: str) -> Step:
        """The second of a pair as the change of the first reached it."""
        link = self.carrier(source, target)
        step = self._step(target, "start", link)
        return step if step.field else self._step(target, "quantity", link)

    def carrier(self, source: str, target: str) -> Link | None:
        """The link between two items on the way, either way round, that holds the target where it stands.

        None when the plan has no such link, as where a very long path was shortened.
        """
        links = self._between.get((source, target), ())
        return min(links, key=lambda link: (self._looseness(link), link.kind, link.lag), default=None)

    def _step(self, code: str, field: str, link: Link | None) -> Step:
        found = self._line(code, field, of_cause=link is None)
        backwards = link is not None and link.predecessor == code
        released = link is not None and self._is_cancelled(link.successor if backwards else link.predecessor)
        if found is None:
            item = self._plan.items.get(code)
            return Step(code, item.title if item else "", link=link, backwards=backwards, released=released)
        pushed = link is not None and not backwards and not released and (found.days or 0) > 0
        absorbed = self._room(link) if pushed and link and self._looseness(link) == 0 else 0
        told = found.title, found.field, found.before, found.after, found.days
        return Step(code, *told, link, backwards, absorbed, released)

    def _is_cancelled(self, code: str) -> bool:
        return self._value(code, "status", "after") == Status.CANCELLED

    def _line(self, code: str, field: str, of_cause: bool) -> Line | None:
        """The line of this field, or else of the other date; of a cause whichever there is."""
        lines = self._lines.get(code, {})
        instead = lines if of_cause else DATES if field in DATES else ()
        return lines.get(field) or next((lines[other] for other in instead if other in lines), None)

    def _room(self, link: Link) -> int:
        """The successor's working days of room before the change, after its earliest moment."""
        ends = self._ends(link, "before")
        return max(0, ends[1].start - (ends[0].start + self._gap(link, ends))) if ends else 0

    def _looseness(self, link: Link) -> int:
        """The play of the link after the change; 0 holds."""
        ends = self._ends(link, "after")
        return abs(ends[1].start - (ends[0].start + self._gap(link, ends))) if ends else 0

    def _gap(self, link: Link, ends: tuple[Seat, Seat]) -> Gap:
        return gap_between(link, ends, self._timetable, wish=True)

    def _ends(self, link: Link, when: str) -> tuple[Seat, Seat] | None:
        """The places of both before or after the change; None when one of them is not in the plan (yet)."""
        items = [self._as_of(code, when) for code in link.ends]
        seats = [seat_of(item, self._timetable.of(item)) for item in items if item]
        return (seats[0], seats[1]) if len(seats) == 2 else None

    def _as_of(self, code: str, when: str) -> Item | None:
        item = self._plan.items.get(code)
        if item is None:
            return None
        start, finish, duration = (self._value(code, field, when) for field in (*DATES, "duration"))
        return replace(
            item,
            start=date.fromisoformat(start) if start else item.start,
            finish=date.fromisoformat(finish) if finish else item.finish,
            duration=int(duration) if duration else item.duration,
        )

    def _value(self, code: str, field: str, when: str) -> str:
        line = self._lines.get(code, {}).get(field)
        return getattr(line, when) if line else ""


def _leaving(link: Link, code: str) -> str:
    """The date of this end of the link that the other end goes by."""
    finishing = (LinkKind.FS, LinkKind.FF) if link.predecessor == code else (LinkKind.FF, LinkKind.SF)
    return "finish" if link.kind in finishing else "start"
