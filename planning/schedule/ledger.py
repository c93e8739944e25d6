"""One ledger per product: stock and supplies against the demand for them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import NamedTuple, Protocol

from planning.plan.item import Item, Status
from planning.plan.link import Drives, Link
from planning.plan.plan import Stock
from planning.plan.ratio import decimals
from planning.plan.unit import is_counted
from planning.schedule.network import ByNode, Network

SUPPLY_TYPES = frozenset(("production", "purchase", "receipt"))
NONE = Decimal(0)


class Pegged(Protocol):
    """Items and links by number: a network, or a draft over one."""

    @property
    def items(self) -> ByNode[Item]: ...
    @property
    def links(self) -> ByNode[Link]: ...
    @property
    def ends(self) -> ByNode[tuple[int, int]]: ...
    @property
    def touching(self) -> ByNode[Sequence[int]]: ...


def pegs(view: Pegged, node: int) -> Iterator[tuple[int, int, Link]]:
    """The links with a ratio at this item: the driver, the driven item that has to cover it, the link.

    Quantities go the way `drives` says, whether or not the dates can still follow.
    """
    for number in view.touching[node]:
        link = view.links[number]
        if link.ratio is not None:
            predecessor, successor = view.ends[number]
            backward = link.drives is Drives.PREDECESSOR
            yield (successor, predecessor, link) if backward else (predecessor, successor, link)


def drivers(view: Pegged, node: int) -> list[tuple[int, Link]]:
    return [(driver, link) for driver, driven, link in pegs(view, node) if driven == node]


def driven_by(view: Pegged, node: int) -> list[int]:
    return [driven for driver, driven, _ in pegs(view, node) if driver == node]


def asked_by(driver: Item, quantity: Decimal | None, link: Link, unit: str) -> Decimal:
    """The demand of this link on the item it drives, in that one's unit: the ratio, with scrap on top, rounded up;
    nothing when the driver is over."""
    if quantity is None or link.ratio is None or driver.status.is_over:
        return NONE
    net = Fraction(quantity) * Fraction(link.ratio)
    return rounded_up(net / (1 - Fraction(link.scrap)), net, quantity, unit)


def rounded_up(exact: Fraction, occurring: Fraction, quantity: Decimal, unit: str) -> Decimal:
    """What is counted to whole pieces, else to the decimals of `occurring`, and where these never end to those of the
    quantity."""
    places = 0
    if not is_counted(unit):
        without_end = decimals(occurring) is None
        places = decimals(Fraction(quantity) if without_end else occurring) or 0
    return Decimal(ceil(exact * 10**places)).scaleb(-places)


def lot_of(item: Item, quantity: Decimal) -> Decimal:
    """The smallest lot that covers the quantity."""
    if quantity <= 0:
        return NONE
    wanted = max(quantity, item.lot_minimum or NONE)
    if not item.lot_multiple:
        return wanted
    lots, rest = divmod(wanted, item.lot_multiple)
    return (lots + 1 if rest else lots) * item.lot_multiple


class Share(NamedTuple):
    """The part of one item in its product's balance: its supply, less the demand on it."""

    amount: Decimal
    is_pegged: bool
    """Something is pegged to it, or it to something; else it is loose."""


NOTHING = Share(NONE, True)


@dataclass(slots=True)
class Pool:
    """The supplies of one product and the demand on them."""

    loose: Decimal = NONE
    """Stock above its safety level, and open receipts pegged to nothing."""
    over: Decimal = NONE
    """Sum over the supplies that bring more than they are asked for."""
    drawn: Decimal = NONE
    """Sum, below zero, over those that are asked for more than they bring."""

    @property
    def balance(self) -> Decimal:
        """The quantity free to promise; below zero it is missing."""
        return self.loose + self.over + self.drawn

    def swap(self, old: Share, new: Share) -> None:
        for share, amount in ((old, -old.amount), (new, new.amount)):
            if not share.is_pegged:
                self.loose += amount
            elif share.amount > 0:
                self.over += amount
            else:
                self.drawn += amount

    def left_for(self, own: Decimal) -> Decimal:
        """The quantity that a supply whose share is `own` finds there; below zero it is what others lack.

        It is the stock nobody else draws on. The surplus of another supply counts as far as it is drawn on already,
        and so does this one's: no fall takes away what another needs.
        """
        others = self.balance - own
        least = min(NONE, self.loose, -own)
        most = max(NONE, self.loose + self.drawn - min(own, NONE), -own)
        return min(max(others, least), most)


class Books:
    """The opening pools of a network's products; an item without a product has one of its own."""

    def __init__(self, network: Network) -> None:
        self._network = network

    def pool(self, item: Item) -> Pool:
        if not item.product:
            node = self._network.index.get(item.code)
            nodes, loose = [] if node is None else [node], NONE
        else:
            nodes, stock = self._network.members.get(item.product, []), self._network.plan.stock.get(item.product)
            loose = stock.on_hand - stock.safety if stock else NONE
        pool = Pool(loose)
        for node in nodes:
            pool.swap(NOTHING, self.share(node))
        return pool

    def share(self, node: int) -> Share:
        items = self._network.items
        unit, askers = items[node].unit, drivers(self._network, node)
        asked = sum((asked_by(items[d], items[d].quantity, link, unit) for d, link in askers), NONE)
        return share_of(self._network, node, items[node], asked, self._network.plan.stock.get(items[node].product))

    def unit(self, product: str) -> str:
        units = {self._network.items[node].unit for node in self._network.members.get(product, ())}
        return min(filter(None, units), default="")


def share_of(view: Pegged, node: int, item: Item, asked: Decimal, stock: Stock | None) -> Share:
    """The share of one item in its product's balance.

    An item supplies when something is pegged to it, or when it is an open receipt pegged to nothing. What has been
    received of it lies in stock already, if anybody counts that product's stock, and of a done one everything does; a
    cancelled one supplies nothing.
    """
    roles = [driven == node for _, driven, _ in pegs(view, node)]
    supplies = any(roles) or (not roles and item.type in SUPPLY_TYPES)
    arrived = item.status in (Status.DONE, Status.CLOSED) and stock is not None
    if not supplies or item.quantity is None or arrived or item.status is Status.CANCELLED:
        return Share(-asked, bool(roles))
    received = stock.received.get(item.code, NONE) if stock else NONE
    return Share(max(item.quantity - received, NONE) - asked, bool(roles))
