"""Goods, allocated to the orders that need them in their turn: an earlier start is never robbed."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from planning.facts.report import NONE
from planning.plan.plan import Stock
from planning.readiness.allotment import Allotment, Demand
from planning.readiness.line import Colour, Source
from planning.readiness.mornings import Mornings
from planning.readiness.requirement import Requirement

GREEN, YELLOW, RED, GREY = Colour.GREEN, Colour.YELLOW, Colour.RED, Colour.GREY
OWN, OTHER, LATER = Source.OWN, Source.OTHER, Source.LATER
SPENT = 8
"""So many supplies without anything left are passed over before they are dropped."""
Asking = tuple[str, Demand, Requirement]
"""An order's turn, the order, and what it asks for."""


@dataclass(slots=True)
class Supply:
    """`open`: what is still to come and is allocated to nobody; `came`: what has come and is not."""

    code: str
    open: Decimal
    came: Decimal
    finish: date
    unit: str
    product: str = ""
    """What it brings is counted as this, where anybody counts it."""
    later: Decimal = NONE
    """What the orders it is pegged to need of it whose turn has not come, where they have no other."""
    together: frozenset[str] = field(default=frozenset())
    """The supplies that hang together with it over an order that has more than one."""


Usable = tuple[date, Supply]
"""A supply, and the day from which its goods can be used."""
Pegs = Callable[[Demand, Requirement], Sequence[Usable]]
"""The supplies pegged to an order, by the day they can be used."""


def allocate(
    asking: Sequence[Asking], supplies: Mapping[str, Supply], of_product: Mapping[str, Collection[str]],
    shelves: Mapping[str, Stock], pegs: Pegs,
) -> dict[str, Allotment]:  # fmt: skip
    """Give products whose supplies are partly the same to the orders that need them; by product.

    `asking`: what is asked for, in the order of the starts; `of_product`: the supplies of each.
    """
    waiting = [one for one in asking if one[1].waits]
    reserved = Reservations(waiting, supplies, pegs)
    allocations: dict[str, Allocation] = {}
    allocations |= {
        product: Allocation({code: supplies[code] for code in codes}, shelves.get(product), reserved, pegs, allocations)
        for product, codes in of_product.items()
    }
    if len(waiting) < len(asking):
        for _, demand, required in asking:
            if not demand.waits:
                allocations[required.product].begin(demand, required)
    if len(allocations) == 1:
        next(iter(allocations.values())).serve(waiting)
    else:
        for one in waiting:
            allocations[one[2].product].serve([one])
    return {product: allocation.allotment for product, allocation in allocations.items()}


