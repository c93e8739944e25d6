"""A plan compiled for scheduling: items and links as integers in lists. Build it once per revision and keep it.

Every item is a node. A link drives its predecessor backwards only while that is an `alap` item that can still move;
otherwise it holds its successor, whatever `drives` says: others have to wait for an item that cannot move any more.
An `alap` item also has a second, early node: where it would be if only its own predecessors and constraint mattered.
Its successors wait for that one, so an item driven backwards can be late and still be waited for, without a circle.
A soft lag pushes nobody, but an item driven backwards aims for it, and so does one that is placed for the first time.
"""

from collections.abc import Sequence
from functools import cached_property
from typing import Protocol, TypeVar

from planning.plan.goods import is_receipt_of
from planning.plan.item import Item
from planning.plan.link import Drives, LagKind, Link
from planning.plan.plan import Plan
from planning.plan.timetable import Timetable
from planning.refusal import Refused
from planning.schedule.lag import Gap, gap_of, plain_gap
from planning.schedule.order import topological
from planning.schedule.placement import ALAP, ASAP, GONE, Seat, seat_of

Held = tuple[int, Gap]
"""The node at the other end, and the gap kept from it."""

NOBODY: Sequence[Held] = ()
NO_NODES: Sequence[int] = ()

T = TypeVar("T", covariant=True)


class ByNode(Protocol[T]):
    """A value of each node, by its number."""

    def __getitem__(self, node: int, /) -> T: ...


