"""What lies on the shelf now: the newest count of each product, and what came, was made and was used since."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction

from planning.facts.progress import Progress, receipts_of
from planning.facts.report import NONE, Report, good_of, scrap_of
from planning.readiness.ledger import Shelf
from planning.readiness.recipe import PRODUCTION, Recipes, material, taken_by

FINEST = Decimal("1E-9")
"""Where what was used has no end in decimals: so much is left that nobody counts on more than there is."""
ProgressOf = Callable[[str], Progress]


@dataclass(frozen=True, slots=True)
class Count:
    """Somebody's count of a product's stock."""

    product: str
    on_hand: Decimal
    as_of: datetime
    safety: Decimal = NONE
    source: str = ""


def newest(counts: Iterable[Count], now: datetime) -> Mapping[str, Count]:
    """The newest count of each product until now; of two at one instant the later row."""
    found: dict[str, Count] = {}
    for count in counts:
        known = found.get(count.product)
        if count.as_of <= now and (known is None or known.as_of <= count.as_of):
            found[count.product] = count
    return found


def on_shelf(
    count: Count, recipes: Recipes, progress_of: ProgressOf, backflush: Collection[str], zone: tzinfo
) -> Shelf:
    """`backflush`: the products that a production report lowers; others only a count does."""
    network = recipes.network
    came = Fraction(count.on_hand)
    for code in recipes.supplies_of.get(count.product, ()):
        node = network.index[code]
        if material(network.items[node]) == count.product:
            links = (network.links[n] for n in network.touching[node] if network.ends[n][0] == node)
            receipts = receipts_of(network.plan, network.items[node], links)
            theirs = [word for receipt in receipts for word in progress_of(receipt).words]
            came += Fraction(_since(count, progress_of(code).words, theirs, zone))
    if count.product in backflush:
        came -= _used(count, recipes, progress_of, zone)
    exact = Decimal(came.numerator) / Decimal(came.denominator)
    on_hand = exact if Fraction(exact) == came else exact.quantize(FINEST, ROUND_FLOOR)
    return Shelf(on_hand, count.safety)


def is_after(count: Count, word: Report, zone: tzinfo) -> bool:
    """Check whether it was not in the count: its day lies after the count's, or it is that day and was said later."""
    counted = count.as_of.astimezone(zone)
    return word.day is not None and (word.day, word.at) > (counted.date(), counted)


def _since(count: Count, words: Sequence[Report], on_receipts: Sequence[Report], zone: tzinfo) -> Decimal:
    """Goods said on the purchase and on its receipts once: the larger sum, less what of it lay in the count."""
    both = words, on_receipts
    counted = [good_of(word for word in said if not is_after(count, word, zone)) for said in both]
    return max(map(good_of, both)) - max(counted)


def _used(count: Count, recipes: Recipes, progress_of: ProgressOf, zone: tzinfo) -> Fraction:
    network, used = recipes.network, Fraction(0)
    for node in {behind for supply in _of_product(recipes, count.product) for behind in _takers(recipes, supply)}:
        made = [word for word in progress_of(network.items[node].code).words if is_after(count, word, zone)]
        pieces = Fraction(good_of(made) + scrap_of(made))
        if pieces:
            links = recipes.goods_into(node)
            used += sum(pieces * taken_by(one) for one in links if _goods_of(recipes, one.predecessor) == count.product)
    return used


def _of_product(recipes: Recipes, product: str) -> Iterable[int]:
    network = recipes.network
    alone = network.index.get(product)
    return {*network.members.get(product, ()), *(() if alone is None or network.items[alone].product else (alone,))}


def _takers(recipes: Recipes, supply: int) -> Iterable[int]:
    network = recipes.network
    ends = (network.ends[number] for number in network.touching[supply] if network.links[number].ratio is not None)
    return (behind for before, behind in ends if before == supply and network.items[behind].type == PRODUCTION)


def _goods_of(recipes: Recipes, code: str) -> str:
    return material(recipes.network.items[recipes.network.index[code]])
