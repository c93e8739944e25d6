"""Readiness in words: an order, its lines with their sources, what to do about a red one."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

from cards.words.dates import day
from handlers.govern.reporters import owner_of
from handlers.notify.facts.source_lines import as_of_stock, behind, sources_line
from handlers.turn import Turn
from planning.facts.relation import days_between
from planning.facts.source import SourceAge
from planning.plan.amount import plain
from planning.plan.item import Item
from planning.plan.plan import Plan
from planning.plan.timetable import Timetable
from planning.readiness.goods import bring
from planning.readiness.line import Allocated, Colour, Line, Order, Prerequisite, Source
from planning.readiness.readiness import Readiness

LONG_AGO = timedelta(days=60)
"""Longer than any holiday: nobody counts the hours since."""
SHOWN = 3
"""Lines of one order that are told where several orders are."""


class ReadinessLines:
    def __init__(self, turn: Turn, plan: Plan, readiness: Readiness) -> None:
        self._turn, self._words, self._plan, self._readiness = turn, turn.words, plan, readiness

    def title(self, which: str, orders: Sequence[Order]) -> str:
        """How many of them are green, yellow and red; those without a list of materials are counted apart."""
        of = Counter(order.colour for order in orders)
        worst = next((colour for colour in (Colour.RED, Colour.YELLOW, Colour.GREEN) if of[colour]), Colour.NONE)
        facts = {"green": of[Colour.GREEN], "yellow": of[Colour.YELLOW], "red": of[Colour.RED]}
        bare = self._words("ready.bare", n=of[Colour.NONE]) if of[Colour.NONE] else ""
        mark = self._words(f"ready.mark.{worst.value}")
        return self._words("ready.title", mark=mark, which=which, n=sum(facts.values()), bare=bare, **facts)

    def order(self, order: Order, *, mark: bool = True) -> str:
        """A line: the order and what is missing of it."""
        red = [self.line(one) for one in order.red]
        more = [self._words("card.more", n=len(red) - SHOWN)] if len(red) > SHOWN else []
        told = red[:SHOWN] + more or [self.state(order)]
        return " · ".join([self.head(order, mark=mark), *told])

    def state(self, order: Order) -> str:
        guess = any(one.colour is Colour.GREY for one in order.lines) and order.colour is not Colour.RED
        return self._words(f"ready.state.{'grey' if guess else order.colour.value}")

    def head(self, order: Order, *, mark: bool = True) -> str:
        """`mark`: with its colour in front."""
        colour = self._words(f"ready.mark.{order.colour.value}") if mark else ""
        facts = {"item": order.item.code, "title": order.item.title, "start": day(order.start, self._turn.today)}
        return self._words("ready.order", mark=colour, **facts).strip()

    def line(self, line: Line | Prerequisite) -> str:
        if isinstance(line, Prerequisite):
            title = self._plan.items[line.name].title
            eta = day(line.eta, self._turn.today)
            return self._words(f"ready.prerequisite.{line.colour.value}", name=line.name, title=title, eta=eta)
        if line.units_differ:
            return self._words("ready.units-differ", name=line.name, units=self._words.list(self._units(line)))
        facts = {"name": line.name, "need": self._amount(line, line.need), "there": plain(line.there)}
        if line.colour is Colour.GREY:
            return self._words("ready.unknown", **facts)
        if line.colour is Colour.RED:
            told = self._words("ready.short", short=plain(line.short), when=self._when(line), **facts)
        else:
            sources = self._words.list([self._source(one) for one in line.allocated])
            told = self._words("ready.enough", sources=sources, **facts)
        return told if line.is_counted else told + self._words("ready.uncounted")

    def acts(self, order: Order) -> Iterator[str]:
        """What can be done about a red order: begin with a part, wait, give way, ask."""
        if order.colour is not Colour.RED:
            return
        can = order.can_begin
        begin = self._words("ready.can-begin", n=plain(can), unit=order.item.unit) if can else ""
        yield self._words.clauses(filter(None, (begin, self._unless(order))))
        if other := self._readiness.would_help(order):
            yield self._words("ready.would-help", item=other)
        if names := list(dict.fromkeys(self._who(order))):
            yield self._words("ready.who", names=self._words.list(names))

    def notes(self, orders: Sequence[Order]) -> Iterator[str]:
        """The age of the stock that these orders were looked at with, and what of it is less than nothing."""
        lines = [line for order in orders for line in order.lines]
        names = dict.fromkeys(line.name for line in lines)
        stock = [self._plan.stock[name] for name in names if name in self._plan.stock]
        for one in stock:
            if one.on_hand < 0:
                yield self._words("ready.negative", name=one.product, n=plain(one.on_hand))
        oldest = min((one.as_of for one in stock if one.as_of), default=None)
        if oldest:
            at = as_of_stock(self._turn, oldest)
            yield self._words("ready.old" if is_old(self._turn, oldest) else "ready.as-of", at=at)
        elif lines:
            yield self._words("ready.no-count")
        if told := sources_line(self._turn, self._sources(orders)):
            yield told

    def _sources(self, orders: Iterable[Order]) -> Iterator[SourceAge]:
        """Those that are expected to speak, of what these orders wait for."""
        codes = {code for order in orders for one in order.all for code in self._waited(one)}
        return (one for one in behind(self._turn, codes) if one.expected_wh)

    @staticmethod
    def _waited(line: Line | Prerequisite) -> list[str]:
        return [line.name] if isinstance(line, Prerequisite) else [one.supply for one in line.allocated if one.supply]

    def _amount(self, line: Line, amount: Decimal) -> str:
        return f"{plain(amount)}{next(iter(self._units(line)), '')}"

    def _units(self, line: Line) -> list[str]:
        network = self._turn.environment.networks.of(self._plan)
        supplies = [item for item in bring(network, line.name) if item.unit]
        open_ones = [item for item in supplies if not item.status.is_over]
        return sorted({item.unit for item in open_ones or supplies})

    def _when(self, line: Line) -> str:
        if line.eta is None:
            return self._words("ready.no-source")
        codes = [one.supply for one in line.allocated if one.source is Source.LATER]
        supplies = self._words("ready.supplies", supplies=self._words.list(codes)) if codes else ""
        return self._words("ready.eta", eta=day(line.eta, self._turn.today), supplies=supplies)

    def _source(self, one: Allocated) -> str:
        told = day(one.day, self._turn.today) if one.day else ""
        return self._words(f"ready.from.{one.source.value}", n=plain(one.amount), supply=one.supply, day=told)

    def _unless(self, order: Order) -> str:
        if order.eta is None:
            return self._words("ready.never")
        late = days_between(Timetable(self._plan).of(order.item), order.start, order.eta)
        return self._words("ready.later", eta=day(order.eta, self._turn.today), n=late)

    def _who(self, order: Order) -> Iterator[str]:
        yield from (self._one(self._plan.items[code]) for code in waited_of(order))

    def _one(self, supply: Item) -> str:
        department = self._turn.organisation.department_name(supply.department) or self._words("value.nobody")
        owner = owner_of(self._turn, supply)
        if owner is None:
            return self._words("ready.who.department", department=department, supply=supply.code)
        return self._words("ready.who.one", department=department, owner=owner.name, supply=supply.code)


def waited_of(order: Order) -> list[str]:
    """What a red order waits for: supplies that come too late, and what is not done in time."""
    waited = list[str]()
    for line in order.red:
        late = [] if isinstance(line, Prerequisite) else [o.supply for o in line.allocated if o.source is Source.LATER]
        waited += [line.name] if isinstance(line, Prerequisite) else late
    return list(dict.fromkeys(waited))


def is_old(turn: Turn, as_of: datetime) -> bool:
    """Check whether a count is older than one working day: a red is not closed on it."""
    hours = turn.hours
    return hours.between(max(as_of, turn.now - LONG_AGO), turn.now) > hours.a_day


def is_on_old_stock(turn: Turn, plan: Plan, order: Order) -> bool:
    counts = (plan.stock[line.name].as_of for line in order.lines if line.name in plan.stock)
    return any(as_of is not None and is_old(turn, as_of) for as_of in counts)


def which_days(turn: Turn, first: date, last: date) -> str:
    told = {"first": day(first, turn.today), "last": day(last, turn.today)}
    return turn.words("ready.days" if first == last else "ready.span", **told)
