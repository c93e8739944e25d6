"""One product's goods, given to the orders that need them in their turn: an earlier start is never robbed."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from planning.facts.relation import after
from planning.facts.report import NONE
from planning.plan.calendar import WorkCalendar
from planning.plan.plan import Stock
from planning.readiness.line import Colour, From, Given, Line

Ways = Sequence[tuple[date, str]]


@dataclass(slots=True)
class Supply:
    """`open`: what is still to come and nobody was given; `came`: what has come and nobody was given."""

    code: str
    open: Decimal
    came: Decimal
    finish: date
    unit: str


class Ledger:
    """`lines`: of orders that have not begun, `begun`: of those that have, both in the order of their starts."""

    def __init__(
        self, lines: Sequence[Line], begun: Sequence[Line], supplies: Mapping[str, Supply], shelf: Stock | None
    ) -> None:
        self._lines, self._begun, self._supplies = lines, begun, supplies
        self._is_counted = shelf is not None
        on_hand = max(shelf.on_hand, NONE) if shelf else NONE
        self._free = max(on_hand - (shelf.safety if shelf else NONE), NONE)
        self._safety = on_hand - self._free
        units = {supply.unit for supply in supplies.values() if supply.open and supply.unit}
        self._units_differ = len(units) > 1
        self._others_by: dict[int, list[tuple[date, str]]] = {}
        self._kept = Kept(lines, supplies)

    def settle(self) -> None:
        for line in self._begun:
            self._came(line, note=False)
        for line in self._lines:
            self._kept.comes(line)
            self._serve(line)

    def _serve(self, line: Line) -> None:
        line.is_counted, line.units_differ = self._is_counted, self._units_differ
        need, start = line.want.amount, line.start
        given = self._from_stock(line) if self._is_counted else self._came(line)
        line.there = given
        if given == need and not self._units_differ:
            line.colour = Colour.GREEN if self._is_counted else Colour.YELLOW
            return
        missing = need - given
        for day, code in line.ways:
            if day > start or not missing:
                break
            missing -= self._take(line, From.OWN, code, day, missing)
        own = {code for _, code in line.ways}
        others = self._others(line.calendar) if missing else ()
        for day, code in others:
            if day > start or not missing:
                break
            if code not in own:
                missing -= self._take(line, From.OTHER, code, day, missing, self._kept.of(code))
        if missing and self._safety:
            inside = min(missing, self._safety)
            self._safety -= inside
            missing -= inside
            line.given.append(Given(From.SAFETY, inside))
        line.there = need - missing
        coming = self._wait(line, missing, others, own) if missing else NONE
        line.colour = Colour.YELLOW
        if missing:
            line.colour = Colour.RED if self._is_counted or coming else Colour.GREY
        if self._units_differ:
            line.colour, line.there, line.eta = Colour.RED, NONE, None

    def _from_stock(self, line: Line) -> Decimal:
        given = min(line.need, self._free)
        if given:
            self._free -= given
            line.given.append(Given(From.STOCK, given))
        return given

    def _came(self, line: Line, *, note: bool = True) -> Decimal:
        """Of a product never counted: what the supplies pegged to the line have brought already."""
        given = NONE
        for _, code in line.ways:
            supply = self._supplies[code]
            taken = min(line.need - given, supply.came)
            if taken:
                supply.came -= taken
                given += taken
                if note:
                    line.given.append(Given(From.CAME, taken, code))
        return given

    def _others(self, calendar: WorkCalendar) -> Ways:
        """Supplies that still bring something, by the day they are usable in the order's calendar."""
        known = self._others_by.get(id(calendar))
        if known is None:
            known = [(after(calendar, one.finish), code) for code, one in self._supplies.items() if one.open]
            known.sort()
        else:
            known = [way for way in known if self._supplies[way[1]].open]
        self._others_by[id(calendar)] = known
        return known

    def _take(
        self, line: Line, source: From, code: str, day: date, wanted: Decimal, kept: Decimal = NONE
    ) -> Decimal:
        supply = self._supplies[code]
        taken = min(wanted, supply.open - kept)
        if taken <= 0:
            return NONE
        supply.open -= taken
        self._kept.is_stale(code)
        line.given.append(Given(source, taken, code, day))
        return taken

    def _wait(self, line: Line, missing: Decimal, others: Ways, own: set[str]) -> Decimal:
        """Set aside what the missing pieces will come from: the day only where every piece has one."""
        rest, last = missing, date.min
        for day, code in (*line.ways, *(way for way in others if way[1] not in own)):
            if taken := self._take(line, From.LATER, code, day, rest):
                rest, last = rest - taken, max(last, day)
            if not rest:
                break
        line.eta = None if rest else last
        return missing - rest


class Kept:
    """What stays of each supply for the orders it is pegged to whose turn has not come: they lack all of their need.

    Worked out for the supplies that hang together, and again when one of them has given something.
    """

    def __init__(self, lines: Sequence[Line], supplies: Mapping[str, Supply]) -> None:
        self._supplies = supplies
        self._served = 0
        self._pegged: defaultdict[str, list[int]] = defaultdict(list)
        self._lines = lines
        for turn, line in enumerate(lines):
            for _, code in line.ways:
                self._pegged[code].append(turn)
        self._together: dict[str, frozenset[str]] = {}
        self._kept: dict[frozenset[str], Mapping[str, Decimal]] = {}

    def comes(self, line: Line) -> None:
        """It is this line's turn: it lacks what it is not given, and keeps nothing from itself."""
        self._served += 1
        if line.ways:
            self.is_stale(line.ways[0][1])

    def is_stale(self, code: str) -> None:
        if code in self._together:
            self._kept.pop(self._together[code], None)

    def of(self, code: str) -> Decimal:
        if code not in self._pegged:
            return NONE
        together = self._together.get(code) or self._find(code)
        if together not in self._kept:
            self._kept[together] = self._work_out(together)
        return self._kept[together].get(code, NONE)

    def _find(self, code: str) -> frozenset[str]:
        found, walk = {code}, [code]
        for one in walk:
            new = {other for turn in self._pegged[one] for _, other in self._lines[turn].ways} - found
            found |= new
            walk += new
        together = frozenset(found)
        self._together |= dict.fromkeys(together, together)
        return together

    def _work_out(self, together: frozenset[str]) -> Mapping[str, Decimal]:
        kept: defaultdict[str, Decimal] = defaultdict(Decimal)
        for turn in self._later(together):
            lacks = self._lines[turn].need
            for _, code in self._lines[turn].ways:
                more = min(lacks, self._supplies[code].open - kept[code])
                kept[code] += more
                lacks -= more
        return kept

    def _later(self, together: frozenset[str]) -> Iterator[int]:
        turns = {turn for code in together for turn in self._pegged[code]}
        return iter(sorted(turn for turn in turns if turn >= self._served))
