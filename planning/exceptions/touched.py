"""What a fact touches: its item, what hangs on that, and the orders that need the same goods."""

from collections.abc import Iterable, Iterator

from planning.facts.progress import is_receipt_of
from planning.readiness.recipe import Recipes
from planning.schedule.network import Network
from planning.schedule.order import reachable


def touched(recipes: Recipes, subjects: Iterable[str]) -> set[str]:
    """`subjects`: items, and products whose stock is another."""
    network, codes, products = recipes.network, set[str](), set[str]()
    for subject in subjects:
        if subject in network.index:
            codes.add(subject)
            codes.update(_bought(network, subject))
            products.update(recipes.brought_by(subject))
        products.add(subject)
    starts = [network.index[code] for code in codes]
    behind = reachable(starts, lambda node: list(_followed_by(network, node)))
    orders = {code for product in products for code, _ in recipes.orders_of.get(product, ())}
    return {network.items[node].code for node in behind} | orders


def _followed_by(network: Network, node: int) -> Iterator[int]:
    for number in network.touching[node]:
        before, behind = network.ends[number]
        if before == node and network.links[number].hard:
            yield behind


def _bought(network: Network, code: str) -> Iterator[str]:
    """The purchases whose goods this receipt is."""
    node = network.index[code]
    for number in network.touching[node]:
        before = network.items[network.ends[number][0]]
        if network.ends[number][1] == node and is_receipt_of(network.items[node], before):
            yield before.code
