"""Sixty days of a company: what people report, forget, get wrong and put right, and what they do with their cards.

Drawn from a seed. Everything is said or pressed as people do; scans, digests, questions and limits are the product's.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from heapq import heappop, heappush
from itertools import count
from random import Random
from typing import TypeVar

from bot.channels.common.channel import CardDelivery
from cards.action import Verb
from handlers.govern.facts import progress_of
from handlers.lifecycle.count_stock import count_stock
from handlers.turn import Turn
from planning.change.change import ChangeState
from planning.plan.item import Item
from planning.plan.plan import Plan
from planning.readiness.shelf import Count
from storage.delivery.cards import CardRow, Purpose
from tests.machine.town import SHANGHAI
from tests.machine.works import Works
from tests.simulation.factory import CHINA, MATERIALS, factory, orders

MADE, DONE_AT_ONCE = ("production",), ("task", "delivery", "finance")
Deed = Callable[[], None]
T = TypeVar("T")
SAID = {"digest:": "digests", "ready:": "readiness", "facts:": "what facts mean"}
"""What is said by itself, by the beginning of its key; all else answers what somebody said."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A call of the platform: a card or a message."""

    at: datetime
    conversation: str
    what: str
    about: str = ""
    """The id of what a card is about."""
    is_new: bool = True
    shows: str = ""
    """What was said; of a card its status."""

    @property
    def day(self) -> date:
        return self.at.astimezone(SHANGHAI).date()


