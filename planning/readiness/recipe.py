"""What an order needs before it starts: goods of a product, and things to be done. Of the plan alone, without facts."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from threading import Lock

from planning.facts.relation import is_milestone
from planning.plan.item import Item
from planning.plan.link import Drives, Link, LinkKind
from planning.readiness.goods import GOODS, MAKES_OR_BUYS, PRODUCTION, is_supply, material
from planning.schedule.ledger import rounded_up
from planning.schedule.network import Network

DEMANDS = ("sales_order", "forecast", "promotion")
"""Types that an order is made for: no line of it."""


@dataclass(frozen=True, slots=True)
class Way:
    """A supply pegged to an order, and the link into the order over which its goods come."""

    supply: str
    link: int
    """Its number in the network."""
    is_direct: bool
    """The supply is itself the predecessor; else its goods come through a receipt or an inspection."""
    is_plain: bool
    """The order may start on the first working day after what the link comes from has finished."""


@dataclass(frozen=True, slots=True)
class Want:
    """Goods of one product that an order needs, over all its links."""

    product: str
    amount: Decimal
    a_piece: Fraction
    """So much of it goes into one piece of the order."""
    ways: tuple[Way, ...]

    def is_over(self, link: int) -> bool:
        """Check whether goods come over this link into the order."""
        return any(way.link == link for way in self.ways)


@dataclass(frozen=True, slots=True)
class Recipe:
    wants: tuple[Want, ...]
    errands: tuple[int, ...]
    """Numbers of the links from what is to be done before."""


class Recipes:
    """The recipes of all production items of a plan. Build it once per revision and keep it."""

    def __init__(self, network: Network, known: Mapping[str, Recipe] | None = None) -> None:
        """`known`: recipes of another revision that are still right."""
        self.network = network
        known = known or {}
        self._into: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
        for number, (link, (before, behind)) in enumerate(zip(network.links, network.ends, strict=True)):
            if link.ratio is not None:
                self._into[behind].append((number, before))
        items = network.items
        makers = [(node, item) for node, item in enumerate(items) if item.type == PRODUCTION]
        self.of: dict[str, Recipe] = {item.code: known.get(item.code) or self._recipe(node) for node, item in makers}
        self.orders_of: defaultdict[str, list[tuple[str, Want]]] = defaultdict(list)
        """The orders that need a product, with what they want of it."""
        self.supplies_of: defaultdict[str, list[str]] = defaultdict(list)
        """The supplies of a product, and what is pegged as such."""
        self.pegged_as: defaultdict[str, list[str]] = defaultdict(list)
        """The products as which a supply is pegged."""
        self._kin: dict[str, frozenset[str]] = {}
        self._index()

    def refreshed(self, network: Network) -> "Recipes":
        """Those of another revision: only what an item's change bears on is worked out anew."""
        old = self.network
        if network is old:
            return self
        if len(network.items) != len(old.items) or network.plan.links is not old.plan.links:
            return Recipes(network)
        pairs = [(node, was, now) for node, (was, now) in enumerate(zip(old.items, network.items, strict=True))
                 if was is not now]  # fmt: skip
        if any(was.code != now.code for _, was, now in pairs):
            return Recipes(network)
        other = [node for node, was, now in pairs if _shape(was) != _shape(now)]
        if not other:
            same = object.__new__(Recipes)
            same.__dict__ = {**self.__dict__, "network": network}
            return same
        stale = {network.items[node].code for node in self._bears_on(other)}
        return Recipes(network, {code: recipe for code, recipe in self.of.items() if code not in stale})

    def brought_by(self, code: str) -> Collection[str]:
        """The products of which an item is a supply."""
        item = self.network.items[self.network.index[code]]
        own = [material(item)] if item.type in GOODS else []
        return dict.fromkeys([*self.pegged_as.get(code, ()), *own])

    def asked_by(self, code: str) -> Collection[str]:
        """The products that an order needs."""
        return [want.product for want in self.of[code].wants] if code in self.of else []

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
        for code, recipe in self.of.items():
            for want in recipe.wants:
                self.orders_of[want.product].append((code, want))
                for way in want.ways:
                    if want.product not in self.pegged_as[way.supply]:
                        self.pegged_as[way.supply].append(want.product)
        for supply, products in self.pegged_as.items():
            own = material(self.network.items[self.network.index[supply]])
            foreign = [product for product in products if product != own]
            for product in foreign:
                self.supplies_of[product].append(supply)
            if foreign:
                kin = frozenset().union(*(self._kin.get(one, {one}) for one in (own, *products)))
                self._kin |= dict.fromkeys(kin, kin)

    def kin(self, product: str) -> Collection[str]:
        """The products whose supplies are partly the same, this one among them."""
        return self._kin.get(product, (product,))

    def _recipe(self, node: int) -> Recipe:
        network, order = self.network, self.network.items[node]
        wants: dict[str, Want] = {}
        errands = []
        for number in network.touching[node]:
            link, (before, behind) = network.links[number], network.ends[number]
            predecessor = network.items[before]
            if behind != node or not link.hard or predecessor.type in DEMANDS:
                continue
            if link.ratio is None or predecessor.type not in GOODS:
                errands.append(number)
            if link.ratio is not None and order.quantity:
                _add(wants, self._want(order, number, before))
        return Recipe(tuple(wants.values()), tuple(errands))

    def _want(self, order: Item, number: int, before: int) -> Want:
        network, link, predecessor = self.network, self.network.links[number], self.network.items[before]
        upstream = list(self._upstream(before))
        is_plain = link.kind is LinkKind.FS and link.lag == 0 and not is_milestone(order)
        supplies = ((node, network.items[node].code) for node in upstream if is_supply(network, node))
        ways = tuple(Way(code, number, node == before, is_plain) for node, code in supplies)
        product = predecessor.product
        if not product and predecessor.type not in MAKES_OR_BUYS:
            product = next(filter(None, (network.items[node].product for node in upstream)), "")
        product = product or predecessor.code
        return Want(product, needed(order.quantity or Decimal(0), link, predecessor.unit), _a_piece(link), ways)

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
        """The items whose recipe hangs on one of these."""
        network, changed = self.network, set(nodes)
        walk, seen = list(changed), set(changed)
        for node in walk:
            if node not in changed and network.items[node].type in MAKES_OR_BUYS:
                continue
            behind = {network.ends[number][1] for number in network.touching[node]} - seen
            walk += behind
            seen |= behind
        return seen


