"""The reach of an item: the items it waits for, and those that wait for it."""

from collections.abc import Iterable

from planning.schedule.network import Network


def upstream(codes: Iterable[str], network: Network) -> set[str]:
    """Everything these items hang on."""
    return _reach(codes, network, forward=False)


def downstream(codes: Iterable[str], network: Network) -> set[str]:
    """Everything that hangs on these items."""
    return _reach(codes, network, forward=True)


def _reach(codes: Iterable[str], network: Network, forward: bool) -> set[str]:
    """Walk the links from one end to the other; plain indices, as a chain may have ten thousands of items."""
    touching, ends = network.touching, network.ends
    here, there = (0, 1) if forward else (1, 0)
    found: set[int] = set()
    waiting = [network.index[code] for code in codes if code in network.index]
    while waiting:
        node = waiting.pop()
        for link in touching[node]:
            both = ends[link]
            if both[here] == node and (other := both[there]) not in found:
                found.add(other)
                waiting.append(other)
    return {network.items[node].code for node in found}