@dataclass
class Days:
    platform: str
    seed: int = 0
    works: Works = field(init=False)
    reported: int = 0
    """What people said of their work."""
    sent: list[Sent] = field(default_factory=list)
    _known: set[str] = field(default_factory=set)
    _agenda: list[tuple[datetime, int, Deed]] = field(default_factory=list)
    _turns: "count[int]" = field(default_factory=count)

    def run(self, days: int) -> None:
        self._random = Random(self.seed)
        self.works = Works(factory(self.platform), orders(days, self._random))
        self.works.restart()  # what a start of the process sets up
        last = self._today() + timedelta(days=days)
        while self._today() < last:
            if CHINA.is_working(self._today()):
                self._plan_the_day()
            self._until(datetime.combine(self._today() + timedelta(days=1), time(0, 1), SHANGHAI))

    def close(self) -> None:
        self.works.close()

    # -- time -------------------------------------------------------------------------------------------

    def _today(self) -> date:
        return self.works.now.astimezone(SHANGHAI).date()

    def _at(self, hour: float, deed: Deed) -> None:
        """Today at about that hour."""
        minutes = hour * 60 + self._random.randrange(50)
        moment = datetime.combine(self._today(), time(0), SHANGHAI) + timedelta(minutes=minutes)
        heappush(self._agenda, (max(moment, self.works.now), next(self._turns), deed))

    def _in(self, hours: float, luck: Random, deed: Deed) -> None:
        """While people work: what would be in the evening is the next morning."""
        moment = (self.works.now + timedelta(hours=hours)).astimezone(SHANGHAI)
        if not CHINA.is_working(moment.date()) or not 8 <= moment.hour < 18:
            day = CHINA.add(moment.date(), 1) if moment.hour >= 18 else CHINA.on_or_after(moment.date())
            moment = datetime.combine(day, time(8, 40), SHANGHAI) + timedelta(minutes=luck.randrange(90))
        heappush(self._agenda, (moment, next(self._turns), deed))

    def _until(self, moment: datetime) -> None:
        while self.works.now < moment:
            due = [self._agenda[0][0]] if self._agenda else []
            due += [ring] if (ring := self.works.next_due(moment)) else []
            stop = min([moment, *due])
            self.works.live(max(stop - self.works.now, timedelta(0)))
            while self._agenda and self._agenda[0][0] <= self.works.now:
                heappop(self._agenda)[2]()
            self._deliver()

    def _deliver(self) -> None:
        self.works.deliver()
        office = self.works.company.office
        for channel in (office.channel, office.wecom):
            for (where, text), key in zip(channel.posts, channel.keys, strict=True):
                self.sent.append(Sent(self.works.now, f"{channel.traits.prefix}:{where}", _what(key), shows=text))
            for delivery in channel.cards:
                self._card(delivery)
            for each in (channel.posts, channel.keys, channel.cards):
                each.clear()

    def _card(self, delivery: CardDelivery) -> None:
        row = self.look(lambda turn: turn.uow.cards.get(delivery.card_id))
        assert row is not None
        is_new = row.card_id not in self._known
        where, shows = row.conversation, delivery.card.status
        self.sent.append(Sent(self.works.now, where, row.purpose.value, row.subject.id, is_new, shows))
        if is_new:
            self._known.add(row.card_id)
            self._react(row)

    # -- work -------------------------------------------------------------------------------------------

    def _plan_the_day(self) -> None:
        today, plan = self._today(), self._plan()
        for item in plan.items.values():
            if item.type == "purchase" and not item.status.is_over:
                self._supply(item, today)
            elif item.type in MADE and item.status.has_started and not item.status.is_over:
                self._at(16.5, lambda code=item.code: self._report(code))  # type: ignore[misc]
            elif not item.status.is_over and item.start <= today and self._can_begin(plan, item):
                if item.type in MADE and self._random.random() < 0.9:
                    self._at(8.7, lambda item=item: self._say(item, "开工 {code}"))  # type: ignore[misc]
                    self._at(16.5, lambda code=item.code: self._report(code))  # type: ignore[misc]
                elif item.type in DONE_AT_ONCE and item.finish <= today and self._random.random() < 0.8:
                    self._at(15, lambda item=item: self._say(item, "完成 {code}"))  # type: ignore[misc]
        if today.weekday() == 0:
            self._at(9, self._count)

    def _can_begin(self, plan: Plan, item: Item) -> bool:
        before = [plan.items[link.predecessor] for link in plan.links if link.successor == item.code and link.hard]
        return all(one.status.is_over for one in before)

    def _supply(self, item: Item, today: date) -> None:
        """Three in four come as agreed; some come in two lots, and of some it is said before that they are late."""
        fate = Random(f"{self.seed} {item.code}").random()
        late = CHINA.add(item.finish, 1 + int(fate * 100) % 4)
        if fate < 0.1 and today == CHINA.add(item.finish, -1):
            self._at(11, lambda: self._say(item, f"报工 {{code}} 预计 {late:%m-%d}"))
        elif fate < 0.2 and today == item.finish:
            self._at(10, lambda: self._say(item, f"到货 {{code}} {int(item.quantity or 0) // 2} 余下 {late:%m-%d}"))
        elif today >= (late if fate < 0.25 else item.finish):
            self._at(10, lambda: self._say(item, "到货 {code} 全部"))

    def _report(self, code: str) -> None:
        """At the end of a shift; one in ten forgets, some numbers are ten times too many, some are put right."""
        item = self._plan().items[code]
        if item.status.is_over or not item.quantity:
            return
        chance, good = self._random.random(), self.look(lambda turn: progress_of(turn, turn.plan(), code).good)
        left = item.quantity - good
        if chance < 0.1:
            return
        if chance < 0.13:
            back = CHINA.add(self._today(), 1)
            self._say(item, f"停机 {{code}} 预计 {back:%m-%d} 因为 设备故障")
            return
        rate = item.quantity / max(item.duration, 1)
        good = min(left, (rate * Decimal(self._random.uniform(0.55, 1.25))).quantize(Decimal(1)))
        if good > 0 and chance < 0.17:
            self._say(item, f"报工 {{code}} {good * 10}")  # asked whether it is meant, or refused
        scrap = f" 报废{max(int(good) // 20, 1)}" if chance > 0.9 else ""
        if good > 0:
            self._say(item, f"报工 {{code}} {good}{scrap}")
            if 0.2 < chance < 0.24:
                self.works.live(timedelta(minutes=5))
                self._say(item, f"更正 {max(good - 10, Decimal(1))}")
        if left - good <= 0:
            self._say(item, "完成 {code}")

    def _say(self, item: Item, text: str) -> None:
        self.reported += 1
        self.works.say(item.owner, text.format(code=item.code))

    def _count(self) -> None:
        """Each Monday the shelf is counted: what was used is gone."""
        def work(turn: Turn) -> object:
            turn.uow.plans.lock()
            plan = turn.plan()
            left = {product: plan.stock[product].on_hand - self._used(turn, plan, product) for product in MATERIALS}
            now = turn.now.replace(microsecond=0)
            counts = [Count(product, max(there, Decimal(0)), now, Decimal(50), "api:wms")
                      for product, there in left.items()]  # fmt: skip
            return count_stock(turn, counts, "api:wms")

        self.works.do(work)

    def _used(self, turn: Turn, plan: Plan, product: str) -> Decimal:
        """Since the last count."""
        since, makers = plan.stock[product].as_of, set[str]()
        for link in plan.links:
            if plan.items[link.predecessor].product == product:
                makers.add(link.successor)
        said = [one for one in turn.uow.reports.all() if one.item in makers and (since is None or one.at > since)]
        return sum((one.good or Decimal(0) for one in said if not one.corrects), Decimal(0))

    # -- cards ------------------------------------------------------------------------------------------

    def _react(self, row: CardRow) -> None:
        """What somebody does with a new card, hours later, or never."""
        luck = self._luck(row)
        chance = luck.random()
        match row.purpose:
            case Purpose.EXCEPTION if chance < 0.8:
                verb = Verb.CURE if chance < 0.35 else Verb.TAKE if chance < 0.7 else Verb.SNOOZE
                self._in(luck.uniform(0.3, 5), luck, lambda: self._see_to(row, verb))
            case Purpose.PROPOSAL if chance < 0.8:
                self._in(luck.uniform(0.2, 3), luck, lambda: self._submit(row, chance < 0.65))
            case Purpose.APPROVAL | Purpose.ESCALATION:
                self._in(luck.uniform(0.3, 6), luck, lambda: self._approve(row))
            case Purpose.NOTICE if chance < 0.85:
                self._in(luck.uniform(0.3, 6), luck, lambda: self._press(self._reader(row), row, Verb.RECEIVED))

    def _luck(self, row: CardRow) -> Random:
        """Of its place and time, and of no order in which cards are brought: ids are chance."""
        return Random(f"{self.seed} {row.purpose} {row.conversation} {row.department} {self.works.now:%m-%d %H:%M}")

    def _see_to(self, row: CardRow, verb: Verb) -> None:
        self._press(self._reader(row), row, verb, input="等供应商答复")

    def _submit(self, row: CardRow, wanted: bool) -> None:
        change = self.look(lambda turn: turn.uow.changes.get(turn.uow.cards.get(row.card_id).subject.id))  # type: ignore[union-attr]
        if change and change.state is ChangeState.DRAFT:
            self._press(change.proposer, row, Verb.SUBMIT if wanted else Verb.DISCARD)

    def _approve(self, row: CardRow) -> None:
        change = self.look(lambda turn: turn.uow.changes.get(row.subject.id))
        step = change.step_of(row.department) if change and change.state.is_deciding else None
        if step and step.state.is_undecided and step.approvers:
            self._press(step.approvers[0], row, Verb.APPROVE)

    def _reader(self, row: CardRow) -> str:
        """Whose it is there: not the manager, mostly."""
        people = [one for one in self.works.environment.organisation.people.values()
                  if self.works.environment.conversation_of(one.department) == row.conversation]  # fmt: skip
        return self._luck(row).choice(people[1:] or people).id

    def _press(self, person: str, row: CardRow, verb: Verb, **inputs: str) -> None:
        now = self.look(lambda turn: turn.uow.cards.get(row.card_id))
        if now:
            self.works.click(self.works.pressed(person, now, verb, **inputs))

    def _plan(self) -> Plan:
        return self.look(lambda turn: turn.plan())

    def look(self, what: Callable[[Turn], T]) -> T:
        return self.works.database.look(lambda uow: what(Turn(uow, self.works.now, self.works.company.environment)))


def _what(key: str) -> str:
    return next((what for begins, what in SAID.items() if key.startswith(begins)), "answers")