class RecipeBook:
    """The newest recipes of each plan, shared by threads."""

    def __init__(self) -> None:
        self._newest: dict[str, Recipes] = {}
        self._lock = Lock()

    def of(self, network: Network) -> Recipes:
        with self._lock:
            known = self._newest.get(network.plan.id)
            recipes = known.refreshed(network) if known else Recipes(network)
            self._newest[network.plan.id] = recipes
        return recipes


def _shape(item: Item) -> tuple[object, ...]:
    return item.type, item.product, item.unit, item.quantity


def _add(wants: dict[str, Want], want: Want) -> None:
    """Lines of the same product are added."""
    if (had := wants.get(want.product)) is None:
        wants[want.product] = want
    else:
        amount, a_piece = had.amount + want.amount, had.a_piece + want.a_piece
        wants[want.product] = Want(want.product, amount, a_piece, (*had.ways, *want.ways))


def taken_by(link: Link) -> Fraction:
    """How much of the predecessor one piece of the successor takes, scrap left out."""
    ratio = Fraction(link.ratio or 1)
    return ratio if link.drives is Drives.PREDECESSOR else 1 / ratio


def _a_piece(link: Link) -> Fraction:
    kept = 1 - Fraction(link.scrap) if link.drives is Drives.PREDECESSOR else 1
    return taken_by(link) / kept


def needed(quantity: Decimal, link: Link, unit: str) -> Decimal:
    """What an order of this quantity needs over a link; `unit`: the predecessor's."""
    if link.drives is Drives.PREDECESSOR and isinstance(link.ratio, Decimal) and not link.scrap:
        exact = quantity * link.ratio
        if exact == exact.to_integral_value():
            return exact
    occurs = Fraction(quantity) * Fraction(link.ratio or 1) if link.drives is Drives.PREDECESSOR else Fraction(quantity)
    return rounded_up(Fraction(quantity) * _a_piece(link), occurs, quantity, unit)
