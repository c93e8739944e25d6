"""What lies on the shelf, what an order needs of it, and which supplies are pegged to the order."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from math import ceil

from .progress import RECEIVED, Facts, receipts_of, total
from .read import Company, Item, Link, Report, Snapshot

COUNTED = "件 台 套 个 只 块 片 张 根 支 条 pc pcs piece pieces set sets".split()
MAKES_OR_BUYS = ("production", "purchase")
DEMANDS = ("sales_order", "forecast", "promotion")


@dataclass(slots=True)
class Shelf:
    on_hand: Fraction
    safety: Fraction
    as_of: datetime


@dataclass(slots=True)
class Need:
    """The lines of one product added; `ways` are the supplies pegged to them, each with its links into the order."""

    amount: Fraction = Fraction(0)
    a_piece: Fraction = Fraction(0)
    ways: dict[str, list[Link]] = field(default_factory=dict)


def name(item: Item) -> str:
    return item.product or item.code


def is_supply(company: Company, item: Item) -> bool:
    """A receipt behind its purchase is the same goods, and no supply."""
    bought = any(item.code in receipts_of(company, link.pred) for link in company.into[item.code])
    return item.type in (*MAKES_OR_BUYS, "receipt") and not bought


def shelves(facts: Facts) -> dict[str, Shelf]:
    """The newest count of each product, and what came, was made and was used since."""
    newest = {count.product: count for count in facts.company.snapshots if count.as_of <= facts.now}
    found = {product: Shelf(count.on_hand, count.safety, count.as_of) for product, count in newest.items()}
    backflushed = facts.company.settings.get("backflush", "").split("|")
    for item in facts.company.items.values():
        words, receipts = facts.of[item.code].words, receipts_of(facts.company, item)
        if name(item) in found and is_supply(facts.company, item):
            theirs = [word for receipt in receipts for word in facts.of[receipt].words]
            found[name(item)].on_hand += _since(newest[name(item)], words, theirs)
        for link in facts.company.into[item.code] if item.type == "production" else ():
            product = name(link.pred)
            if link.ratio and product in backflushed and product in found:
                made = [word for word in words if _after(newest[product], word)]
                scrap = sum((word.scrap or Fraction(0) for word in made), Fraction(0))
                found[product].on_hand -= (total(made) + scrap) * a_piece(link)
    return found


def _since(count: Snapshot, words: list[Report], on_receipts: list[Report]) -> Fraction:
    """Goods said on the purchase and on its receipts once: the larger sum, less what of it lay in the count."""
    counted = [total(word for word in said if not _after(count, word)) for said in (words, on_receipts)]
    return max(total(words), total(on_receipts)) - max(counted)


def _after(count: Snapshot, word: Report) -> bool:
    return (word.day, word.at) > (count.as_of.date(), count.as_of)


def a_piece(link: Link) -> Fraction:
    """How much of the predecessor one unit of the successor takes, scrap left out."""
    return link.ratio if link.drives == "predecessor" else 1 / link.ratio


def asks(company: Company, order: Item) -> list[Link]:
    return [link for link in company.into[order.code] if link.hard != "no" and link.pred.type not in DEMANDS]


def errands(company: Company, order: Item) -> list[Link]:
    """What is to be done before: predecessors without a ratio, and inspections of goods for themselves."""
    goods = (*RECEIVED, "production")
    return [link for link in asks(company, order) if not link.ratio or link.pred.type not in goods]


def needs(company: Company, order: Item) -> dict[str, Need]:
    found: dict[str, Need] = {}
    for link in asks(company, order) if order.quantity else ():
        if link.ratio:
            scrap = link.scrap if link.drives == "predecessor" else Fraction(0)
            need = found.setdefault(_material(company, link.pred), Need())
            need.a_piece += a_piece(link) / (1 - scrap)
            need.amount += _rounded(order.quantity * a_piece(link) / (1 - scrap), order.quantity, link)
            for supply in _pegged(company, link.pred):
                need.ways.setdefault(supply, []).append(link)
    return found


def _rounded(exact: Fraction, quantity: Fraction, link: Link) -> Fraction:
    """Up to whole pieces, else to the decimals that occur."""
    occurs = quantity * link.ratio if link.drives == "predecessor" else quantity
    places = next((places for places in range(10) if (occurs * 10**places).denominator == 1), 0)
    step = 1 if link.pred.unit in COUNTED else 10**places
    return Fraction(ceil(exact * step), step)


def _material(company: Company, pred: Item) -> str:
    if pred.product or pred.type in MAKES_OR_BUYS:
        return name(pred)
    return next((item.product for item in _upstream(company, pred) if item.product), pred.code)


def _upstream(company: Company, item: Item) -> Iterator[Item]:
    """The item and the pegged chain before it, nearest first, not beyond what is made or bought."""
    ring = [item]
    while ring:
        yield from ring
        links = [link for one in ring if one.type not in MAKES_OR_BUYS for link in company.into[one.code]]
        ring = sorted({link.pred for link in links if link.ratio}, key=lambda one: one.code)


def _pegged(company: Company, pred: Item) -> set[str]:
    return {item.code for item in _upstream(company, pred) if is_supply(company, item)}
