"""Propagation of starts: the full pass over a compiled plan, and the small one after a change."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from heapq import heapify, heappop, heappush

from planning.schedule.lag import FOREVER
from planning.schedule.network import Network
from planning.schedule.overlay import Draft
from planning.schedule.placement import ALAP, ASAP, EARLY

NOWHERE: Mapping[int, int] = {}
NODE_BITS = 30
NODE_MASK = (1 << NODE_BITS) - 1

def settle(network: Network, placed: Mapping[int, int] = NOWHERE, begin: Mapping[int, int] = NOWHERE) -> list[int]:
    """The start position of every node, each after those that influence it.

    `asap` nodes are pushed, never pulled: they stay where they are (`placed`, else the plan) unless something holds
    them later. `alap` nodes stand as late as the nodes they drive allow, in both directions. Everything else stays.
    `begin` says before when an early node may not begin. A position below NEVER / 2 means that nothing says where the
    node belongs.
    """
    start = network.start[:]
    for node, position in placed.items():
        start[node] = position
    highs = network.highs
    for node, hold, low, high, held in network.steps:
        for source, gap in held:
            at = start[source] + gap
            if at > low:
                low = at
        if hold == ASAP:
            if low > start[node]:
                start[node] = low
        elif hold == EARLY:
            start[node] = max(low, begin.get(node, low))
        else:
            for target, gap in highs[node]:
                at = start[target] - gap
                if at < high:
                    high = at
            wanted = high if high < FOREVER // 2 else start[node]
            start[node] = max(wanted, low)
    return start


def ripple(draft: Draft, today: date, pulled: Iterable[int] = (), by_hand: Collection[int] = ()) -> None:
    """Find the new starts of the nodes that move: those `settle` would give, looking only at the changes.

    Begins at the items put into the draft. A heap ordered by rank takes each node after all that influence it and stops
    where nothing moves. The nodes in `pulled` and those their moves bear on are pulled (联动): they go as early as
    their links and constraint allow, though not before today, unless they were placed `by_hand`.
    """
    network = draft.network
    base_start, base_seats, base_lows, base_out, base_rank = (
        network.start, network.seats, network.lows, network.out, network.rank
    )  # fmt: skip
    seats, lows, highs, out, rank = draft.seats.top, draft.lows.top, draft.highs, draft.out.top, draft.rank.top
    known = len(base_start)
    pulling = set(pulled)
    queued = draft.seeds()
    heap = [draft.rank[node] << NODE_BITS | node for node in queued]
    heapify(heap)
    moved = draft.moved
    while heap:
        node = heappop(heap) & NODE_MASK
        calendar, start, _, hold, low, high = seats[node] if node in seats else base_seats[node]
        if hold >= ASAP:
            for source, gap in lows[node] if node in lows else base_lows[node]:
                at = (moved[source] if source in moved else base_start[source]) + gap
                if at > low:
                    low = at
            if hold == ALAP:
                for target, gap in highs[node]:
                    at = (moved[target] if target in moved else base_start[target]) - gap
                    if at < high:
                        high = at
                if high < FOREVER // 2:
                    start = high
            elif hold == EARLY:
                start = low
            elif node in pulling and node not in by_hand:
                start = min(start, calendar.position(today))
            if low > start:
                start = low
        if node < known and start == base_start[node]:
            continue
        moved[node] = start
        targets = out[node] if node in out else base_out[node]
        if node in pulling:
            pulling.update(targets)
        for target in targets:
            if target not in queued:
                queued.add(target)
                heappush(heap, (rank[target] if target in rank else base_rank[target]) << NODE_BITS | target)
