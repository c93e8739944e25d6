"""A network with some items and links changed, for a what-if: the network under it stays as it is."""

from collections.abc import Sequence
from typing import Generic, TypeVar

from planning.plan.item import Item
from planning.plan.link import Link
from planning.refusal import Refused
from planning.schedule.network import NO_NODES, NOBODY, Held, Network, gap_between, is_backward
from planning.schedule.order import topological_from
from planning.schedule.placement import ASAP, GONE, Seat, seat_of

T = TypeVar("T")


class Layer(Generic[T]):
    """A list seen through changes that are not written into it; costs the same however long the list is."""

    __slots__ = ("base", "top")

    def __init__(self, base: Sequence[T]) -> None:
        self.base = base
        self.top: dict[int, T] = {}

    def __getitem__(self, index: int, /) -> T:
        top = self.top
        return top[index] if index in top else self.base[index]

    def __setitem__(self, index: int, value: T, /) -> None:
        self.top[index] = value

    def flat(self, length: int) -> list[T]:
        """The list with the changes in it; what lies past its end must all have been set. Read only: without changes
        it is the list under it."""
        if not self.top and isinstance(self.base, list):
            return self.base
        flat = list(self.base)
        flat.extend(self.top[index] for index in range(len(flat), length))
        for index, value in self.top.items():
            flat[index] = value
        return flat


