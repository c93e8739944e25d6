"""Goods nobody has a claim on: what is in stock and comes loose, less what other orders lack."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from planning.generation.explosion import Supply
from planning.schedule.ledger import NONE, Books
from planning.schedule.network import Network


def free_goods(network: Network, products: Iterable[str]) -> dict[str, list[Supply]]:
    """For each product, first what lies in stock above its safety level, then what comes, the soonest first."""
    return {product: _free(network, product) for product in products if product}


def _free(network: Network, product: str) -> list[Supply]:
    stock, books = network.plan.stock.get(product), Books(network)
    supplies = [Supply(stock.on_hand - stock.safety)] if stock else []
    coming, lacked = [], NONE
    for node in network.members.get(product, ()):
        item, share = network.items[node], books.share(node)
        if share.amount < 0:
            lacked -= share.amount
        elif not share.is_pegged and not item.status.is_over:
            coming.append(Supply(share.amount, item.finish))
    return _less(supplies + sorted(coming, key=lambda one: (one.on, one.amount)), lacked)


def _less(supplies: list[Supply], lacked: Decimal) -> list[Supply]:
    left = []
    for supply in supplies:
        drawn = min(lacked, max(supply.amount, NONE))
        lacked -= drawn
        left.append(replace(supply, amount=max(supply.amount - drawn, NONE)))
    return left
