"""Goods, allocated to the orders that need them in their turn: an earlier start is never robbed."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from planning.facts.relation import after
from planning.facts.report import NONE
from planning.plan.calendar import WorkCalendar
from planning.plan.plan import Stock
from planning.readiness.line import Allocated, Colour, Line, Source

Usable = tuple[date, str]
"""A supply, and the day from which its goods can be used."""
SPENT = 8
"""So many supplies without anything left are passed over before they are dropped."""


@dataclass(slots=True)
class Supply:
    """`open`: what is still to come and is allocated to nobody; `came`: what has come and is not."""

    code: str
    open: Decimal
    came: Decimal
    finish: date
    unit: str


def allocate(
    lines: Sequence[Line], begun: Sequence[Line], supplies: Mapping[str, Mapping[str, Supply]],
    shelves: Mapping[str, Stock],
) -> None:  # fmt: skip
    """Give products whose supplies are partly the same to the orders that need them.

    `lines`: of orders that have not begun, `begun`: of those that have, both in the order of their starts; `supplies`
    and `shelves`: by product.
    """
    reserved = Reservations(lines, {code: one for theirs in supplies.values() for code, one in theirs.items()})
    allocations = {one: Allocation(theirs, shelves.get(one), reserved) for one, theirs in supplies.items()}
    for line in begun:
        allocations[line.name].begin(line)
    for line in lines:
        reserved.release(line)
        allocations[line.name].serve(line)


class Allocation:
    """One product's goods, as far as they are given to nobody yet."""

    def __init__(self, supplies: Mapping[str, Supply], shelf: Stock | None, reserved: "Reservations") -> None:
        self._supplies, self._reserved = supplies, reserved
        self._is_counted = shelf is not None
        on_hand = max(shelf.on_hand, NONE) if shelf else NONE
        self._free = max(on_hand - (shelf.safety if shelf else NONE), NONE)
        self._safety = on_hand - self._free
        units = {supply.unit for supply in supplies.values() if supply.open and supply.unit}
        self._units_differ = len(units) > 1
        self._others_by: dict[int, list[tuple[date, str, Supply]]] = {}

    def begin(self, line: Line) -> None:
        """What an order that has begun needed is there no more."""
        self._came(line, note=False)

    def serve(self, line: Line) -> None:
        if not self._is_counted:
            line.is_counted = False
        if self._units_differ:
            line.units_differ = True
        need = line.requirement.amount
        there = self._from_stock(line, need) if self._is_counted else self._came(line)
        missing = need - there
        if missing and line.pegs:
            missing -= self._own(line, missing)
        if missing:
            missing -= self._other(line, missing)
        if missing and self._safety:
            inside = min(missing, self._safety)
            self._safety -= inside
            missing -= inside
            line.allocated.append(Allocated(Source.SAFETY, inside))
        line.there = need - missing
        if missing:
            coming = self._later(line, missing)
            line.colour = Colour.RED if self._is_counted or coming else Colour.GREY
        elif there != need or not self._is_counted:
            line.colour = Colour.YELLOW
        if self._units_differ:
            line.colour, line.there, line.eta = Colour.RED, NONE, None

    def _from_stock(self, line: Line, need: Decimal) -> Decimal:
        free = self._free
        if not free or not need:
            return NONE
        taken = need if need <= free else free
        self._free = free - taken
        line.allocated.append(Allocated(Source.STOCK, taken))
        return taken

    def _came(self, line: Line, *, note: bool = True) -> Decimal:
        """Of a product never counted: what the supplies pegged to the line have brought already."""
        allocated = NONE
        for _, code in line.pegs:
            supply = self._supplies[code]
            taken = min(line.need - allocated, supply.came)
            if taken:
                supply.came -= taken
                allocated += taken
                if note:
                    line.allocated.append(Allocated(Source.CAME, taken, code))
        return allocated

    def _own(self, line: Line, missing: Decimal) -> Decimal:
        """What the supplies pegged to the line bring by its start."""
        rest = missing
        for day, code in line.pegs:
            if day > line.start or not rest:
                break
            supply = self._supplies[code]
            if supply.open:
                rest -= self._take(line, Source.OWN, supply, day, rest, supply.open)
        return missing - rest

    def _other(self, line: Line, missing: Decimal) -> Decimal:
        """What others bring by its start, beside what is reserved of them."""
        rest, spent, start = missing, 0, line.start
        own = [code for _, code in line.pegs]
        others = self._others(line.calendar)
        for day, code, supply in others:
            if day > start:
                break
            if not supply.open:
                spent += 1
            elif code not in own:
                unreserved = supply.open - self._reserved.of(code)
                if unreserved > 0:
                    rest -= self._take(line, Source.OTHER, supply, day, rest, unreserved)
                    if not rest:
                        break
        if spent > SPENT:
            self._others_by[id(line.calendar)] = [one for one in others if one[2].open]
        return missing - rest

    def _later(self, line: Line, missing: Decimal) -> Decimal:
        """Set aside what the missing pieces will come from: the day only where every piece has one."""
        rest, last = missing, date.min
        own = [(day, code, self._supplies[code]) for day, code in line.pegs]
        for one in (own, self._others(line.calendar)):
            for day, _, supply in one:
                if supply.open:  # what is pegged to it has nothing left when it comes again among the others
                    rest, last = rest - self._take(line, Source.LATER, supply, day, rest, supply.open), max(last, day)
                    if not rest:
                        line.eta = last
                        return missing
        return missing - rest

    def _others(self, calendar: WorkCalendar) -> list[tuple[date, str, Supply]]:
        """Supplies that still bring something, by the day they are usable in the order's calendar."""
        known = self._others_by.get(id(calendar))
        if known is None:
            known = [(after(calendar, one.finish), code, one) for code, one in self._supplies.items() if one.open]
            known.sort()
            self._others_by[id(calendar)] = known
        return known

    def _take(
        self, line: Line, source: Source, supply: Supply, day: date, wanted: Decimal, there: Decimal
    ) -> Decimal:
        taken = wanted if wanted <= there else there
        supply.open -= taken
        self._reserved.invalidate(supply.code)
        line.allocated.append(Allocated(source, taken, supply.code, day))
        return taken