class Network:
    """Lists by node, read only, so that many may share one. Items come first, in the plan's order."""

    def __init__(self, plan: Plan, unplaced: frozenset[str] = frozenset()) -> None:
        """Compile; `unplaced` asap items also respect soft lags: a wish counts while nothing has been placed yet."""
        self.plan = plan
        self.timetable = Timetable(plan)
        self.items: list[Item] = list(plan.items.values())
        self.links: list[Link] = list(plan.links)
        self.index: dict[str, int] = {item.code: n for n, item in enumerate(self.items)}
        self.ends: list[tuple[int, int]] = [self._ends(link) for link in self.links]
        calendar_of = self.timetable.of
        self.seats: list[Seat] = [seat_of(item, calendar_of(item)) for item in self.items]
        self.start: list[int] = [seat.start for seat in self.seats]
        self.owner: list[int] = list(range(len(self.items)))
        """The item each node belongs to."""
        self.early: list[int] = [-1] * len(self.items)
        """The early node of each item; -1 without."""
        self._add_early_nodes()
        self.touching: list[Sequence[int]]
        """The numbers of the links at each item."""
        self.lows: list[Sequence[Held]]
        """The nodes that hold a node from below: its start is at least theirs plus the gap."""
        self.highs: list[Sequence[Held]]
        """The nodes an `alap` node has to be ready for: its start is at most theirs minus the gap."""
        self.out: list[Sequence[int]]
        """The nodes to look at again when this one moves."""
        self._wire({self.index[code] for code in unplaced})
        self.order = topological(self.out, self.code_of)
        """All nodes, each after those that influence it."""
        self.rank: list[int] = [0] * len(self.order)
        """Each node's place in that order; the ranks need not be dense."""
        for rank, node in enumerate(self.order):
            self.rank[node] = rank
        self.next_rank = len(self.order)
        self._place_early_nodes()
        self.latest: list[int] | None = None
        self.depth: list[int] = []
        self.promises = False
        """Filled by `planning.schedule.slack` when first asked for."""

    @classmethod
    def of(cls, plan: Plan) -> "Network":
        """Compile a plan. Refused("unknown-item") for a link's missing end, Refused("loop", path=…) for a circle."""
        return cls(plan)

    def code_of(self, node: int) -> str:
        return self.items[self.owner[node]].code

    @cached_property
    def members(self) -> dict[str, list[int]]:
        """The items of each product."""
        members: dict[str, list[int]] = {}
        for node, item in enumerate(self.items):
            if item.product:
                members.setdefault(item.product, []).append(node)
        return members

    @cached_property
    def receipts(self) -> dict[str, list[str]]:
        """The receipts of the goods of each purchase, by code; of those that have any."""
        found: dict[str, set[str]] = {}
        items = self.items
        for before, behind in self.ends:
            if is_receipt_of(items[behind], items[before]):
                found.setdefault(items[before].code, set()).add(items[behind].code)
        return {purchase: sorted(receipts) for purchase, receipts in found.items()}

    @cached_property
    def bought_by(self) -> dict[str, list[str]]:
        """The purchases whose goods each receipt is, by code; of those that are any's."""
        found: dict[str, list[str]] = {}
        for purchase in sorted(self.receipts):
            for receipt in self.receipts[purchase]:
                found.setdefault(receipt, []).append(purchase)
        return found

    @cached_property
    def holders(self) -> list[Sequence[int]]:
        """The numbers of the hard links into each item, whatever drives it."""
        found: list[list[int]] = [[] for _ in self.items]
        for number, (link, (_, successor)) in enumerate(zip(self.links, self.ends, strict=True)):
            if link.hard:
                found[successor].append(number)
        return [numbers or NO_NODES for numbers in found]

    @cached_property
    def steps(self) -> list[tuple[int, int, int, int, Sequence[Held]]]:
        """The values a full pass reads of each node that can move, side by side and in its order: twice as fast."""
        steps = []
        for node in self.order:
            _, _, _, hold, floor, due = self.seats[node]
            if hold >= ASAP:
                steps.append((node, hold, floor, due, self.lows[node]))
        return steps

    def _ends(self, link: Link) -> tuple[int, int]:
        try:
            return self.index[link.predecessor], self.index[link.successor]
        except KeyError as missing:
            raise Refused("unknown-item", item=missing.args[0]) from None

    def _add_early_nodes(self) -> None:
        for link, (predecessor, _) in zip(self.links, self.ends, strict=True):
            seat = self.seats[predecessor]
            if self.early[predecessor] < 0 and is_backward(link, seat):
                self.early[predecessor] = len(self.seats)
                self.owner.append(predecessor)
                self.seats.append(seat.early())
                self.start.append(self.seats[-1].start)

    def _place_early_nodes(self) -> None:
        for node in sorted(range(len(self.items), len(self.seats)), key=self.rank.__getitem__):
            bounds = [self.start[source] + gap for source, gap in self.lows[node]]
            self.start[node] = max([self.seats[node].floor, *bounds])

    def _wire(self, wishful: set[int]) -> None:
        count = len(self.seats)
        lows: list[list[Held]] = [[] for _ in range(count)]
        out: list[list[int]] = [[] for _ in range(count)]
        highs: dict[int, list[Held]] = {}
        touching: list[list[int]] = [[] for _ in self.items]
        seats, early = self.seats, self.early
        for number, (link, (predecessor, successor)) in enumerate(zip(self.links, self.ends, strict=True)):
            touching[predecessor].append(number)
            touching[successor].append(number)
            ends = seats[predecessor], seats[successor]
            if ends[0].hold == GONE or ends[1].hold == GONE:
                continue
            gap = gap_between(link, ends, self.timetable, ends[1].hold == ASAP and successor in wishful)
            source = predecessor
            if is_backward(link, ends[0]):
                wish = gap_between(link, ends, self.timetable, wish=True)
                highs.setdefault(predecessor, []).append((successor, wish))
                out[successor].append(predecessor)
                source = early[predecessor]
            for target in (successor, early[successor]):
                if target >= 0:
                    lows[target].append((source, gap))
                    if seats[target].hold >= ASAP:
                        out[source].append(target)
        # Empty lists weigh more than a shared empty tuple, and most nodes of a wide plan end somewhere.
        self.lows = [held or NOBODY for held in lows]
        self.out = [targets or NO_NODES for targets in out]
        self.highs = [highs.get(node, NOBODY) for node in range(count)]
        self.touching = [numbers or NO_NODES for numbers in touching]


def is_backward(link: Link, predecessor: Seat) -> bool:
    return predecessor.hold == ALAP and link.drives is Drives.PREDECESSOR


def gap_between(link: Link, ends: tuple[Seat, Seat], timetable: Timetable, wish: bool = False) -> Gap:
    """The gap a link keeps. A soft lag counts only as a wish; the order of its ends holds all the same."""
    lag = link.lag if link.hard or wish else min(link.lag, 0)
    predecessor, successor = ends
    same_days = predecessor.calendar is successor.calendar and not link.calendar
    if same_days and (lag == 0 or link.lag_kind is LagKind.WORKING):
        return plain_gap(link.kind, lag, predecessor.span, successor.span)
    if link.calendar:
        counted_in = timetable.named(link.calendar)
    else:
        counted_in = predecessor.calendar if link.drives is Drives.PREDECESSOR else successor.calendar
    calendars = predecessor.calendar, successor.calendar
    spans = predecessor.span, successor.span
    return gap_of(link, lag, calendars, spans, counted_in, is_backward(link, predecessor))
