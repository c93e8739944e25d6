"""What an order requires before it starts: goods of a product, and things to be done; by the plan, without facts."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from threading import Lock
from typing import NamedTuple

from planning.facts.relation import is_milestone
from planning.plan.item import Item
from planning.plan.link import Drives, Link, LinkKind
from planning.readiness.goods import GOODS, MAKES_OR_BUYS, PRODUCTION, is_supply, material
from planning.schedule.ledger import rounded_up
from planning.schedule.network import Network

DEMANDS = ("sales_order", "forecast", "promotion")
"""Types that an order is made for: no line of it."""


class Peg(NamedTuple):
    """A supply pegged to an order, and the link into the order over which its goods come."""

    supply: str
    link: int
    """Its number in the network."""
    is_direct: bool
    """The supply is itself the predecessor; else its goods come through a receipt or an inspection."""
    is_plain: bool
    """The order may start on the first working day after what the link comes from has finished."""


@dataclass(slots=True)
class Requirement:
    """Goods of one product that an order needs, over all its links."""

    product: str
    amount: Decimal
    per_piece: Fraction
    """So much of it goes into one piece of the order."""
    pegs: tuple[Peg, ...]
    supplies: tuple[str, ...]
    """Those that are pegged to it, each once."""
    is_plain: bool
    """One supply alone, straight over a plain link."""

    @classmethod
    def of(cls, product: str, amount: Decimal, per_piece: Fraction, pegs: tuple[Peg, ...]) -> "Requirement":
        is_plain = len(pegs) == 1 and pegs[0].is_plain and pegs[0].is_direct
        return cls(product, amount, per_piece, pegs, tuple(dict.fromkeys(peg.supply for peg in pegs)), is_plain)

    def comes_over(self, link: int) -> bool:
        """Check whether goods come over this link into the order."""
        return any(peg.link == link for peg in self.pegs)


@dataclass(frozen=True, slots=True)
class OrderRequirements:
    goods: tuple[Requirement, ...]
    prerequisites: tuple[int, ...]
    """Numbers of the links from what is to be done before."""


class Requirements:
    """The requirements of all production items of a plan. Build it once per revision and keep it."""

    def __init__(self, network: Network, known: Mapping[str, OrderRequirements] | None = None) -> None:
        """`known`: requirements of another revision that are still right."""
        self.network = network
        known = known or {}
        self._amounts: dict[Decimal, Decimal] = {}
        """Each once: plans have a few, and many links."""
        self._into: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
        for number, (link, (before, behind)) in enumerate(zip(network.links, network.ends, strict=True)):
            if link.ratio is not None:
                self._into[behind].append((number, before))
        items = network.items
        makers = [(node, item) for node, item in enumerate(items) if item.type == PRODUCTION]
        self.of: dict[str, OrderRequirements] = {
            item.code: known.get(item.code) or self._requirements_of(node) for node, item in makers
        }
        self.orders_of: defaultdict[str, list[tuple[str, Requirement]]] = defaultdict(list)
        """The orders that need a product, with what they require of it."""
        self.supplies_of: defaultdict[str, list[str]] = defaultdict(list)
        """The supplies of a product, and what is pegged as such."""
        self.pegged_as: defaultdict[str, list[str]] = defaultdict(list)
        """The products as which a supply is pegged."""
        self._together: dict[str, frozenset[str]] = {}
        self._index()

    def refreshed(self, network: Network) -> "Requirements":
        """Those of another revision: only what an item's change bears on is worked out anew."""
        old = self.network
        if network is old:
            return self
        if network.plan.links is not old.plan.links:
            return Requirements(network)
        codes = network.plan.differing(old.plan)
        if codes is None:
            return Requirements(network)
        changed = [network.index[code] for code in codes]
        other = [node for node in changed if _shape(old.items[node]) != _shape(network.items[node])]
        if not other:
            same = object.__new__(Requirements)
            same.__dict__ = {**self.__dict__, "network": network}
            return same
        stale = {network.items[node].code for node in self._bears_on(other)}
        return Requirements(network, {code: required for code, required in self.of.items() if code not in stale})

    def supplied_by(self, code: str) -> Collection[str]:
        """The products of which an item is a supply."""
        item = self.network.items[self.network.index[code]]
        own = [material(item)] if item.type in GOODS else []
        return dict.fromkeys([*self.pegged_as.get(code, ()), *own])

    def required_by(self, code: str) -> Collection[str]:
        """The products that an order needs."""
        return [required.product for required in self.of[code].goods] if code in self.of else []

    def behind(self, code: str) -> Iterator[tuple[str, int]]:
        """The orders directly behind an item, and the number of the link into each."""
        network = self.network
        node = network.index[code]
        for number in network.touching[node]:
            before, behind = network.ends[number]
            if before == node and network.items[behind].type == PRODUCTION:
                yield network.items[behind].code, number

    def _index(self) -> None:
        for node, item in enumerate(self.network.items):
            if item.type in GOODS and is_supply(self.network, node):
                self.supplies_of[material(item)].append(item.code)
        pegged_as, orders_of = self.pegged_as, self.orders_of
        for code, of_order in self.of.items():
            for required in of_order.goods:
                product = required.product
                orders_of[product].append((code, required))
                for peg in required.pegs:
                    products = pegged_as[peg.supply]
                    if product not in products:
                        products.append(product)
        for supply, products in self.pegged_as.items():
            own = material(self.network.items[self.network.index[supply]])
            foreign = [product for product in products if product != own]
            for product in foreign:
                self.supplies_of[product].append(supply)
            if foreign:
                together = frozenset().union(*(self._together.get(one, {one}) for one in (own, *products)))
                self._together |= dict.fromkeys(together, together)

    def together_with(self, product: str) -> Collection[str]:
        """The products whose supplies are partly the same, this one among them."""
        return self._together.get(product, (product,))

    def _requirements_of(self, node: int) -> OrderRequirements:
        network, order = self.network, self.network.items[node]
        goods: dict[str, Requirement] = {}
        prerequisites = []
        for number in network.touching[node]:
            link, (before, behind) = network.links[number], network.ends[number]
            predecessor = network.items[before]
            if behind != node or not link.hard or predecessor.type in DEMANDS:
                continue
            if link.ratio is None or predecessor.type not in GOODS:
                prerequisites.append(number)
            if link.ratio is not None and order.quantity:
                _add(goods, self._requirement(order, number, before))
        return OrderRequirements(tuple(goods.values()), tuple(prerequisites))

    def _requirement(self, order: Item, number: int, before: int) -> Requirement:
        network, link, predecessor = self.network, self.network.links[number], self.network.items[before]
        is_plain = link.kind is LinkKind.FS and link.lag == 0 and not is_milestone(order)
        amount, per_piece = needed(order.quantity or Decimal(0), link, predecessor.unit), per_piece_of(link)
        amount = self._amounts.setdefault(amount, amount)
        if predecessor.type in MAKES_OR_BUYS:
            pegs: tuple[Peg, ...] = (Peg(predecessor.code, number, True, is_plain),)
            return Requirement.of(material(predecessor), amount, per_piece, pegs)
        upstream = list(self._upstream(before))
        supplies = ((node, network.items[node].code) for node in upstream if is_supply(network, node))
        pegs = tuple(Peg(code, number, node == before, is_plain) for node, code in supplies)
        product = predecessor.product
        if not product:
            product = next(filter(None, (network.items[node].product for node in upstream)), "")
        product = product or predecessor.code
        return Requirement.of(product, amount, per_piece, pegs)

    def _upstream(self, node: int) -> Iterator[int]:
        """The item and the pegged chain before it, nearest first, not beyond what is made or bought."""
        items, seen, ring = self.network.items, set[int](), [node]
        while ring:
            yield from ring
            seen.update(ring)
            behind = (one for one in ring if items[one].type not in MAKES_OR_BUYS)
            found = {before for one in behind for _, before in self._into.get(one, ())} - seen
            ring = sorted(found, key=lambda one: items[one].code)

    def _bears_on(self, nodes: Iterable[int]) -> set[int]:
        """The items whose requirements hang on one of these."""
        network, changed = self.network, set(nodes)
        walk, seen = list(changed), set(changed)
        for node in walk:
            if node not in changed and network.items[node].type in MAKES_OR_BUYS:
                continue
            behind = {network.ends[number][1] for number in network.touching[node]} - seen
            walk += behind
            seen |= behind
        return seen