class Reservations:
    """What stays of each supply for the orders it is pegged to whose turn has not come: they lack all of their need.

    A supply whose orders have no other is added up. Others hang together: those are worked out in turn, and again when
    one of them has given something.
    """

    def __init__(self, lines: Sequence[Line], supplies: Mapping[str, Supply]) -> None:
        self._lines, self._supplies = lines, supplies
        self._served = 0
        self._alone: dict[str, Decimal] = {}
        """What the later orders of a supply need, where they have no other."""
        self._pegged: dict[str, list[int]] = {}
        """The turns of the lines at each of the others."""
        self._together: dict[str, frozenset[str]] = {}
        self._worked_out: dict[frozenset[str], Mapping[str, Decimal]] = {}
        alone = self._alone
        several = list[Line]()
        for line in lines:
            if len(line.pegs) == 1:
                code = line.pegs[0][1]
                alone[code] = alone.get(code, NONE) + line.requirement.amount
            elif line.pegs:
                several.append(line)
        if several:
            self._part(several)

    def release(self, line: Line) -> None:
        """It is this line's turn: it is given what it needs, and nothing is reserved for it."""
        self._served += 1
        if line.pegs:
            code = line.pegs[0][1]
            if code in self._alone:
                self._alone[code] -= line.requirement.amount
            else:
                self.invalidate(code)

    def invalidate(self, code: str) -> None:
        if code in self._together:
            self._worked_out.pop(self._together[code], None)

    def of(self, code: str) -> Decimal:
        later = self._alone.get(code)
        if later is not None:
            return min(later, self._supplies[code].open)
        together = self._together.get(code)
        if together is None:
            return NONE
        if together not in self._worked_out:
            self._worked_out[together] = self._work_out(together)
        return self._worked_out[together].get(code, NONE)

    def _part(self, several: Iterable[Line]) -> None:
        """Find which supplies hang together over an order that has more than one."""
        pegged = defaultdict[str, list[int]](list)
        for turn, line in enumerate(self._lines):
            for _, code in line.pegs:
                pegged[code].append(turn)
        for line in several:
            code = line.pegs[0][1]
            if code not in self._together:
                found = self._reach(code, pegged)
                self._together |= dict.fromkeys(found, frozenset(found))
                for one in found:
                    self._alone.pop(one, None)
                    self._pegged[one] = pegged[one]

    def _reach(self, code: str, pegged: Mapping[str, Sequence[int]]) -> Collection[str]:
        found, walk = {code}, [code]
        for one in walk:
            new = {other for turn in pegged[one] for _, other in self._lines[turn].pegs} - found
            found |= new
            walk += new
        return found

    def _work_out(self, together: frozenset[str]) -> Mapping[str, Decimal]:
        reserved: defaultdict[str, Decimal] = defaultdict(Decimal)
        for turn in self._turns(together):
            lacks = self._lines[turn].need
            for _, code in self._lines[turn].pegs:
                more = min(lacks, self._supplies[code].open - reserved[code])
                reserved[code] += more
                lacks -= more
        return reserved

    def _turns(self, together: frozenset[str]) -> Iterator[int]:
        turns = {turn for code in together for turn in self._pegged[code]}
        return iter(sorted(turn for turn in turns if turn >= self._served))
