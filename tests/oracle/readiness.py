"""Whether everything is there before an order starts: each piece once, an earlier start first."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from .forecast import Outlook
from .goods import Shelf, errands, is_supply, name, needs
from .progress import Progress
from .read import Item, Link
from .relation import first_start, lag_over

COLOURS = ("none", "green", "grey", "yellow", "red")
NOTHING = Fraction(0)
Ways = list[tuple[date, str]]


@dataclass(slots=True)
class Supply:
    item: Item
    open: Fraction
    received: Fraction
    finish: date


@dataclass(slots=True)
class Line:
    """A product of an order, with the days its pegged supplies are usable on; or a thing to be done before."""

    order: Item
    start: date
    name: str
    need: Fraction = NOTHING
    a_piece: Fraction = NOTHING
    ways: Ways = field(default_factory=list)
    there: Fraction = NOTHING
    colour: str = ""
    eta: date | None = None

    @property
    def short(self) -> Fraction:
        return self.need - self.there


@dataclass(slots=True)
class Order:
    item: Item
    start: date
    errands: list[Line]
    lines: list[Line] = field(default_factory=list)

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
        lot = self.item.lot_multiple or Fraction(1)
        pieces = min([self.item.quantity, *parts]) // lot * lot
        waits = self.colour != "red" or any(line.colour == "red" for line in self.errands)
        return NOTHING if waits or pieces < self.item.lot_minimum else pieces


def readiness(outlook: Outlook, shelves: dict[str, Shelf]) -> dict[str, Order]:
    facts, company = outlook.facts, outlook.facts.company
    orders: dict[str, Order] = {}
    lines, begun = defaultdict[str, list[Line]](list), defaultdict[str, list[Line]](list)
    in_turn = sorted(company.items.values(), key=lambda item: (item.start, item.code))
    for item in (item for item in in_turn if item.type == "production"):
        progress = facts.of[item.code]
        start = item.start if item.start >= facts.today else item.calendar.not_before(facts.today)
        asked = [Line(item, start, product, need.amount, need.a_piece, sorted(
            (min(_usable(outlook, supply, link) for link in links), supply) for supply, links in need.ways.items()))
            for product, need in needs(company, item).items() if progress.status not in ("on_hold", "cancelled")]
        for line in asked:
            (begun if progress.begun or progress.over else lines)[line.name].append(line)
        if not progress.begun and progress.lives and progress.status != "on_hold":
            orders[item.code] = Order(item, start, _errands(outlook, item, start), asked)
    supplies = {code: _supply(item, facts.of[code], outlook.of[code].finish)
                for code, item in company.items.items() if is_supply(company, item)}
    named = defaultdict[str, dict[str, Supply]](dict)
    for code, supply in supplies.items():
        named[name(supply.item)][code] = supply
    for product, theirs in sorted(lines.items()):
        pegged = {code: supplies[code] for line in theirs for _, code in line.ways}
        Ledger(theirs, begun[product], named[product] | pegged, shelves.get(product)).settle()
    return orders


def _usable(outlook: Outlook, supply: str, link: Link) -> date:
    """The day the link lets a start follow; goods that come through others not before their own finish."""
    day = first_start(link, outlook.of[link.pred.code].dates)
    return day if supply == link.pred.code else max(day, link.succ.calendar.after(outlook.of[supply].finish))


def _errands(outlook: Outlook, order: Item, start: date) -> list[Line]:
    found = [Line(order, start, link.pred.code, eta=first_start(link, outlook.of[link.pred.code].dates),
                  colour="green" if _settled(outlook, link) else "")
             for link in errands(outlook.facts.company, order)
             if outlook.facts.of[link.pred.code].status != "cancelled"]
    for line in found:
        line.colour = line.colour or ("yellow" if line.eta and line.eta <= start else "red")
    return found


def _settled(outlook: Outlook, link: Link) -> bool:
    code, facts = link.pred.code, outlook.facts
    return facts.of[code].over and lag_over(link, outlook.of[code].dates) <= facts.today


def _supply(item: Item, progress: Progress, finish: date) -> Supply:
    exists = progress.lives and progress.status != "on_hold"
    return Supply(item, max(item.quantity - progress.good, NOTHING) * exists, progress.good, finish)


class Ledger:
    """One product's goods, given to its lines in their turn."""

    def __init__(self, lines: list[Line], begun: list[Line], supplies: dict[str, Supply], shelf: Shelf | None) -> None:
        self.lines, self.begun, self.supplies, self.counted = lines, begun, supplies, shelf is not None
        on_hand, safety = (max(shelf.on_hand, NOTHING), shelf.safety) if shelf else (NOTHING, NOTHING)
        self.free = max(on_hand - safety, NOTHING)
        self.safety = on_hand - self.free
        self.came = {code: supply.received for code, supply in supplies.items()}
        self.units = {supply.item.unit for supply in supplies.values() if supply.open and supply.item.unit}

    def settle(self) -> None:
        for line in self.begun:
            self._what_came(line)
        for turn, line in enumerate(self.lines):
            self._serve(line, self.lines[turn + 1 :])

    def _serve(self, line: Line, later: list[Line]) -> None:
        given = line.there = min(line.need, self.free) if self.counted else self._what_came(line)
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
        pegged = {code for _, code in line.ways}
        return sorted((line.order.calendar.after(supply.finish), code) for code, supply in self.supplies.items()
                      if supply.open and code not in pegged)

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
                more = min(lacks, self.supplies[code].open - kept[code])
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

    def _what_came(self, line: Line) -> Fraction:
        """Of a product never counted: what the supplies pegged to the line have brought already."""
        given = NOTHING
        for _, code in line.ways:
            taken = min(line.need - given, self.came[code])
            self.came[code], given = self.came[code] - taken, given + taken
        return given