class Draft:
    """A draft: put items and links, `rewire`, propagate. Its cost grows with the changes, not with the plan."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self.timetable = network.timetable
        self.items: Layer[Item] = Layer(network.items)
        self.links: Layer[Link] = Layer(network.links)
        self.ends: Layer[tuple[int, int]] = Layer(network.ends)
        self.seats: Layer[Seat] = Layer(network.seats)
        self.owner: Layer[int] = Layer(network.owner)
        self.early: Layer[int] = Layer(network.early)
        self.touching: Layer[Sequence[int]] = Layer(network.touching)
        self.lows: Layer[Sequence[Held]] = Layer(network.lows)
        self.highs: Layer[Sequence[Held]] = Layer(network.highs)
        self.out: Layer[Sequence[int]] = Layer(network.out)
        self.rank: Layer[int] = Layer(network.rank)
        self.new: dict[str, int] = {}
        """Nodes of items the network does not have, by code."""
        self.edited: set[int] = set()
        """Items that were put, and both ends of links that came or went: where every effect begins."""
        self.wired: set[int] = set()
        """Items whose links were measured anew."""
        self.removed: list[int] = []
        """Numbers of links that went."""
        self.node_count = len(network.seats)
        self.link_count = len(network.links)
        self.next_rank = network.next_rank
        self.moved: dict[int, int] = {}
        """The new starts of the nodes that moved; `planning.schedule.propagate.ripple` fills it."""
        self._unmeasured: set[int] = set()

    def find(self, code: str) -> int | None:
        found = self.network.index.get(code)
        return self.new.get(code) if found is None else found

    def node_of(self, code: str) -> int:
        """The node of this code. Raises Refused("unknown-item")."""
        node = self.find(code)
        if node is None:
            raise Refused("unknown-item", item=code)
        return node

    def code_of(self, node: int) -> str:
        return self.items[self.owner[node]].code

    def start(self, node: int) -> int:
        """The start of the node once the draft is propagated."""
        moved = self.moved.get(node)
        return self.network.start[node] if moved is None else moved

    def put(self, item: Item) -> int:
        """Make this the item of its code, new or in place of the old one; gives its node."""
        seat = seat_of(item, self.timetable.of(item))
        node = self.find(item.code)
        if node is None:
            node = self.new[item.code] = self._new_node(seat)
            self.owner[node], self.early[node], self.touching[node] = node, -1, NO_NODES
        old, self.seats[node], self.items[node] = self.seats[node], seat, item
        if (old.calendar, old.span, old.hold, old.floor) != (seat.calendar, seat.span, seat.hold, seat.floor):
            self._unmeasured.add(node)
        self.edited.add(node)
        return node

    def add_link(self, link: Link) -> None:
        """Add a link. Raises Refused("unknown-item")."""
        number, ends = self.link_count, (self.node_of(link.predecessor), self.node_of(link.successor))
        self.link_count += 1
        self.links[number], self.ends[number] = link, ends
        for end in ends:
            self.touching[end] = (*self.touching[end], number)
        self._unmeasured.update(ends)
        self.edited.update(ends)

    def remove_link(self, number: int) -> None:
        ends = self.ends[number]
        for end in ends:
            self.touching[end] = [other for other in self.touching[end] if other != number]
        self.removed.append(number)
        self._unmeasured.update(ends)
        self.edited.update(ends)

    def links_of(self, node: int) -> list[Link]:
        return [self.links[number] for number in self.touching[node]]

    def successors(self, node: int) -> list[int]:
        """The items that depend on this one, whichever way their links drive, in the order of their codes."""
        return sorted((self.ends[n][1] for n in self.touching[node] if self.ends[n][0] == node), key=self.code_of)

    def rewire(self) -> None:
        """Measure the links around the items put. Raises Refused("loop", path=…) when influence runs in a circle."""
        around = set(self._unmeasured)
        for node in self._unmeasured:
            self._keep_early_node(node)
            for number in self.touching[node]:
                around.update(self.ends[number])
        for number in self.removed:
            around.update(self.ends[number])
        for node in around:
            self._wire(node)
        self.wired |= around
        self._unmeasured.clear()
        self._keep_order(around)

    def seeds(self) -> set[int]:
        """The nodes whose rules are no longer those of the network."""
        touched = self.edited | self.wired
        return touched | {self.early[node] for node in touched if self.early[node] >= 0}

    def influenced_by(self, node: int) -> list[int]:
        """The nodes an item's place and length bear on, its early node's included."""
        early = self.early[node]
        return [*self.out[node], *(self.out[early] if early >= 0 else ())]

    def _new_node(self, seat: Seat) -> int:
        node = self.node_count
        self.node_count += 1
        self.seats[node] = seat
        self.lows[node] = self.highs[node] = NOBODY
        self.out[node] = NO_NODES
        self.rank[node] = self.next_rank
        self.next_rank += 1
        return node

    def _keep_early_node(self, node: int) -> None:
        """An item driven backwards has one, of the same measures; others have none."""
        seat = self.seats[node]
        backward = (is_backward(link, seat) for link in self.links_of(node) if self.node_of(link.predecessor) == node)
        if not any(backward):
            self.early[node] = -1
            return
        early = self.early[node]
        if early < 0:
            early = self.early[node] = self._new_node(seat.early())
            self.owner[early] = node
        self.seats[early] = seat.early()

    def _wire(self, node: int) -> None:
        lows: list[Held] = []
        highs: list[Held] = []
        out: list[int] = []
        early_out: list[int] = []
        early, seats = self.early, self.seats
        for number in self.touching[node]:
            link, (predecessor, successor) = self.links[number], self.ends[number]
            ends = seats[predecessor], seats[successor]
            if ends[0].hold == GONE or ends[1].hold == GONE:
                continue
            gap = gap_between(link, ends, self.timetable)
            backward = is_backward(link, ends[0])
            if successor == node:
                lows.append((early[predecessor] if backward else predecessor, gap))
                if backward:
                    out.append(predecessor)
            else:
                if backward:
                    highs.append((successor, gap_between(link, ends, self.timetable, wish=True)))
                targets = (target for target in (successor, early[successor]) if target >= 0)
                (early_out if backward else out).extend(t for t in targets if seats[t].hold >= ASAP)
        self.lows[node], self.highs[node], self.out[node] = lows, highs, out
        if early[node] >= 0:
            self.lows[early[node]], self.out[early[node]] = lows, early_out

    def _keep_order(self, wired: set[int]) -> None:
        """Move all that comes after a link against the order to its end; there the order is found anew."""
        nodes = wired | {self.early[node] for node in wired if self.early[node] >= 0}
        rank = self.rank
        late = {target for node in nodes for target in self.out[node] if rank[target] <= rank[node]}
        if late:
            for node in topological_from(late, self.out.__getitem__, self.code_of):
                rank[node] = self.next_rank
                self.next_rank += 1