class RequirementsBook:
    """The newest requirements of each plan, shared by threads."""

    def __init__(self) -> None:
        self._newest: dict[str, Requirements] = {}
        self._lock = Lock()

    def of(self, network: Network) -> Requirements:
        with self._lock:
            known = self._newest.get(network.plan.id)
            requirements = known.refreshed(network) if known else Requirements(network)
            self._newest[network.plan.id] = requirements
        return requirements


def _shape(item: Item) -> tuple[object, ...]:
    return item.type, item.product, item.unit, item.quantity, is_milestone(item)


def _add(goods: dict[str, Requirement], required: Requirement) -> None:
    """Lines of the same product are added."""
    if (had := goods.get(required.product)) is None:
        goods[required.product] = required
    else:
        amount, per_piece = had.amount + required.amount, had.per_piece + required.per_piece
        goods[required.product] = Requirement.of(required.product, amount, per_piece, (*had.pegs, *required.pegs))


def taken_by(link: Link) -> Fraction:
    """How much of the predecessor one piece of the successor takes, scrap left out."""
    ratio = Fraction(link.ratio or 1)
    return ratio if link.drives is Drives.PREDECESSOR else 1 / ratio


def per_piece_of(link: Link) -> Fraction:
    """The same with its scrap."""
    return _per_piece(link.ratio or Decimal(1), link.scrap, link.drives is Drives.PREDECESSOR)


@lru_cache(4096)
def _per_piece(ratio: Decimal | Fraction, scrap: Decimal, of_predecessor: bool) -> Fraction:
    """Plans have a few ratios, and many links."""
    return Fraction(ratio) / (1 - Fraction(scrap)) if of_predecessor else 1 / Fraction(ratio)


def needed(quantity: Decimal, link: Link, unit: str) -> Decimal:
    """What an order of this quantity needs over a link; `unit`: the predecessor's."""
    if link.drives is Drives.PREDECESSOR and isinstance(link.ratio, Decimal) and not link.scrap:
        exact = quantity * link.ratio
        if exact == exact.to_integral_value():
            return exact
    occurs = Fraction(quantity) * Fraction(link.ratio or 1) if link.drives is Drives.PREDECESSOR else Fraction(quantity)
    return rounded_up(Fraction(quantity) * per_piece_of(link), occurs, quantity, unit)
