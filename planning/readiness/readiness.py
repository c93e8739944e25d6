"""The readiness of a plan's orders, by the allocation of each product."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from operator import itemgetter
from typing import TypeVar

from planning.facts.forecast import Outlook
from planning.facts.relation import Dates, moves_start, start_for
from planning.facts.report import NONE
from planning.plan.calendar import WorkCalendar
from planning.plan.item import Status
from planning.plan.plan import Stock
from planning.readiness.allocation import Asking, Supply, Usable, allocate
from planning.readiness.allotment import Allotment, Demand
from planning.readiness.goods import material
from planning.readiness.line import Colour, Line, Order, Prerequisite, worst
from planning.readiness.mornings import Mornings
from planning.readiness.requirement import OrderRequirements, Peg, Requirement, Requirements

T = TypeVar("T")
NO_ORDER = (Status.ON_HOLD, Status.CANCELLED)
OVER = (Status.DONE, Status.CLOSED)


class Readiness:
    """Each product is allocated when an order that needs it is asked for: a question costs what it hangs on."""

    def __init__(
        self, requirements: Requirements, outlook: Outlook, shelves: Mapping[str, Stock], today: date
    ) -> None:
        """`shelves`: of the products that somebody counts."""
        self._requirements, self.outlook, self._shelves = requirements, outlook, shelves
        self._today = today
        self.network = requirements.network
        self._timetable = self.network.timetable
        self._allotments: dict[str, Allotment] = {}
        """By product."""
        self._orders: dict[str, Order | None] = {}
        self._demands: dict[str, Demand | None] = {}
        self._mornings: dict[int, Mornings] = {}
        """By calendar."""

    def updated(
        self, requirements: Requirements, outlook: Outlook, shelves: Mapping[str, Stock], changed: Collection[str]
    ) -> "Readiness":
        """The same day after some items have changed, or what was said of them; the items and links of the plan are the
        same. What that does not bear on is not allocated again."""
        now = Readiness(requirements, outlook, shelves, self._today)
        if not (self._allotments or self._orders):
            return now
        products, orders = set[str](), set[str](changed)
        was = self._requirements.of
        others = [code for code, one in requirements.of.items() if was.get(code) is not one] if (
            was is not requirements.of
        ) else []  # fmt: skip
        for code in {*changed, *others}:
            orders.add(code)
            for known in (self._requirements, requirements):
                products.update(known.required_by(code))
        for code in {*changed, *self._moved(outlook, changed)}:
            for known in (self._requirements, requirements):
                products.update(known.supplied_by(code))
                for order, number in known.behind(code):
                    orders.add(order)
                    products.update(one.product for one in known.of[order].goods if one.comes_over(number))
        products.update(
            one for one in shelves.keys() | self._shelves.keys()
            if shelves.get(one) is not self._shelves.get(one) and shelves.get(one) != self._shelves.get(one)
        )  # fmt: skip
        together = {one for product in products for one in (*self._requirements.together_with(product),
                                                             *requirements.together_with(product))}  # fmt: skip
        orders.update(order for product in together for order, _ in requirements.orders_of.get(product, ()))
        now._allotments = _without(self._allotments, together)
        now._orders = _without(self._orders, orders)
        now._demands = _without(self._demands, changed)
        now._mornings = self._mornings
        return now

    def _moved(self, outlook: Outlook, changed: Iterable[str]) -> Iterator[str]:
        """What hangs on them and is forecast otherwise; what nobody has asked for bears on nothing that is known."""
        for code in outlook.behind(changed):
            before = self.outlook.known(code)
            if before and before.dates != outlook[code].dates:
                yield code

    def order(self, code: str) -> Order | None:
        """None of what is no order (any more): it runs, is over, on hold, or makes nothing."""
        if code not in self._orders:
            self._orders[code] = self._order(code)
        return self._orders[code]

    def orders(self, codes: Collection[str]) -> list[Order]:
        """Those of them that are orders. Where nothing is allocated yet, each product leaves its mark on its orders
        while it is at hand: to look up hundreds of thousands of lines afterwards would take as long as the rest."""
        marks = None if self._allotments else self._marks(codes)
        for code in codes if marks is not None else ():
            if code not in self._orders:
                self._orders[code] = self._order(code, marks)
        return [order for order in map(self.order, codes) if order]

    def _marks(self, codes: Iterable[str]) -> Mapping[str, Colour]:
        """The worst colour of the goods of each order."""
        found = dict[str, Colour]()
        for product in dict.fromkeys(product for code in codes for product in self._requirements.required_by(code)):
            for order, colour in self._allotted(product).colours.items():
                if colour is Colour.RED or found.get(order, Colour.GREEN) is Colour.GREEN:
                    found[order] = colour
        return found

    def in_turn(self, product: str) -> Iterator[Line]:
        """The lines of a product, of orders that have not begun, in the order in which they are served."""
        return self._allotted(product).lines()

    def _allotted(self, product: str) -> Allotment:
        known = self._allotments.get(product)
        if known is None:
            self._allocate(self._requirements.together_with(product))
            known = self._allotments[product]
        return known

    def would_help(self, order: Order) -> str:
        """让给: the first later order that would be green had this red one given up its free stock; empty: none. The
        bot only says so."""
        free = {line.name: line.free for line in order.lines if line.free}
        later = (
            one for product in free for one in self.in_turn(product)
            if (one.start, one.order) > (order.start, order.item.code) and one.colour is not Colour.GREEN
        )  # fmt: skip
        for line in sorted(later, key=lambda one: (one.start, one.order)):
            other = self.order(line.order)
            if other and all(_would_be_green(one, free) for one in other.all):
                return line.order
        return ""

    def may_lend(self, order: Order) -> str:
        """借料: of the orders that hold free stock of what this red one lacks the one that starts last; empty: none."""
        lacks, own = {one.name for one in order.red if isinstance(one, Line)}, order.item.code
        lines = [line for product in lacks for line in self.in_turn(product) if line.free and line.order != own]
        return max(lines, key=lambda one: (one.start, one.order)).order if lines else ""

    def _order(self, code: str, marks: Mapping[str, Colour] | None = None) -> Order | None:
        required, demand = self._requirements.of.get(code), self._demand(code)
        if required is None or demand is None or not demand.waits:
            return None
        known = self._allotments
        goods = tuple([known.get(one.product) or self._allotted(one.product) for one in required.goods])
        if marks is None or not goods:
            colours = {one.colours[code] for one in goods}
        else:
            colours = {marks[code]}
        prerequisites = tuple(self._prerequisites(required, demand.start)) if required.prerequisites else ()
        colours.update(one.colour for one in prerequisites)
        return Order(demand.item, demand.start, worst(colours), goods, prerequisites)

    def _demand(self, code: str) -> Demand | None:
        """None of what is on hold or cancelled."""
        if code not in self._demands:
            self._demands[code] = self._demand_of(code)
        return self._demands[code]

    def _demand_of(self, code: str) -> Demand | None:
        progress = self.outlook.said_of(code)
        item = progress.item if progress else self.outlook.item(code)
        status = item.status
        if status in NO_ORDER:
            return None
        begun = progress.begun if progress else status is Status.IN_PROGRESS
        planned = progress.planned if progress else item
        calendar = self._timetable.of(planned)
        start = planned.start if planned.start >= self._today else calendar.on_or_after(self._today)
        waits = not begun and status not in OVER
        return Demand(code, planned, start, self._mornings_of(calendar), waits, f"{planned.start}{code}")

    def _mornings_of(self, calendar: WorkCalendar) -> Mornings:
        known = self._mornings.get(id(calendar))
        if known is None:
            known = self._mornings[id(calendar)] = Mornings(calendar)
        return known

    def _allocate(self, products: Collection[str]) -> None:
        """Those whose supplies are partly the same, in one order of the starts: no piece is given to two of them."""
        of_product = {product: self._requirements.supplies_of.get(product, ()) for product in products}
        supplies = {code: self._supply(code) for codes in of_product.values() for code in codes}

        def pegs(demand: Demand, required: Requirement) -> Sequence[Usable]:
            return self._usable(demand, required, supplies)

        self._allotments |= allocate(self._asking(products), supplies, of_product, self._shelves, pegs)

    def _asking(self, products: Collection[str]) -> list[Asking]:
        """What is asked for, in the order of the starts."""
        demands, orders_of = self._demands, self._requirements.orders_of
        asking = []
        for product in sorted(products):
            for code, required in orders_of.get(product, ()):
                demand = demands.get(code) or self._demand(code)
                if demand:
                    asking.append((demand.turn, demand, required))
        asking.sort(key=itemgetter(0))
        return asking

    def _usable(self, demand: Demand, required: Requirement, supplies: Mapping[str, Supply]) -> Sequence[Usable]:
        """The supplies pegged to an order, each from the day its goods can be used."""
        usable: dict[str, date] = {}
        for peg in required.pegs:
            day = self._day(peg, demand.mornings)
            known = usable.get(peg.supply)
            if known is None or day < known:
                usable[peg.supply] = day
        return [(day, supplies[code]) for day, code in sorted((day, code) for code, day in usable.items())]

    def _day(self, peg: Peg, mornings: Mornings) -> date:
        """The day the link lets a start follow; goods that come through others not before their own finish."""
        morning = mornings[self.outlook[peg.supply].dates.finish]
        if peg.is_plain and peg.is_direct:
            return morning
        before = self.network.items[self.network.ends[peg.link][0]].code
        theirs = self.outlook[before].dates
        day = mornings[theirs.finish] if peg.is_plain else self._first_start(peg.link, theirs)
        return day if peg.is_direct else max(day, morning)

    def _first_start(self, number: int, theirs: Dates) -> date:
        relation = self.outlook.relation(number)
        day = relation.allows(theirs)
        if moves_start(relation.link):
            return day
        return start_for(relation.behind, day, relation.successor.duration)

    def _prerequisites(self, required: OrderRequirements, start: date) -> Iterator[Prerequisite]:
        for number in required.prerequisites:
            relation = self.outlook.relation(number)
            status = self.outlook.progress_of(relation.predecessor.code).item.status
            if status is Status.CANCELLED:
                continue
            theirs = self.outlook[relation.predecessor.code].dates
            day = self._first_start(number, theirs)
            colour = Colour.YELLOW if day <= start else Colour.RED
            if status in OVER and relation.lag_over(theirs) <= self._today:
                colour = Colour.GREEN
            yield Prerequisite(relation.predecessor.code, colour, day)

    def _supply(self, code: str) -> Supply:
        outlook = self.outlook
        progress = outlook.said_of(code)
        finish = outlook[code].dates.finish
        if progress is None:
            item = outlook.item(code)
            coming = item.status is Status.CONFIRMED or not (item.status.is_over or item.status is Status.ON_HOLD)
            return Supply(code, (item.quantity or NONE) if coming else NONE, NONE, finish, item.unit)
        planned = progress.planned
        coming = progress.lives and progress.item.status is not Status.ON_HOLD
        still = max((planned.quantity or NONE) - progress.good, NONE) if coming else NONE
        return Supply(code, still, progress.good, finish, planned.unit, material(planned))


def _without(known: dict[str, T], gone: Collection[str]) -> dict[str, T]:
    kept = known.copy()
    for code in gone:
        kept.pop(code, None)
    return kept


def _would_be_green(line: Line | Prerequisite, more: Mapping[str, Decimal]) -> bool:
    if line.colour is Colour.GREEN or isinstance(line, Prerequisite):
        return line.colour is Colour.GREEN
    return line.is_counted and not line.units_differ and line.need <= line.free + more.get(line.name, NONE)
