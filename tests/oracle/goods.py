"""What lies on the shelf, what an order needs of it, and which supplies are pegged to the order."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from math import ceil
from typing import NamedTuple

from .progress import RECEIVED, Facts, receipts_of, total
from .read import NOTHING, Company, Item, Link, Report, Shelf

COUNTED = "件 台 套 个 只 块 片 张 根 支 条 pc pcs piece pieces set sets".split()
MAKES_OR_BUYS = ("production", "purchase")
DEMANDS = ("sales_order", "forecast", "promotion")


class Need(NamedTuple):
    """Of one product for one link; `supplies` are those pegged to it."""

    product: str
    amount: Fraction
    a_piece: Fraction
    link: Link
    supplies: set[str]


def name(item: Item) -> str:
    return item.product or item.code


def is_supply(company: Company, item: Item) -> bool:
    """A receipt behind its purchase is the same goods, and no supply."""
    bought = any(item.code in receipts_of(company, link.pred) for link in company.into[item.code])
    return item.type in (*MAKES_OR_BUYS, "receipt") and not bought


def shelves(facts: Facts) -> dict[str, Shelf]:
    """The newest count of each product, and what came, was made and was used since."""
    newest = {count.product: count for count in facts.company.snapshots if count.as_of <= facts.now}
    found = {product: replace(count) for product, count in newest.items()}
    backflushed = facts.company.settings.get("backflush", "").split("|")
    for code, item in facts.company.items.items():
        words, receipts = facts.of[code].words, receipts_of(facts.company, item)
        if name(item) in found and is_supply(facts.company, item):
            theirs = [word for receipt in receipts for word in facts.of[receipt].words]
            found[name(item)].on_hand += _since(newest[name(item)], words, theirs)
        for link in facts.company.into[code] if item.type == "production" else ():
            product = name(link.pred)
            if link.ratio and product in backflushed and product in found:
                made = [word for word in words if _after(newest[product], word)]
                used = total(made) + sum((word.scrap or NOTHING for word in made), NOTHING)
                found[product].on_hand -= used * a_piece(link)
    return found


def _since(count: Shelf, words: list[Report], on_receipts: list[Report]) -> Fraction:
    """Goods said on the purchase and on its receipts once: the larger sum, less what of it lay in the count."""
    counted = [total(word for word in said if not _after(count, word)) for said in (words, on_receipts)]
    return max(total(words), total(on_receipts)) - max(counted)


def _after(count: Shelf, word: Report) -> bool:
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


def needs(company: Company, order: Item) -> Iterator[Need]:
    for link in asks(company, order) if order.quantity else ():
        if link.ratio:
            taken = a_piece(link) / (1 - (link.scrap if link.drives == "predecessor" else 0))
            supplies = {item.code for item in _upstream(company, link.pred) if is_supply(company, item)}
            amount = _rounded(order.quantity * taken, order.quantity, link)
            yield Need(_material(company, link.pred), amount, taken, link, supplies)


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