class Allocation:
    """One product's goods, as far as they are given to nobody yet."""

    def __init__(
        self, supplies: Mapping[str, Supply], shelf: Stock | None, reserved: "Reservations", pegs: Pegs,
        together: Mapping[str, "Allocation"],
    ) -> None:  # fmt: skip
        """`together`: those of the products whose supplies are partly the same."""
        self._supplies, self._reserved, self._pegs, self._together = supplies, reserved, pegs, together
        on_hand = max(shelf.on_hand, NONE) if shelf else NONE
        self._free = max(on_hand - (shelf.safety if shelf else NONE), NONE)
        self._safety = on_hand - self._free
        units = {supply.unit for supply in supplies.values() if supply.open and supply.unit}
        self._others_by: dict[int, list[tuple[date, str, Supply]]] = {}
        self.allotment = Allotment(is_counted=shelf is not None, units_differ=len(units) > 1)
        self._given = self.allotment.given

    def begin(self, demand: Demand, required: Requirement) -> None:
        """What an order that has begun needed is there no more."""
        missing = required.amount
        for _, supply in self._pegs(demand, required):
            taken = min(missing, supply.came)
            supply.came -= taken
            missing -= taken

    def serve(self, waiting: Sequence[Asking]) -> None:
        """One after the other. A large plan has hundreds of thousands of lines: nothing is called for what there is
        nothing of."""
        kept, reserved, supplies = self.allotment, self._reserved, self._supplies
        given, is_counted, units_differ = self._given, kept.is_counted, kept.units_differ
        are_together = reserved.are_together
        mornings, others = None, list[tuple[date, str, Supply]]()
        for _, demand, required in waiting:
            need, start = required.amount, demand.start
            if required.is_plain:
                supply = supplies[required.supplies[0]]
                pegs: Sequence[Usable] = ((demand.mornings[supply.finish], supply),)
                supply.later -= need
            else:
                pegs = self._pegs(demand, required) if required.pegs else ()
                if len(pegs) == 1:
                    pegs[0][1].later -= need
            if are_together:
                reserved.release(pegs)
            if is_counted:
                missing = self._from_stock(need) if self._free else need
            else:
                missing = self._came(pegs, need)
            there, colour, eta = need, GREEN if is_counted else YELLOW, None
            if missing:
                colour = YELLOW
                if demand.mornings is not mornings:
                    mornings = demand.mornings
                    others = self._others(mornings)
                for day, supply in pegs:
                    if missing and day <= start and supply.open:
                        missing = self._take(OWN, supply, day, missing, supply.open)
                if missing and others and others[0][0] <= start:
                    missing = self._other(required, start, others, missing)
                if missing and self._safety:
                    missing = self._from_safety(missing)
                if missing:
                    there = need - missing
                    eta, is_coming = self._later(pegs, others, missing)
                    colour = RED if is_counted or is_coming else GREY
            if units_differ:
                there, colour, eta = NONE, RED, None
            kept.orders.append(demand.code)
            kept.starts.append(start)
            kept.required.append(required)
            kept.there.append(there)
            kept.colours[demand.code] = colour
            kept.etas.append(eta)
            kept.ends.append(len(given))

    # Each of the following gives what is still missing afterwards.

    def _from_stock(self, missing: Decimal) -> Decimal:
        taken = missing if missing <= self._free else self._free
        if taken:
            self._free -= taken
            self._given.extend((Source.STOCK, taken, "", None))
        return missing - taken

    def _from_safety(self, missing: Decimal) -> Decimal:
        taken = min(missing, self._safety)
        self._safety -= taken
        self._given.extend((Source.SAFETY, taken, "", None))
        return missing - taken

    def _came(self, pegs: Sequence[Usable], missing: Decimal) -> Decimal:
        """Of a product never counted: what the supplies pegged to the order have brought already. What lies there under
        another name that is counted is no more than was counted, and is given once."""
        for _, supply in pegs:
            taken = min(missing, supply.came)
            counted = self._together.get(supply.product)
            if counted and counted.allotment.is_counted:
                taken = min(taken, counted._free)
                counted._free -= taken
            if taken:
                supply.came -= taken
                missing -= taken
                self._given.extend((Source.CAME, taken, supply.code, None))
        return missing

    def _other(
        self, required: Requirement, start: date, others: list[tuple[date, str, Supply]], missing: Decimal
    ) -> Decimal:
        """Of what others bring by the start, beside what is reserved of them."""
        spent, own = 0, required.supplies
        for day, code, supply in others:
            if day > start:
                break
            if not supply.open:
                spent += 1
            elif code not in own:
                later = self._reserved.of(supply) if supply.together else supply.later
                if supply.open > later:
                    missing = self._take(OTHER, supply, day, missing, supply.open - later)
                    if not missing:
                        break
        if spent > SPENT:
            others[:] = [one for one in others if one[2].open]
        return missing

    def _take(self, source: Source, supply: Supply, day: date, missing: Decimal, there: Decimal) -> Decimal:
        taken = missing if missing <= there else there
        supply.open -= taken
        if supply.together:
            self._reserved.invalidate(supply)
        self._given.extend((source, taken, supply.code, day))
        return missing - taken

    def _later(
        self, pegs: Sequence[Usable], others: Sequence[tuple[date, str, Supply]], missing: Decimal
    ) -> tuple[date | None, bool]:
        """Set aside what the missing pieces will come from: the day only where every piece has one, and whether any
        has."""
        rest, last = missing, date.min
        for day, supply in pegs:
            if supply.open:
                rest, last = self._take(LATER, supply, day, rest, supply.open), max(last, day)
                if not rest:
                    return last, True
        for day, _, supply in others:
            if supply.open:  # what is pegged to it has nothing left when it comes again here
                rest, last = self._take(LATER, supply, day, rest, supply.open), max(last, day)
                if not rest:
                    return last, True
        return None, rest < missing

    def _others(self, mornings: Mornings) -> list[tuple[date, str, Supply]]:
        """Supplies that still bring something, by the day they are usable in the order's calendar."""
        known = self._others_by.get(id(mornings))
        if known is None:
            known = [(mornings[one.finish], code, one) for code, one in self._supplies.items() if one.open]
            known.sort()
            self._others_by[id(mornings)] = known
        return known


