"""The readiness of a plan's orders, by the allocation of each product."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar

from planning.facts.forecast import Outlook
from planning.facts.relation import Dates, after, moves_start, start_for
from planning.facts.report import NONE
from planning.plan.calendar import WorkCalendar
from planning.plan.item import Item, Status
from planning.plan.plan import Stock
from planning.readiness.allocation import Supply, Usable, allocate
from planning.readiness.line import Colour, Line, Order, Prerequisite
from planning.readiness.requirement import OrderRequirements, Peg, Requirement, Requirements

T = TypeVar("T")
NO_ORDER = (Status.ON_HOLD, Status.CANCELLED)
OVER = (Status.DONE, Status.CLOSED)


@dataclass(frozen=True, slots=True)
class Demand:
    """An order among the others that need a product."""

    item: Item
    """As it was planned."""
    start: date
    calendar: WorkCalendar
    waits: bool
    """It has not begun."""


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
        self._lines: dict[str, dict[str, Line]] = {}
        """By product, then by order."""
        self._orders: dict[str, Order | None] = {}
        self._demands: dict[str, Demand | None] = {}
        self._mornings: dict[int, dict[date, date]] = {}
        """By calendar, the first working day after an evening."""
        self._plain: dict[tuple[int, str], Sequence[Usable]] = {}
        """By calendar and supply."""

    def updated(
        self, requirements: Requirements, outlook: Outlook, shelves: Mapping[str, Stock], changed: Collection[str]
    ) -> "Readiness":
        """The same day after some items have changed, or what was said of them; the items and links of the plan are the
        same. What that does not bear on is not allocated again."""
        now = Readiness(requirements, outlook, shelves, self._today)
        if not (self._lines or self._orders):
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
        now._lines = _without(self._lines, together)
        now._orders = _without(self._orders, orders)
        now._demands = _without(self._demands, changed)
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

    def in_turn(self, product: str) -> list[Line]:
        """The lines of a product, of orders that have not begun, in the order in which they are served."""
        return list(self._allocated(product).values())

    def _allocated(self, product: str) -> Mapping[str, Line]:
        known = self._lines.get(product)
        if known is None:
            self._allocate(self._requirements.together_with(product))
            known = self._lines[product]
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

    def _order(self, code: str) -> Order | None:
        required, demand = self._requirements.of.get(code), self._demand(code)
        if required is None or demand is None or not demand.waits:
            return None
        lines = tuple([self._allocated(one.product)[code] for one in required.goods])
        prerequisites = tuple(self._prerequisites(required, demand.start)) if required.prerequisites else ()
        return Order(demand.item, demand.start, lines, prerequisites)

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
        return Demand(planned, start, calendar, not begun and status not in OVER)

    def _allocate(self, products: Collection[str]) -> None:
        """Those whose supplies are partly the same, in one order of the starts: no piece is given to two of them."""
        known, shared = self._requirements, dict[str, Supply]()
        supplies = dict[str, Mapping[str, Supply]]()
        for product in products:
            self._lines[product] = {}
            codes = known.supplies_of.get(product, ())
            shared |= {code: self._supply(code) for code in codes if code not in shared}
            supplies[product] = {code: shared[code] for code in codes}
        lines, begun = self._asking(products)
        allocate(lines, begun, supplies, self._shelves)
        for line in lines:
            self._lines[line.name][line.order] = line

    def _asking(self, products: Collection[str]) -> tuple[list[Line], list[Line]]:
        """Lines of orders that have not begun, and of those that have, in the order of their starts."""
        demands = self._demands
        asking = []
        for product in products:
            for code, required in self._requirements.orders_of.get(product, ()):
                demand = demands[code] if code in demands else self._demand(code)
                if demand is not None:
                    asking.append((demand.item.start, code, product, demand, required))
        asking.sort()
        lines, begun = list[Line](), list[Line]()
        for _, code, _, demand, required in asking:
            line = Line(code, demand.start, required, self._usable(required, demand.calendar), demand.calendar)
            (lines if demand.waits else begun).append(line)
        return lines, begun

    def _usable(self, required: Requirement, calendar: WorkCalendar) -> Sequence[Usable]:
        """The supplies pegged to an order, each from the day its goods can be used."""
        pegs = required.pegs
        if len(pegs) == 1:
            return self._alone(pegs[0], calendar)
        usable: dict[str, date] = {}
        for peg in pegs:
            day = self._day(peg, calendar)
            known = usable.get(peg.supply)
            if known is None or day < known:
                usable[peg.supply] = day
        return sorted((day, code) for code, day in usable.items())

    def _alone(self, peg: Peg, calendar: WorkCalendar) -> Sequence[Usable]:
        """What comes straight over a plain link is the same for every order."""
        if not (peg.is_plain and peg.is_direct):
            return ((self._day(peg, calendar), peg.supply),)
        known = self._plain.get((id(calendar), peg.supply))
        if known is None:
            known = self._plain[id(calendar), peg.supply] = ((self._day(peg, calendar), peg.supply),)
        return known

    def _day(self, peg: Peg, calendar: WorkCalendar) -> date:
        """The day the link lets a start follow; goods that come through others not before their own finish."""
        if peg.is_plain and peg.is_direct:
            return self._morning(calendar, self.outlook[peg.supply].dates.finish)
        before = self.network.items[self.network.ends[peg.link][0]].code
        theirs = self.outlook[before].dates
        day = self._morning(calendar, theirs.finish) if peg.is_plain else self._first_start(peg.link, theirs)
        if peg.is_direct:
            return day
        return max(day, self._morning(calendar, self.outlook[peg.supply].dates.finish))

    def _morning(self, calendar: WorkCalendar, evening: date) -> date:
        mornings = self._mornings.get(id(calendar))
        if mornings is None:
            mornings = self._mornings[id(calendar)] = {}
        day = mornings.get(evening)
        if day is None:
            day = mornings[evening] = after(calendar, evening)
        return day

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
        return Supply(code, still, progress.good, finish, planned.unit)


def _without(known: dict[str, T], gone: Collection[str]) -> dict[str, T]:
    kept = known.copy()
    for code in gone:
        kept.pop(code, None)
    return kept


def _would_be_green(line: Line | Prerequisite, more: Mapping[str, Decimal]) -> bool:
    if line.colour is Colour.GREEN or isinstance(line, Prerequisite):
        return line.colour is Colour.GREEN
    return line.is_counted and not line.units_differ and line.need <= line.free + more.get(line.name, NONE)
