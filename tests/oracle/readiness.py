"""Whether everything is there before an order starts: each piece once, an earlier start first."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from .forecast import Outlook
from .goods import errands, is_supply, name, needs
from .read import NOTHING, Item, Link, Shelf
from .relation import first_start, lag_over

COLOURS = ("none", "green", "grey", "yellow", "red")
Ways = list[tuple[date, str]]


@dataclass(slots=True)
class Supply:
    item: Item
    open: Fraction
    came: Fraction
    finish: date


@dataclass(slots=True)
class Line:
    """A product of an order, with the days its pegged supplies are usable on; or a thing to be done before."""

    order: Item
    start: date
    name: str
    need: Fraction = NOTHING
    a_piece: Fraction = NOTHING
    usable: dict[str, date] = field(default_factory=dict)
    there: Fraction = NOTHING
    colour: str = ""
    eta: date | None = None

    @property
    def short(self) -> Fraction:
        return self.need - self.there

    @property
    def ways(self) -> Ways:
        return sorted((day, code) for code, day in self.usable.items())


@dataclass(slots=True)
class Order:
    item: Item
    start: date
    lines: list[Line]
    errands: list[Line]

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
        lot, least = Fraction(self.item.row.get("lot_multiple") or 1), Fraction(self.item.row.get("lot_minimum") or 0)
        pieces = min([self.item.quantity, *parts]) // lot * lot
        waits = self.colour != "red" or any(line.colour == "red" for line in self.errands)
        return NOTHING if waits or pieces < least else pieces


def readiness(outlook: Outlook, shelves: dict[str, Shelf]) -> dict[str, Order]:
    facts, company, orders = outlook.facts, outlook.facts.company, dict[str, Order]()
    lines, begun = defaultdict[str, list[Line]](list), defaultdict[str, list[Line]](list)
    in_turn = sorted(company.items.values(), key=lambda item: (item.start, item.code))
    for item in (item for item in in_turn if item.type == "production"):
        progress = facts.of[item.code]
        if progress.status not in ("on_hold", "cancelled"):
            asked = _lines(outlook, item)
            for line in asked:
                (begun if progress.begun or progress.over else lines)[line.name].append(line)
            if not progress.begun and not progress.over:
                orders[item.code] = Order(item, item.not_past(facts.today).start, asked, _errands(outlook, item))
    supplies = {code: _supply(outlook, item) for code, item in company.items.items() if is_supply(company, item)}
    named = defaultdict[str, dict[str, Supply]](dict)
    for code, supply in supplies.items():
        named[name(supply.item)][code] = supply
    ledgers = {
        product: Ledger(product, lines[product], begun[product], named[product], supplies, shelves.get(product))
        for product in sorted({*lines, *begun})
    }
    for together in _together(ledgers):
        _settle(together)
    return orders


def _together(ledgers: dict[str, "Ledger"]) -> Iterator[list["Ledger"]]:
    """The products apart, but for those that partly have the same supplies."""
    products, seen = defaultdict[str, set[str]](set), set[str]()
    for product, ledger in ledgers.items():
        for code in ledger.supplies:
            products[code].add(product)
    for product in ledgers:
        group = [product] if product not in seen else []
        for one in group:
            group += {other for code in ledgers[one].supplies for other in products[code]} - {*group}
        seen.update(group)
        yield [ledgers[one] for one in group]


def _settle(ledgers: list["Ledger"]) -> None:
    of = {ledger.product: ledger for ledger in ledgers}
    for line in _in_turn(line for ledger in ledgers for line in ledger.begun):
        of[line.name].what_came(line)
    lines = _in_turn(line for ledger in ledgers for line in ledger.lines)
    for turn, line in enumerate(lines):
        of[line.name].serve(line, lines[turn + 1 :])


def _in_turn(lines: Iterable[Line]) -> list[Line]:
    return sorted(lines, key=lambda line: (line.order.start, line.order.code, line.name))


def _lines(outlook: Outlook, order: Item) -> list[Line]:
    """The lines of the same product added."""
    lines: dict[str, Line] = {}
    for need in needs(outlook.facts.company, order):
        start = order.not_past(outlook.facts.today).start
        line = lines.setdefault(need.product, Line(order, start, need.product))
        line.need, line.a_piece = line.need + need.amount, line.a_piece + need.a_piece
        for supply in need.supplies:
            day = _usable(outlook, supply, need.link)
            line.usable[supply] = min(day, line.usable.get(supply, day))
    return list(lines.values())


def _usable(outlook: Outlook, supply: str, link: Link) -> date:
    """The day the link lets a start follow; goods that come through others not before their own finish."""
    day = first_start(link, outlook.of[link.pred.code])
    return day if supply == link.pred.code else max(day, link.succ.calendar.after(outlook.of[supply].finish))


def _errands(outlook: Outlook, order: Item) -> list[Line]:
    found, facts = list[Line](), outlook.facts
    for link in errands(facts.company, order):
        dates, pred = outlook.of[link.pred.code], facts.of[link.pred.code]
        line = Line(order, order.not_past(facts.today).start, link.pred.code, eta=first_start(link, dates))
        line.colour = "yellow" if first_start(link, dates) <= line.start else "red"
        line.colour = "green" if pred.over and lag_over(link, dates) <= facts.today else line.colour
        found += [line] if pred.status != "cancelled" else []
    return found


def _supply(outlook: Outlook, item: Item) -> Supply:
    progress = outlook.facts.of[item.code]
    left = max(item.quantity - progress.good, NOTHING) if progress.lives and progress.status != "on_hold" else NOTHING
    return Supply(item, left, progress.good, outlook.of[item.code].finish)


class Ledger:
    """One product's goods, given to its lines in their turn."""

    def __init__(
        self, product: str, lines: list[Line], begun: list[Line], named: dict[str, Supply],
        every: dict[str, Supply], shelf: Shelf | None,
    ) -> None:  # fmt: skip
        self.product, self.lines, self.begun, self.every, self.counted = product, lines, begun, every, shelf is not None
        self.supplies = named | {code: every[code] for line in lines + begun for code in line.usable}
        on_hand = max(shelf.on_hand, NOTHING) if shelf else NOTHING
        self.free = max(on_hand - (shelf.safety if shelf else 0), NOTHING)
        self.safety = on_hand - self.free
        self.units = {supply.item.unit for supply in self.supplies.values() if supply.open and supply.item.unit}

    def serve(self, line: Line, later: list[Line]) -> None:
        given = line.there = min(line.need, self.free) if self.counted else self.what_came(line)
        self.free -= given if self.counted else 0
        for day, code in line.ways:
            line.there += self._take(code, line.short) if day <= line.start else 0
        others = self._others(line) if line.short else []
        kept = self._kept(later) if others else {}
        for day, code in others:
            line.there += self._take(code, line.short, kept.get(code, NOTHING)) if day <= line.start else 0
        inside = min(line.short, self.safety)
        self.safety, line.there = self.safety - inside, line.there + inside
        coming = self._wait(line, [*line.ways, *others])
        line.colour = "green" if self.counted and given == line.need else "yellow"
        if line.short:
            line.colour = "red" if self.counted or coming else "grey"
        if len(self.units) > 1:
            line.colour, line.there, line.eta = "red", NOTHING, None

    def _others(self, line: Line) -> Ways:
        return sorted((line.order.calendar.after(supply.finish), code) for code, supply in self.supplies.items()
                      if supply.open and code not in line.usable)

    def _take(self, code: str, wanted: Fraction, kept: Fraction = NOTHING) -> Fraction:
        taken = min(wanted, max(self.supplies[code].open - kept, NOTHING))
        self.supplies[code].open -= taken
        return taken

    def _kept(self, later: list[Line]) -> dict[str, Fraction]:
        """What stays for the orders it is pegged to, whose turn has not come: they lack all of their need."""
        kept: dict[str, Fraction] = defaultdict(Fraction)
        for line in later:
            lacks = line.need
            for _, code in line.ways:
                more = min(lacks, self.every[code].open - kept[code])
                kept[code], lacks = kept[code] + more, lacks - more
        return kept

    def _wait(self, line: Line, ways: Ways) -> Fraction:
        """Sets aside what the missing pieces will come from: the day only where every piece has one."""
        missing, last = line.short, date.min
        for day, code in ways:
            taken = self._take(code, missing)
            missing, last = missing - taken, max(last, day) if taken else last
        line.eta = last if line.short and not missing else None
        return line.short - missing

    def what_came(self, line: Line) -> Fraction:
        """Of a product never counted: what the supplies pegged to the line have brought already."""
        given = NOTHING
        for _, code in line.ways:
            taken = min(line.need - given, self.supplies[code].came)
            self.supplies[code].came -= taken
            given += taken
        return given