class Reservations:
    """What stays of each supply for the orders it is pegged to whose turn has not come: they lack all of their need.

    A supply whose orders have no other is added up. Others hang together: those are worked out in turn, and again when
    one of them has given something.
    """

    def __init__(self, waiting: Sequence[Asking], supplies: Mapping[str, Supply], pegs: Pegs) -> None:
        self._waiting, self._supplies, self._pegs = waiting, supplies, pegs
        self._served = 0
        self._pegged: dict[str, list[int]] = {}
        """The turns of those who ask for supplies that hang together."""
        self._worked_out: dict[frozenset[str], Mapping[str, Decimal]] = {}
        several = list[Requirement]()
        for _, _, required in waiting:
            codes = required.supplies
            if len(codes) == 1:
                supplies[codes[0]].later += required.amount
            elif codes:
                several.append(required)
        if several:
            self._part(several)

    @property
    def are_together(self) -> bool:
        """Check whether any supplies hang together."""
        return bool(self._pegged)

    def release(self, pegs: Sequence[Usable]) -> None:
        """It is an order's turn: it is given what it needs, and nothing is reserved for it."""
        self._served += 1
        if pegs and pegs[0][1].together:
            self.invalidate(pegs[0][1])

    def invalidate(self, supply: Supply) -> None:
        self._worked_out.pop(supply.together, None)

    def of(self, supply: Supply) -> Decimal:
        """Of one that hangs together with others."""
        together = supply.together
        if together not in self._worked_out:
            self._worked_out[together] = self._work_out(together)
        return self._worked_out[together].get(supply.code, NONE)

    def _part(self, several: Iterable[Requirement]) -> None:
        """Find which supplies hang together over an order that has more than one."""
        pegged = defaultdict[str, list[int]](list)
        for turn, (_, _, required) in enumerate(self._waiting):
            for code in required.supplies:
                pegged[code].append(turn)
        for required in several:
            if not self._supplies[required.supplies[0]].together:
                found = frozenset(self._reach(required.supplies[0], pegged))
                for one in found:
                    self._supplies[one].together = found
                    self._pegged[one] = pegged[one]

    def _reach(self, code: str, pegged: Mapping[str, Sequence[int]]) -> Collection[str]:
        found, walk = {code}, [code]
        for one in walk:
            new = {other for turn in pegged[one] for other in self._waiting[turn][2].supplies} - found
            found |= new
            walk += new
        return found

    def _work_out(self, together: frozenset[str]) -> Mapping[str, Decimal]:
        reserved: defaultdict[str, Decimal] = defaultdict(Decimal)
        for turn in self._turns(together):
            _, demand, required = self._waiting[turn]
            lacks = required.amount
            for _, supply in self._pegs(demand, required):
                more = min(lacks, supply.open - reserved[supply.code])
                reserved[supply.code] += more
                lacks -= more
        return reserved

    def _turns(self, together: frozenset[str]) -> Iterator[int]:
        turns = {turn for code in together for turn in self._pegged[code]}
        return iter(sorted(turn for turn in turns if turn >= self._served))
