"""Whom a fact tells: of goods that came, and of work that is finished; together, a while later, and once."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import groupby

from cards.markdown import plain as escaped
from cards.words.dates import day
from handlers.govern.facts import progress_of, touched_by
from handlers.govern.readiness import days_before, in_turn, readiness_of
from handlers.govern.reporters import owner_of
from handlers.notify.best_before import today_only
from handlers.notify.readiness_lines import is_on_old_stock
from handlers.timers import FACT_NOTICES
from handlers.turn import Turn
from planning.facts.progress import RECEIVED
from planning.facts.report import Report, ReportKind
from planning.plan.amount import plain
from planning.plan.goods import PURCHASE
from planning.plan.hours import out_of
from planning.plan.item import Item, Status
from planning.plan.plan import Plan
from planning.plan.timetable import Timetable
from planning.readiness.line import WORSE, Colour
from storage.fact_notices import FactNotice
from storage.timers import Timer

AFTER = timedelta(minutes=15)
MOST = 5
"""Lines of one message."""
READY, BOUGHT, NEXT = "ready", "bought", "next"
Colours = Mapping[str, Colour]


def colours_before(turn: Turn, plan: Plan, said: Iterable[tuple[str, ReportKind]]) -> Colours:
    """Colours of the orders that goods which are now said to have come may serve, where they can still be better."""
    codes = {code for code, kind in said if code in plan.items and _brings(plan.items[code], kind)}
    orders = {order for code in codes for order in _served_by(turn, plan, code)}
    found = in_turn(readiness_of(turn, plan, orders), orders) if orders else []
    return {one.item.code: one.colour for one in found if one.colour not in (Colour.GREEN, Colour.NONE)}


def collect(turn: Turn, plan: Plan, before: Colours, reports: Iterable[Report]) -> None:
    """Keep for whom these reports are news. `before`: what the orders looked like, `plan`: the plan after them."""
    notices = [one for report in reports if report.item in plan.items for one in _notices(turn, plan, before, report)]
    for one in turn.uow.fact_notices.add(notices, turn.now):
        if turn.uow.timers.get(FACT_NOTICES, one.conversation) is None:
            quiet, zone = turn.environment.escalation.quiet, turn.environment.zone
            turn.uow.timers.start(Timer(FACT_NOTICES, one.conversation, out_of(quiet, turn.now + AFTER, zone)))


def tell(turn: Turn, timer: Timer) -> None:
    """One message of all that waits there, as far as it is still so."""
    notices = turn.uow.fact_notices.take(timer.subject)
    if not notices or not turn.uow.plans.exists():
        return
    lines = list(_Told(turn, turn.plan(), notices).lines())
    if lines:
        more = [turn.words("card.more", n=len(lines) - MOST)] if len(lines) > MOST else []
        key = f"facts:{timer.subject}:{timer.due_at.isoformat()}"
        text = "\n".join([*lines[:MOST], *more])
        turn.uow.outbox.say(timer.subject, text, turn.now, key, best_before=today_only(turn))


def _brings(item: Item, kind: ReportKind) -> bool:
    return item.type in RECEIVED and kind in (ReportKind.ARRIVAL, ReportKind.FINISH)


def _served_by(turn: Turn, plan: Plan, code: str) -> set[str]:
    """The orders that need goods of this item, or of the purchase whose goods it is, or wait for it."""
    required, orders = turn.environment.requirements.of(turn.environment.networks.of(plan)), set[str]()
    for supply in touched_by(turn, plan, code):
        for product in required.supplied_by(supply):
            orders.update(order for order, _ in required.orders_of.get(product, ()))
        orders.update(order for order, _ in required.behind(supply))
    return orders


def _notices(turn: Turn, plan: Plan, before: Colours, report: Report) -> Iterator[FactNotice]:
    """Nobody is told of what they reported themselves, or what was reported for them."""
    item = plan.items[report.item]
    if _brings(item, report.kind):
        bought = [plan.items[code] for code in touched_by(turn, plan, item.code)]
        found = [(BOUGHT, one) for one in bought if one.type == PURCHASE and owner_of(turn, one)]
        found += [(READY, plan.items[order]) for order in sorted(before.keys() & _served_by(turn, plan, item.code))]
    elif report.kind is ReportKind.FINISH:
        found = [(NEXT, one) for one in _next_after(turn, plan, item)]
    else:
        return
    for kind, about in found:
        owner = owner_of(turn, about)
        home = turn.environment.conversation_of(owner.department if owner else about.department)
        if home and not (owner and owner.id in (report.by, report.acting_for)):
            colour = before[about.code].value if kind == READY else ""
            yield FactNotice(home, kind, about.code, item.code, owner.id if owner else "", report.by, colour)


def _next_after(turn: Turn, plan: Plan, item: Item) -> list[Item]:
    """Direct successors that start within the days in which a start is looked at."""
    network, calendar_of = turn.environment.networks.of(plan), Timetable(plan).of
    node = network.index[item.code]
    ends = (network.ends[number] for number in network.touching[node] if network.links[number].hard)
    behind = dict.fromkeys(after for before, after in ends if before == node)
    return [one for one in (network.items[after] for after in behind)
            if _waits(one) and calendar_of(one).add(one.start, -days_before(turn, one)) <= turn.today]  # fmt: skip


def _waits(item: Item) -> bool:
    return not (item.status.has_started or item.status.is_over or item.status is Status.ON_HOLD)


class _Told:
    def __init__(self, turn: Turn, plan: Plan, notices: Sequence[FactNotice]) -> None:
        self._turn, self._words, self._plan = turn, turn.words, plan
        self._notices = [one for one in notices if one.about in plan.items and one.of in plan.items]
        orders = {one.about for one in self._notices if one.kind == READY}
        found = in_turn(readiness_of(turn, plan, orders), orders) if orders else []
        self._orders = {order.item.code: order for order in found}
        self._done = {one.of for one in self._notices if plan.items[one.of].status in (Status.DONE, Status.CLOSED)}

    def lines(self) -> Iterator[str]:
        """A line for each item that a fact is of."""
        for of, together in groupby(sorted(self._notices, key=self._place), key=self._of):
            theirs = list(together)
            told = [part for kind in (READY, NEXT, BOUGHT) for part in self._parts(kind, theirs)]
            if told:
                item, by = self._plan.items[of], self._turn.organisation.name_of(theirs[-1].by)
                code = "arrived" if item.type in RECEIVED else "finished"
                facts = {"of": of, "title": escaped(item.title), "by": by, "told": self._words.clauses(told)}
                yield self._words(f"fact.{code}", **facts)

    def _place(self, one: FactNotice) -> int:
        return next(n for n, other in enumerate(self._notices) if other.of == one.of)

    @staticmethod
    def _of(one: FactNotice) -> str:
        return one.of

    def _parts(self, kind: str, notices: Sequence[FactNotice]) -> Iterator[str]:
        told = [one for one in notices if one.kind == kind]
        tellers: Mapping[str, Callable[[list[FactNotice]], Iterator[str]]] = {
            READY: self._ready, NEXT: self._next, BOUGHT: self._bought,
        }  # fmt: skip
        yield from tellers[kind](told)

    def _ready(self, notices: list[FactNotice]) -> Iterator[str]:
        """The orders whose colour is better than it was; the end of a red one that is told here is not told again."""
        for colour in (Colour.GREEN, Colour.YELLOW):
            better = [one for one in notices if self._colour(one) is colour and WORSE[colour] < WORSE[_colour(one)]]
            if better:
                names = self._words.list([self._name(one) for one in better])
                yield self._words(f"fact.ready.{colour.value}", items=names)
            self._turn.uow.readiness.forget(one.about for one in better if self._is_end(one))

    def _colour(self, one: FactNotice) -> Colour | None:
        order = self._orders.get(one.about)
        return order.colour if order else None

    def _is_end(self, one: FactNotice) -> bool:
        """Check whether the morning would tell the same in the same place."""
        home = self._turn.environment.conversation_of(self._plan.items[one.about].department)
        return home == one.conversation and not is_on_old_stock(self._turn, self._plan, self._orders[one.about])

    def _next(self, notices: list[FactNotice]) -> Iterator[str]:
        waiting = [one for one in notices if one.of in self._done and _waits(self._plan.items[one.about])]
        if waiting:
            names = [self._words("fact.starts", name=self._name(one), start=self._start(one)) for one in waiting]
            yield self._words("fact.next", items=self._words.list(names))

    def _start(self, one: FactNotice) -> str:
        return day(self._plan.items[one.about].start, self._turn.today)

    def _bought(self, notices: list[FactNotice]) -> Iterator[str]:
        for one in notices:
            progress = progress_of(self._turn, self._plan, one.about)
            if progress.good:
                item = progress.planned
                there = f"{plain(progress.good)}/{plain(item.quantity)}" if item.quantity else plain(progress.good)
                owner = self._turn.organisation.name_of(one.owner)
                yield self._words("fact.bought", there=there, unit=item.unit, owner=owner)

    def _name(self, one: FactNotice) -> str:
        item = self._plan.items[one.about]
        facts = {"item": item.code, "title": escaped(item.title)}
        if not one.owner:
            return self._words("fact.item", **facts)
        return self._words("fact.item.owned", owner=self._turn.organisation.name_of(one.owner), **facts)


def _colour(one: FactNotice) -> Colour:
    return Colour(one.before)
