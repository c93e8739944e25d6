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
    found: set[int] = set()
    waiting = [network.index[code] for code in codes if code in network.index]
    while waiting:
        node = waiting.pop()
        for ends in (network.ends[link] for link in network.touching[node]):
            here, there = ends if forward else ends[::-1]
            if here == node and there not in found:
                found.add(there)
                waiting.append(there)
    return {network.items[node].code for node in found}
