"""A plan compiled for scheduling: items and links as integers in lists. Build it once per revision and keep it.

Every item is a node. A link drives its predecessor backwards only while that is an `alap` item that can still move;
otherwise it holds its successor, whatever `drives` says: what cannot move any more, others have to wait for.
An `alap` item also has a second, early node: where it would be if only its own predecessors and constraint mattered.
Its successors wait for that one, so an item driven backwards can be late and still be waited for, without a circle.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

from planning.calendar import ONE_DAY, WorkCalendar
from planning.item import Constraint, Item, Mode
from planning.lag import FOREVER, NEVER, Gap, gap_of
from planning.link import Drives, Link
from planning.order import topological
from planning.plan import Plan
from planning.refusal import Refused
from planning.timetable import Timetable

FIXED, ASAP, ALAP, EARLY, GONE = range(5)
"""How a node finds its place. GONE: a cancelled item, which neither moves nor holds anything."""

Held = tuple[int, Gap]
"""The node at the other end, and the gap kept from it."""


class Seat(NamedTuple):
    """What the network knows of one item."""

    calendar: WorkCalendar
    start: int
    span: int
    """Working days it holds: its duration, or for what is fixed the days between its own dates."""
    hold: int
    floor: int
    """No earlier than; NEVER without."""
    due: int
    """The latest start that keeps what was promised; FOREVER without."""


def seat_of(item: Item, calendar: WorkCalendar) -> Seat:
    hold = _hold_of(item)
    start = calendar.position(item.start)
    span = item.duration
    if hold == FIXED and span:
        span = max(calendar.position(item.finish + ONE_DAY) - start, 0)
    floor, due = NEVER, FOREVER
    if item.constraint_date is not None:
        if item.constraint is Constraint.START_NO_EARLIER_THAN:
            floor = calendar.position(item.constraint_date)
        elif item.constraint is Constraint.FINISH_NO_LATER_THAN:
            due = calendar.position(item.constraint_date + ONE_DAY) - max(span, 1)
    return Seat(calendar, start, span, hold, floor, due)


def _hold_of(item: Item) -> int:
    if item.status.is_over:
        return FIXED if item.status.has_started else GONE
    if item.status.has_started or item.mode is Mode.PINNED:
        return FIXED
    return ALAP if item.mode is Mode.ALAP else ASAP


class Nodes(Protocol):
    """What wiring needs to know of nodes: a whole network, or a draft over one."""

    @property
    def calendar(self) -> Sequence[WorkCalendar]: ...
    @property
    def span(self) -> Sequence[int]: ...
    @property
    def hold(self) -> Sequence[int]: ...
    @property
    def timetable(self) -> Timetable: ...


class Network:
    """Lists by node. Items come first, in the plan's order; read only, so many may share one."""

    def __init__(self, plan: Plan, unplaced: frozenset[str] = frozenset()) -> None:
        """`unplaced` items also respect soft lags: a wish counts while nothing has been placed yet."""
        self.plan = plan
        self.timetable = Timetable(plan)
        self.items: list[Item] = list(plan.items.values())
        self.links: list[Link] = list(plan.links)
        self.index: dict[str, int] = {item.code: n for n, item in enumerate(self.items)}
        self.calendar: list[WorkCalendar] = []
        self.start: list[int] = []
        self.span: list[int] = []
        self.hold: list[int] = []
        self.floor: list[int] = []
        self.due: list[int] = []
        self._seat_items()
        self.early: list[int] = [-1] * len(self.items)
        self.owner: list[int] = list(range(len(self.items)))
        self.wishful: frozenset[int] = frozenset(self.index[code] for code in unplaced)
        self.ends: list[tuple[int, int]] = [self._ends(link) for link in self.links]
        self._add_early_nodes()
        count = len(self.start)
        self.touching: list[list[int]] = [[] for _ in self.items]
        self.lows: list[list[Held]] = [[] for _ in range(count)]
        """Who holds a node from below: its start is at least theirs plus the gap."""
        self.highs: dict[int, list[Held]] = {}
        """Whom an `alap` node has to be ready for: its start is at most theirs minus the gap."""
        self.out: list[list[int]] = [[] for _ in range(count)]
        """The nodes to look at again when this one moves."""
        self._wire()
        self.order: list[int] = topological(self.out, self.code_of)
        self.rank: list[int] = [0] * count
        for rank, node in enumerate(self.order):
            self.rank[node] = rank

    @classmethod
    def of(cls, plan: Plan) -> "Network":
        """Compile a plan. Refused("unknown-item") for a link's missing end, Refused("loop", path=…) for a circle."""
        return cls(plan)

    def code_of(self, node: int) -> str:
        return self.items[self.owner[node]].code

    def _seat_items(self) -> None:
        of = self.timetable.of
        for item in self.items:
            calendar, start, span, hold, floor, due = seat_of(item, of(item))
            self.calendar.append(calendar)
            self.start.append(start)
            self.span.append(span)
            self.hold.append(hold)
            self.floor.append(floor)
            self.due.append(due)

    def _ends(self, link: Link) -> tuple[int, int]:
        try:
            return self.index[link.predecessor], self.index[link.successor]
        except KeyError as missing:
            raise Refused("unknown-item", item=missing.args[0]) from None

    def _add_early_nodes(self) -> None:
        for link, (predecessor, _) in zip(self.links, self.ends, strict=True):
            if is_backward(link, self.hold[predecessor]) and self.early[predecessor] < 0:
                self.early[predecessor] = len(self.start)
                self.owner.append(predecessor)
                self.calendar.append(self.calendar[predecessor])
                self.start.append(NEVER)
                self.span.append(self.span[predecessor])
                self.hold.append(EARLY)
                self.floor.append(self.floor[predecessor])
                self.due.append(FOREVER)

    def _wire(self) -> None:
        hold, early, lows, out = self.hold, self.early, self.lows, self.out
        for number, link in enumerate(self.links):
            predecessor, successor = self.ends[number]
            self.touching[predecessor].append(number)
            self.touching[successor].append(number)
            if hold[predecessor] == GONE or hold[successor] == GONE:
                continue
            gap = gap_between(self, link, predecessor, successor, successor in self.wishful)
            source = predecessor
            if is_backward(link, hold[predecessor]):
                self.highs.setdefault(predecessor, []).append((successor, gap))
                out[successor].append(predecessor)
                source = early[predecessor]
            for target in (successor, early[successor]):
                if target >= 0:
                    lows[target].append((source, gap))
                    if hold[target] != FIXED:
                        out[source].append(target)


def is_backward(link: Link, predecessor_hold: int) -> bool:
    return predecessor_hold == ALAP and link.drives is Drives.PREDECESSOR


def gap_between(nodes: Nodes, link: Link, predecessor: int, successor: int, wishful: bool = False) -> Gap:
    lag = link.lag if link.hard or wishful else min(link.lag, 0)
    calendars = nodes.calendar[predecessor], nodes.calendar[successor]
    if link.calendar:
        counted_in = nodes.timetable.named(link.calendar)
    else:
        counted_in = calendars[0] if link.drives is Drives.PREDECESSOR else calendars[1]
    return gap_of(link, lag, calendars, (nodes.span[predecessor], nodes.span[successor]), counted_in)


def codes(network: Network, nodes: Iterable[int]) -> list[str]:
    return [network.code_of(node) for node in nodes]
