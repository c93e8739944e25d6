"""What a fact touches: its item, what hangs on that, and the orders that need the same goods."""

from collections.abc import Callable, Iterable, Iterator

from planning.readiness.requirement import Requirements
from planning.schedule.network import Network
from planning.schedule.order import reachable


def touched(requirements: Requirements, subjects: Iterable[str], waits: Callable[[str], bool]) -> set[str]:
    """`subjects`: items, and products whose stock is another; `waits`: whether an order has not begun."""
    network, codes, products = requirements.network, set[str](), set[str]()
    for subject in subjects:
        if subject in network.index:
            codes.add(subject)
            codes.update(network.bought_by.get(subject, ()))
            products.update(requirements.supplied_by(subject))
        products.add(subject)
    together = {one for product in products for one in requirements.together_with(product)}
    orders = {code for product in together for code, _ in requirements.orders_of.get(product, ())}
    return behind(network, codes) | set(filter(waits, orders))


def behind(network: Network, codes: Iterable[str]) -> set[str]:
    """These items, and all that hangs on them over hard links."""
    starts = [network.index[code] for code in codes if code in network.index]
    found = reachable(starts, lambda node: list(_followed_by(network, node)))
    return {network.items[node].code for node in found}


def _followed_by(network: Network, node: int) -> Iterator[int]:
    for number in network.touching[node]:
        before, behind = network.ends[number]
        if before == node and network.links[number].hard:
            yield behind
