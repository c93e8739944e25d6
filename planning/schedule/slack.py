"""Slack: the working days an item can slip before something promised behind it is late.

A promise is a finish_no_later_than. The latest start of an item keeps all promises it leads to over links of either
direction, counting pinned items like those that can still move; a done or cancelled one passes nothing on. It does
not depend on where the items stand, so a mere move changes no latest start: its slack is the distance to it.
"""

from heapq import heapify, heappop, heappush

from planning.schedule.lag import FOREVER
from planning.schedule.network import Network, gap_between
from planning.schedule.overlay import Draft
from planning.schedule.placement import GONE


def latest_starts(network: Network) -> list[int]:
    """The latest start of each item that keeps every promise; FOREVER without one. Computed once per network."""
    if network.latest is None:
        network.latest, network.depth = _from_the_ends(network)
        network.promises = min(network.latest, default=FOREVER) < FOREVER
    return network.latest


def _from_the_ends(network: Network) -> tuple[list[int], list[int]]:
    """The latest starts, and how early each item is reached when walking back from the last ones."""
    items, owner, lows = network.items, network.owner, network.lows
    latest = [FOREVER if item.status.is_over else seat.due for item, seat in zip(items, network.seats, strict=False)]
    depth = [0] * len(items)
    if min(latest, default=FOREVER) == FOREVER:
        return latest, depth
    waiting = [0] * len(items)
    for node in range(len(items)):
        for source, _ in lows[node]:
            waiting[owner[source]] += 1
    order = [node for node, successors in enumerate(waiting) if not successors]
    for node in order:
        depth[node] = len(order)
        bound = FOREVER if items[node].status.is_over else latest[node]
        for source, gap in lows[node]:
            item = owner[source]
            if bound < FOREVER and bound - gap < latest[item]:
                latest[item] = bound - gap
            waiting[item] -= 1
            if not waiting[item]:
                order.append(item)
    told = [FOREVER if item.status.is_over else start for item, start in zip(items, latest, strict=True)]
    return told, depth


class Slacks:
    """Slack by item, before and after a draft; looks only at the items that lead to changed measures and promises."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._latest = latest_starts(draft.network)
        self._changed: dict[int, int] = {}
        if draft.network.promises or any(draft.seats[node].due < FOREVER for node in draft.edited):
            self._spread()

    def before(self, node: int) -> int | None:
        if node >= len(self._latest) or self._latest[node] >= FOREVER:
            return None
        return self._latest[node] - self._draft.network.start[node]

    def after(self, node: int) -> int | None:
        latest = self._of(node)
        return None if latest >= FOREVER else latest - self._draft.start(node)

    def turned_negative(self) -> list[int]:
        """Items that kept every promise before and no longer do."""
        touched = {*self._changed, *(node for node in self._draft.moved if self._draft.owner[node] == node)}
        return [node for node in touched if (self.before(node) or 0) >= 0 > (self.after(node) or 0)]

    def latest(self) -> list[int]:
        """The latest start of every item of the network, with the draft's changes."""
        latest = self._latest[:]
        for node, start in self._changed.items():
            latest[node] = start
        return latest

    def _of(self, node: int) -> int:
        if node in self._changed:
            return self._changed[node]
        return self._latest[node] if node < len(self._latest) else FOREVER

    def _spread(self) -> None:
        draft, depth = self._draft, self._draft.network.depth
        waiting = draft.edited | draft.wired
        heap = [(depth[node] if node < len(depth) else 0, node) for node in waiting]
        heapify(heap)
        while heap:
            _, node = heappop(heap)
            waiting.discard(node)
            latest = self._computed(node)
            if latest == self._of(node):
                continue
            self._changed[node] = latest
            for source, _ in draft.lows[node]:
                item = draft.owner[source]
                if item not in waiting:
                    waiting.add(item)
                    heappush(heap, (depth[item] if item < len(depth) else 0, item))

    def _computed(self, node: int) -> int:
        draft = self._draft
        seat = draft.seats[node]
        if draft.items[node].status.is_over:
            return FOREVER
        latest = seat.due
        for number in draft.touching[node]:
            predecessor, successor = draft.ends[number]
            bound = self._of(successor)
            ends = seat, draft.seats[successor]
            if predecessor == node and bound < FOREVER and ends[1].hold != GONE:
                latest = min(latest, bound - gap_between(draft.links[number], ends, draft.timetable))
        return latest
