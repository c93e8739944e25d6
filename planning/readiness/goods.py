"""Goods of a plan: which items bring a product, and which take it."""

from collections.abc import Iterator

from planning.facts.progress import RECEIVED
from planning.plan.item import Item
from planning.plan.link import Link
from planning.schedule.network import Network

PRODUCTION = "production"
MAKES_OR_BUYS = (PRODUCTION, "purchase")
GOODS = (*RECEIVED, PRODUCTION)
"""Types of items that bring goods."""


def material(item: Item) -> str:
    """The name under which goods of an item are counted."""
    return item.product or item.code


def bring(network: Network, product: str) -> Iterator[Item]:
    """The supplies of a product."""
    return (network.items[node] for node in _of_product(network, product) if is_supply(network, node))


def is_supply(network: Network, node: int) -> bool:
    """Check whether an item brings goods; a receipt behind its purchase is the same goods, and no supply."""
    item = network.items[node]
    if item.type == "receipt":
        return item.code not in network.bought_by
    return item.type in MAKES_OR_BUYS


def take(network: Network, product: str) -> Iterator[tuple[Item, Link]]:
    """The production items that a product goes into, each with the link over which it does."""
    for node in _of_product(network, product):
        for link in _links(network, node, end=0):
            behind = network.items[network.index[link.successor]]
            if link.ratio is not None and behind.type == PRODUCTION:
                yield behind, link


def _of_product(network: Network, product: str) -> Iterator[int]:
    yield from network.members.get(product, ())
    alone = network.index.get(product)
    if alone is not None and not network.items[alone].product:
        yield alone


def _links(network: Network, node: int, end: int) -> Iterator[Link]:
    """The links that an item begins (0) or ends (1)."""
    return (network.links[number] for number in network.touching[node] if network.ends[number][end] == node)
