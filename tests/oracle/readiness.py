"""Whether everything is there before an order starts: what lies on the shelf, what is needed of it, and who gets it.
Each piece once, an earlier start first."""

from collections import defaultdict
from datetime import date
from fractions import Fraction
from functools import cache
from math import ceil

from .company import NOTHING, Company, Item, Link, Row
from .forecast import RECEIVED, Outlook, receipts_of, total

COUNTED = "件 台 套 个 只 块 片 张 根 支 条 pc pcs piece pieces set sets".split()
MAKES_OR_BUYS = ("production", "purchase")
DEMANDS = ("sales_order", "forecast", "promotion")
Ways = list[tuple[date, Item]]
Kept = dict[Item, Fraction]
COLOURS = ("none", "green", "grey", "yellow", "red")


def name(item: Item) -> str:
    return str(item.product or item.code)


def is_supply(item: Item) -> bool:
    """A receipt behind its purchase is the same goods, and no supply."""
    bought = any(item.code in receipts_of(link.pred) for link in item.into)
    return item.type in (*MAKES_OR_BUYS, "receipt") and not bought


def shelves(outlook: Outlook) -> dict[str, Row]:
    """The newest count of each product, and what came, was made and was used since."""
    found = {count.product: count.but() for count in outlook.company.snapshots if count.as_of <= outlook.now}
    backflushed = outlook.company.settings.get("backflush", "").split("|")
    for code, item in outlook.company.items.items():
        words = outlook.progress[code].words
        if name(item) in found and is_supply(item):  # goods said on the purchase and on its receipts once
            theirs = [word for receipt in receipts_of(item) for word in outlook.progress[receipt].words]
            counted = [total(word for word in said if not _after(found[name(item)], word)) for said in (words, theirs)]
            found[name(item)].on_hand += max(total(words), total(theirs)) - max(counted)
        for link in item.into if item.type == "production" else ():
            if link.ratio and name(link.pred) in backflushed and name(link.pred) in found:
                made = [word for word in words if _after(found[name(link.pred)], word)]
                found[name(link.pred)].on_hand -= (total(made) + sum(word.scrap or 0 for word in made)) * a_piece(link)
    return found


def _after(count: Row, word: Row) -> bool:
    return (word.day, word.at) > (count.as_of.date(), count.as_of)


def a_piece(link: Link) -> Fraction:
    """How much of the predecessor one unit of the successor takes, scrap left out."""
    return Fraction(link.ratio if link.drives == "predecessor" else 1 / link.ratio)


def asks(order: Item) -> list[Link]:
    return [link for link in order.into if link.hard != "no" and link.pred.type not in DEMANDS]


@cache
def needs(order: Item) -> list[Row]:
    """Of each link with a ratio: the product, how much of it and how much a piece, the supplies pegged to it."""
    found = list[Row]()
    for link in asks(order) if order.quantity else ():
        if link.ratio:
            taken = a_piece(link) / (1 - ((link.scrap or 0) if link.drives == "predecessor" else 0))
            chain, pred = _upstream(link.pred), link.pred
            product = next((item.product for item in chain if item.product), pred.code)
            product = name(pred) if pred.product or pred.type in MAKES_OR_BUYS else product
            supplies = {item for item in chain if is_supply(item)}
            amount = _rounded(order.quantity * taken, order.quantity, link)
            found.append(Row(product=product, amount=amount, a_piece=taken, link=link, supplies=supplies))
    return found


def _rounded(exact: Fraction, quantity: Fraction, link: Link) -> Fraction:
    """Up to whole pieces, else to the decimals that occur."""
    occurs = quantity * link.ratio if link.drives == "predecessor" else quantity
    places = next((places for places in range(10) if (occurs * 10**places).denominator == 1), 0)
    step = 1 if link.pred.unit in COUNTED else 10**places
    return Fraction(ceil(exact * step), step)


def _upstream(item: Item) -> list[Item]:
    """The item and the pegged chain before it, nearest first, not beyond what is made or bought."""
    found, ring = list[Item](), [item]
    while ring:
        found += ring
        links = [link for one in ring if one.type not in MAKES_OR_BUYS for link in one.into]
        ring = sorted({link.pred for link in links if link.ratio}, key=lambda one: one.code)
    return found


