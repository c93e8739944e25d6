"""Where everything comes to stand: the full pass over a compiled plan."""

from collections.abc import Mapping

from planning.lag import FOREVER
from planning.network import ALAP, ASAP, EARLY, Network


def settle(network: Network, placed: Mapping[int, int] | None = None) -> list[int]:
    """The start position of every node, each after those that influence it.

    `asap` nodes are pushed, never pulled: they stay where they are (`placed`, else the plan) unless something holds
    them later. `alap` nodes stand as late as what they drive allows, in both directions. Everything else stays.
    A position below NEVER / 2 means that nothing says where the node belongs.
    """
    start = network.start[:]
    for node, position in (placed or {}).items():
        start[node] = position
    hold, floor, due, lows, highs = network.hold, network.floor, network.due, network.lows, network.highs
    for node in network.order:
        kind = hold[node]
        if kind != ASAP and kind != ALAP and kind != EARLY:
            continue
        low = floor[node]
        for source, gap in lows[node]:
            at = start[source] + gap
            if at > low:
                low = at
        if kind == ASAP:
            if low > start[node]:
                start[node] = low
            continue
        if kind == EARLY:
            start[node] = low
            continue
        high = due[node]
        for target, gap in highs.get(node, ()):
            at = start[target] - gap
            if at < high:
                high = at
        wanted = high if high < FOREVER // 2 else start[node]
        start[node] = max(wanted, low)
    return start
