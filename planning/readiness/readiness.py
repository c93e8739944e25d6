"""The readiness of a plan's orders, by one ledger for each product."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal

from planning.facts.forecast import Outlook
from planning.facts.progress import Progress
from planning.facts.relation import Dates, Relation, after, moves_start, start_for
from planning.facts.report import NONE
from planning.plan.calendar import WorkCalendar
from planning.plan.item import Item, Status
from planning.plan.plan import Stock
from planning.readiness.ledger import Ledger, Supply
from planning.readiness.line import Colour, Errand, Line, Order
from planning.readiness.recipe import Recipe, Recipes, Want, Way

NO_ORDER = (Status.ON_HOLD, Status.CANCELLED)
OVER = (Status.DONE, Status.CLOSED)


class Readiness:
    """Each product is settled when an order that needs it is asked for: a question costs what it hangs on."""

    def __init__(self, recipes: Recipes, outlook: Outlook, shelves: Mapping[str, Stock], today: date) -> None:
        """`shelves`: of the products that somebody counts."""
        self._recipes, self._outlook, self._shelves, self._today = recipes, outlook, shelves, today
        self.network = recipes.network
        self._timetable = self.network.timetable
        self._lines: dict[str, dict[str, Line]] = {}
        """By product, then by order."""
        self._orders: dict[str, Order | None] = {}

    def after_a_fact(
        self, outlook: Outlook, shelves: Mapping[str, Stock], said: Collection[str], behind: Iterable[str]
    ) -> "Readiness":
        """The same day after something was said of some items; `behind`: what hangs on them. What their facts do not
        bear on is not settled again."""
        now = Readiness(self._recipes, outlook, shelves, self._today)
        recipes, stale, orders = self._recipes, set[str](), set[str](said)
        for code in said:
            stale.update(recipes.asked_by(code))
        for code in {*said, *(code for code in behind if self._outlook[code].dates != outlook[code].dates)}:
            stale.update(recipes.brought_by(code))
            for order, number in recipes.behind(code):
                orders.add(order)
                stale.update(want.product for want in recipes.of[order].wants if want.is_over(number))
        stale.update(one for one in shelves.keys() | self._shelves.keys() if shelves.get(one) != self._shelves.get(one))
        kin = {one for product in stale for one in recipes.kin(product)}
        orders.update(order for product in kin for order, _ in recipes.orders_of.get(product, ()))
        now._lines = {product: lines for product, lines in self._lines.items() if product not in kin}
        now._orders = {code: order for code, order in self._orders.items() if code not in orders}
        return now

    def orders(self) -> Iterator[Order]:
        """Of all production items that have not begun."""
        for code in self._recipes.of:
            order = self.order(code)
            if order:
                yield order

    def order(self, code: str) -> Order | None:
        """None of what is no order (any more): it runs, is over, on hold, or makes nothing."""
        if code not in self._orders:
            self._orders[code] = self._order(code)
        return self._orders[code]

    def in_turn(self, product: str) -> list[Line]:
        """The lines of a product, of orders that have not begun, in the order in which they are served."""
        return list(self._settled(product).values())

    def _settled(self, product: str) -> Mapping[str, Line]:
        if product not in self._lines:
            for one in sorted(self._recipes.kin(product)):
                self._settle(one)
        return self._lines[product]

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
        recipe, progress = self._recipes.of.get(code), self._outlook.progress_of(code)
        if recipe is None or not _waits(progress):
            return None
        lines = tuple(self._settled(want.product)[code] for want in recipe.wants)
        start = self._start(progress.planned)
        return Order(progress.planned, start, lines, tuple(self._errands(recipe, start)))

    def _settle(self, product: str) -> None:
        recipes, progress_of = self._recipes, self._outlook.progress_of
        asking = [(progress_of(code), want) for code, want in recipes.orders_of.get(product, ())]
        asking.sort(key=_turn)
        lines, begun = list[Line](), list[Line]()
        for progress, want in asking:
            if progress.item.status not in NO_ORDER:
                (lines if _waits(progress) else begun).append(self._line(progress.planned, want))
        supplies = {code: self._supply(code) for code in recipes.supplies_of.get(product, ())}
        Ledger(lines, begun, supplies, self._shelves.get(product)).settle()
        self._lines[product] = {line.order: line for line in lines}

    def _line(self, order: Item, want: Want) -> Line:
        calendar = self._timetable.of(order)
        usable: dict[str, date] = {}
        for way in want.ways:
            day = self._usable(way, calendar)
            known = usable.get(way.supply)
            if known is None or day < known:
                usable[way.supply] = day
        ways = sorted((day, code) for code, day in usable.items())
        return Line(order.code, self._start(order), want, ways, calendar)

    def _usable(self, way: Way, calendar: WorkCalendar) -> date:
        """The day the link lets a start follow; goods that come through others not before their own finish."""
        before = self.network.items[self.network.ends[way.link][0]].code
        theirs = self._outlook[before].dates
        day = after(calendar, theirs.finish) if way.is_plain else self._first_start(way.link, theirs)
        return day if way.is_direct else max(day, after(calendar, self._outlook[way.supply].dates.finish))

    def _first_start(self, number: int, theirs: Dates) -> date:
        relation = self._relation(number)
        day = relation.allows(theirs)
        if moves_start(relation.link):
            return day
        return start_for(relation.behind, day, relation.successor.duration)

    def _relation(self, number: int) -> Relation:
        link, (before, behind) = self.network.links[number], self.network.ends[number]
        predecessor, successor = self.network.items[before], self.network.items[behind]
        own = self._timetable.of(successor)
        counted_in = self._timetable.named(link.calendar) if link.calendar else own
        return Relation(link, predecessor, successor, self._timetable.of(predecessor), own, counted_in)

    def _errands(self, recipe: Recipe, start: date) -> Iterator[Errand]:
        for number in recipe.errands:
            relation = self._relation(number)
            progress = self._outlook.progress_of(relation.predecessor.code)
            if progress.item.status is Status.CANCELLED:
                continue
            theirs = self._outlook[relation.predecessor.code].dates
            day = self._first_start(number, theirs)
            colour = Colour.YELLOW if day <= start else Colour.RED
            if progress.item.status in OVER and relation.lag_over(theirs) <= self._today:
                colour = Colour.GREEN
            yield Errand(relation.predecessor.code, colour, day)

    def _supply(self, code: str) -> Supply:
        progress = self._outlook.progress_of(code)
        coming = progress.lives and progress.item.status is not Status.ON_HOLD
        still = max((progress.planned.quantity or NONE) - progress.good, NONE) if coming else NONE
        return Supply(code, still, progress.good, self._outlook[code].dates.finish, progress.planned.unit)

    def _start(self, order: Item) -> date:
        """The planned start; one that has passed counts from today."""
        return order.start if order.start >= self._today else self._timetable.of(order).on_or_after(self._today)


def _would_be_green(line: Line | Errand, more: Mapping[str, Decimal]) -> bool:
    if line.colour is Colour.GREEN or isinstance(line, Errand):
        return line.colour is Colour.GREEN
    return line.is_counted and not line.units_differ and line.need <= line.free + more.get(line.name, NONE)


def _turn(asking: tuple[Progress, Want]) -> tuple[date, str]:
    planned = asking[0].planned
    return planned.start, planned.code


def _waits(progress: Progress) -> bool:
    status = progress.item.status
    return not progress.begun and status not in OVER and status not in NO_ORDER