class Line(Row):
    """A product of an `order`: `name`, `need`, `a_piece`, `usable` days of its pegged supplies; or a thing to be done
    before its `start`. It is given what is `there`, a `colour` and an `eta`."""

    @property
    def short(self) -> Fraction:
        return Fraction(self.need - self.there)

    @property
    def ways(self) -> Ways:
        return by_day(self.usable)


def by_day(usable: dict[Item, date]) -> Ways:
    return sorted(((day, item) for item, day in usable.items()), key=lambda way: (way[0], way[1].code))


class Order(Row):
    """An `item` that `start`s, with its `lines` and `errands`."""

    @property
    def colour(self) -> str:
        worst = max((line.colour for line in self.lines + self.errands), key=COLOURS.index, default="none")
        return "yellow" if worst == "grey" else worst

    @property
    def eta(self) -> date | None:
        """The latest red line's day; none where one of them has no source."""
        days = [line.eta for line in self.lines + self.errands if line.colour == "red"]
        return None if None in days else max((day for day in days if day), default=None)

    @property
    def can_do(self) -> Fraction:
        """可先做: the pieces a red order may begin with, by what is there of each line and by its lots."""
        parts = [line.there / line.a_piece for line in self.lines if line.colour != "grey"]
        lot = self.item.lot_multiple or 1
        pieces = Fraction(min([self.item.quantity, *parts]) // lot * lot)
        waits = self.colour != "red" or any(line.colour == "red" for line in self.errands)
        return NOTHING if waits or pieces < (self.item.lot_minimum or 0) else pieces


def readiness(outlook: Outlook, counted: dict[str, Row]) -> dict[str, Order]:
    orders, lines, begun = dict[str, Order](), list[Line](), list[Line]()
    for item in sorted(outlook.company.items.values(), key=lambda item: (item.start, item.code)):
        progress = outlook.progress[item.code]
        if item.type != "production" or progress.status in ("on_hold", "cancelled"):
            continue
        asked = _lines(outlook, item)
        (lines if progress.waits else begun).extend(asked)
        if progress.waits:
            start, errands = item.not_past(outlook.today).start, _errands(outlook, item)
            orders[item.code] = Order(item=item, start=start, lines=asked, errands=errands)
    goods = Goods(outlook, counted, lines, begun)
    groups, of = defaultdict[str, list[Line]](list), together(outlook.company)
    for line in sorted(lines, key=in_turn):
        groups[of[line.name]].append(line)
    for group in groups.values():
        for turn, line in enumerate(group):
            goods.serve(line, group[turn + 1 :])
    return orders


@cache
def together(company: Company) -> dict[str, str]:
    """Of each product the one that stands for all that have supplies in common: their orders may be given the same."""
    stands = dict[str, str]()
    for need in (need for item in company.items.values() if item.type == "production" for need in needs(item)):
        same = {stands.setdefault(one, one) for one in (need.product, *map(name, need.supplies))}
        if len(same) > 1:
            stands = {one: need.product if other in same else other for one, other in stands.items()}
    return stands


def in_turn(line: Line) -> tuple[date, str, str]:
    return line.order.start, line.order.code, line.name


def _lines(outlook: Outlook, order: Item) -> list[Line]:
    """The lines of the same product added; goods that come through others not before their own finish."""
    lines, start = dict[str, Line](), order.not_past(outlook.today).start
    for need in needs(order):
        nothing = Line(order=order, start=start, name=need.product, need=NOTHING, a_piece=NOTHING, eta=None, usable={})
        line = lines.setdefault(need.product, nothing)
        line.need, line.a_piece = line.need + need.amount, line.a_piece + need.a_piece
        day = need.link.first_start(outlook.forecast[need.link.pred.code])
        for supply in need.supplies:
            own = order.calendar.after(outlook.forecast[supply.code].finish) if supply is not need.link.pred else day
            line.usable[supply] = min(max(day, own), line.usable.get(supply, date.max))
    return list(lines.values())


def _errands(outlook: Outlook, order: Item) -> list[Line]:
    """What is to be done before: predecessors without a ratio, and inspections of goods for themselves."""
    found = list[Line]()
    for link in asks(order):
        dates, pred = outlook.forecast[link.pred.code], outlook.progress[link.pred.code]
        if not (link.ratio and link.pred.type in (*RECEIVED, "production")) and pred.status != "cancelled":
            day, start = link.first_start(dates), order.not_past(outlook.today).start
            colour = "green" if pred.over and link.lag_over(dates) <= outlook.today else "yellow"
            colour = colour if day <= start or colour == "green" else "red"
            found.append(Line(order=order, start=start, name=link.pred.code, colour=colour, eta=day))
    return found


class Goods:
    """What there is of each product and of each supply, given to the lines in their turn."""

    def __init__(self, outlook: Outlook, counted: dict[str, Row], lines: list[Line], begun: list[Line]) -> None:
        self.of, self.counted = defaultdict[str, dict[Item, date]](dict), counted  # the supplies of each product
        self.open, self.came = Kept(), Kept()
        for item in filter(is_supply, outlook.company.items.values()):
            progress = outlook.progress[item.code]
            comes = progress.lives and progress.status != "on_hold"
            self.open[item] = max(item.quantity - progress.good, NOTHING) if comes else NOTHING
            self.came[item] = progress.good
            self.of[name(item)][item] = outlook.forecast[item.code].finish
        for line in lines + begun:
            self.of[line.name] |= {supply: outlook.forecast[supply.code].finish for supply in line.usable}
        self.mixed = {one for one, of in self.of.items() if len({sup.unit for sup in of if self.open[sup]} - {""}) > 1}
        self.free, self.safety = defaultdict(lambda: Fraction(10**12)), defaultdict[str, Fraction](Fraction)
        for line in sorted(begun, key=in_turn):  # what they needed is there no more
            self.what_came(line)
        for product, shelf in counted.items():
            self.free[product] = max(max(shelf.on_hand, NOTHING) - shelf.safety, NOTHING)
            self.safety[product] = max(shelf.on_hand, NOTHING) - self.free[product]

    def serve(self, line: Line, later: list[Line]) -> None:
        is_counted, own = line.name in self.counted, line.ways
        given = line.there = min(line.need, self.free[line.name]) if is_counted else self.what_came(line)
        self.free[line.name] -= given if is_counted else NOTHING
        line.there += self._give(line.short, [way for way in own if way[0] <= line.start])
        others = self._others(line) if line.short else []
        kept = self._kept(later) if others else {}
        line.there += self._give(line.short, [way for way in others if way[0] <= line.start], kept)
        inside = min(line.short, self.safety[line.name])
        self.safety[line.name], line.there = self.safety[line.name] - inside, line.there + inside
        line.colour = "green" if is_counted and given == line.need else "yellow"
        if line.short:
            before = {item: self.open[item] for _, item in own + others}
            coming = self._give(line.short, own + others)
            line.colour = "red" if is_counted or coming else "grey"
            if coming == line.short:  # the day only where every missing piece has one
                line.eta = max(day for day, item in own + others if self.open[item] < before[item])
        if line.name in self.mixed:
            line.colour, line.there, line.eta = "red", NOTHING, None

    def what_came(self, line: Line) -> Fraction:
        """Of a product never counted: what the supplies pegged to the line have brought already; of what is counted by
        the name it was bought under no more than lies there, and that is given once."""
        given = NOTHING
        for _, item in line.ways:
            taken, own = min(line.need - given, self.came[item], self.free[name(item)]), name(item)
            self.came[item], self.free[own], given = self.came[item] - taken, self.free[own] - taken, given + taken
        return given

    def _give(self, wanted: Fraction, ways: Ways, kept: Kept | None = None) -> Fraction:
        """What these have beyond what is kept for others, one after the other."""
        given = NOTHING
        for _, item in ways:
            taken = min(wanted - given, max(self.open[item] - (kept or {}).get(item, NOTHING), NOTHING))
            self.open[item], given = self.open[item] - taken, given + taken
        return given

    def _others(self, line: Line) -> Ways:
        return by_day({item: line.order.calendar.after(finish) for item, finish in self.of[line.name].items()
                       if self.open[item] and item not in line.usable})

    def _kept(self, later: list[Line]) -> Kept:
        """What stays for the orders it is pegged to, whose turn has not come: they lack all of their need."""
        kept = defaultdict[Item, Fraction](Fraction)
        for line in later:
            lacks = line.need
            for _, item in line.ways:
                more = min(lacks, self.open[item] - kept[item])
                kept[item], lacks = kept[item] + more, lacks - more
        return kept
