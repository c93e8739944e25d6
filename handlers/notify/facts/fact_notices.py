"""Whom a fact tells: of goods that came, and of work that is finished; together, a while later, and once."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import NamedTuple

from cards.markdown import plain as escaped
from cards.words.dates import day
from handlers.govern.facts import progress_of, touched_by
from handlers.govern.readiness import days_before, in_turn, readiness_of
from handlers.govern.reporters import owner_of
from handlers.notify.best_before import today_only
from handlers.notify.facts.readiness_lines import is_on_old_stock
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
from storage.facts.fact_notices import FactNotice
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
        shown, more = lines[:MOST], len(lines) - MOST
        turn.uow.readiness.forget(order for line in shown for order in line.ends)
        key = f"facts:{timer.subject}:{timer.due_at.isoformat()}"
        text = "\n".join([*(line.text for line in shown), *([turn.words("card.more", n=more)] if more > 0 else [])])
        turn.uow.outbox.say(timer.subject, text, turn.now, key, best_before=today_only(turn))


def orders_told_of(turn: Turn, plan: Plan, conversation: str) -> list[str]:
    """The orders whose readiness the waiting notices there are about."""
    notices = turn.uow.fact_notices.waiting(conversation)
    return [one.about for one in notices if one.kind == READY and one.about in plan.items]


def ends_told(turn: Turn, conversation: str, orders: Collection[str]) -> None:
    """These orders lack nothing any more, and were told of there: what waits to tell the same is dropped."""
    turn.uow.fact_notices.drop(conversation, READY, orders)


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


class _Line(NamedTuple):
    text: str
    ends: Sequence[str]
    """Orders that were told of as red where it is said, and are so no more: their end is not told again."""


class _Told:
    def __init__(self, turn: Turn, plan: Plan, notices: Sequence[FactNotice]) -> None:
        self._turn, self._words, self._plan = turn, turn.words, plan
        self._notices = [one for one in notices if one.about in plan.items and one.of in plan.items]
        orders = {one.about for one in self._notices if one.kind == READY}
        found = in_turn(readiness_of(turn, plan, orders), orders) if orders else []
        self._orders = {order.item.code: order for order in found}
        self._done = {one.of for one in self._notices if plan.items[one.of].status in (Status.DONE, Status.CLOSED)}

    def lines(self) -> Iterator[_Line]:
        """A line for each item that a fact is of."""
        by_fact = defaultdict[str, list[FactNotice]](list)
        for one in self._notices:
            by_fact[one.of].append(one)
        for of, theirs in by_fact.items():
            better = [one for one in theirs if self._is_better(one)]
            told = [*self._ready(better), *self._next(theirs), *self._bought(theirs)]
            if told:
                item, by = self._plan.items[of], self._turn.organisation.name_of(theirs[-1].by)
                code = "arrived" if item.type in RECEIVED else "finished"
                facts = {"of": of, "title": escaped(item.title), "by": by, "told": self._words.clauses(told)}
                yield _Line(self._words(f"fact.{code}", **facts), [one.about for one in better if self._is_end(one)])

    def _ready(self, better: Sequence[FactNotice]) -> Iterator[str]:
        for colour in (Colour.GREEN, Colour.YELLOW):
            names = [self._name(one) for one in better if self._colour(one) is colour]
            if names:
                yield self._words(f"fact.ready.{colour.value}", items=self._words.list(names))

    def _is_better(self, one: FactNotice) -> bool:
        """Check whether it is about an order whose colour is better than it was."""
        colour = self._colour(one) if one.kind == READY else None
        return colour in (Colour.GREEN, Colour.YELLOW) and WORSE[colour] < WORSE[Colour(one.before)]

    def _colour(self, one: FactNotice) -> Colour | None:
        order = self._orders.get(one.about)
        return order.colour if order else None

    def _is_end(self, one: FactNotice) -> bool:
        """Check whether the morning would tell the same in the same place."""
        home = self._turn.environment.conversation_of(self._plan.items[one.about].department)
        return home == one.conversation and not is_on_old_stock(self._turn, self._plan, self._orders[one.about])

    def _next(self, notices: Sequence[FactNotice]) -> Iterator[str]:
        waiting = [one for one in notices
                   if one.kind == NEXT and one.of in self._done and _waits(self._plan.items[one.about])]  # fmt: skip
        if waiting:
            names = [self._words("fact.starts", name=self._name(one), start=self._start(one)) for one in waiting]
            yield self._words("fact.next", items=self._words.list(names))

    def _start(self, one: FactNotice) -> str:
        return day(self._plan.items[one.about].start, self._turn.today)

    def _bought(self, notices: Sequence[FactNotice]) -> Iterator[str]:
        for one in (one for one in notices if one.kind == BOUGHT):
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
