"""A day of reports, counts and changes: what is brought up to date step by step is what a whole pass says."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import count

from hypothesis import given
from hypothesis import strategies as st

from planning.facts.forecast import Outlook
from planning.facts.progress import Progress, progress
from planning.facts.report import Report, ReportKind
from planning.facts.tally import Tally
from planning.plan.item import Item, Status
from planning.plan.plan import Stock
from planning.readiness.readiness import Readiness
from planning.readiness.requirement import Requirements
from planning.schedule.network import Network
from planning.schedule.refresh import refreshed
from tests.planning.readiness.worlds import TODAY, WEEKDAYS, World, orders_of, worlds

NOON = datetime(TODAY.year, TODAY.month, TODAY.day, 4, tzinfo=UTC)
_KINDS = {
    "purchase": (ReportKind.ARRIVAL, ReportKind.EXPECTED),
    "receipt": (ReportKind.ARRIVAL,),
    "production": (ReportKind.START, ReportKind.QUANTITY, ReportKind.FINISH, ReportKind.REMAINING),
}


@dataclass
class Day:
    """A world in which things happen, with what is known of its readiness."""

    world: World
    said: defaultdict[str, list[Report]] = field(default_factory=lambda: defaultdict(list))
    numbers: count = field(default_factory=lambda: count(1))  # type: ignore[type-arg]

    def __post_init__(self) -> None:
        self.plan, self.shelves = self.world.plan, dict(self.world.shelves)
        self.network = Network.of(self.plan)
        self.requirements = Requirements(self.network)
        self.outlook = Outlook(self.network, {}, {}, TODAY)
        self.readiness = Readiness(self.requirements, self.outlook, dict(self.shelves), TODAY)

    def report(self, item: Item, kind: ReportKind, amount: int, days: int) -> set[str]:
        number = next(self.numbers)
        later = TODAY + timedelta(days)
        values = {
            ReportKind.QUANTITY: {"good": Decimal(amount)}, ReportKind.ARRIVAL: {"good": Decimal(amount)},
            ReportKind.EXPECTED: {"expected": later}, ReportKind.REMAINING: {"remaining_days": days},
        }.get(kind, {})  # fmt: skip
        at = NOON + timedelta(minutes=number)
        word = Report(f"RP-20261202-{number:03}", item.code, kind, TODAY, at, **values)  # type: ignore[arg-type]
        self.said[item.code].append(word)
        return {item.code, *self.network.bought_by.get(item.code, ())}

    def put(self, item: Item) -> set[str]:
        self.plan = self.plan.with_items([item])
        return {item.code}

    def progress(self) -> dict[str, Progress]:
        found = dict[str, Progress]()
        for code, item in self.plan.items.items():
            on_receipts = [one for receipt in self.network.receipts.get(code, ()) for one in self.said.get(receipt, ())]
            if self.said.get(code) or on_receipts:
                found[code] = progress(item, Tally.of(self.said.get(code, ())), Tally.of(on_receipts), WEEKDAYS)
        return found

    def catch_up(self, changed: set[str]) -> None:
        self.network = refreshed(self.network, self.plan)
        self.requirements = self.requirements.refreshed(self.network)
        self.outlook = self.outlook.updated(self.network, self.progress(), {}, changed)
        shelves = dict(self.shelves)
        self.readiness = self.readiness.updated(self.requirements, self.outlook, shelves, changed)

    def whole(self) -> Readiness:
        network = Network.of(self.plan)
        outlook = Outlook(network, self.progress(), {}, TODAY)
        return Readiness(Requirements(network), outlook, self.shelves, TODAY)


def happens(day: Day, data: st.DataObject) -> set[str]:
    """One thing; the items that it changes."""
    item = data.draw(st.sampled_from(list(day.plan.items.values())))
    amount, days = data.draw(st.integers(1, 8)) * 25, data.draw(st.integers(0, 6))
    match data.draw(st.sampled_from(["report"] * 4 + ["move", "quantity", "status", "milestone", "count"])):
        case "report":
            kinds = _KINDS.get(item.type, (ReportKind.FINISH, ReportKind.EXPECTED))
            return day.report(item, data.draw(st.sampled_from(kinds)), amount, days)
        case "move":
            start = WEEKDAYS.on_or_after(item.start + timedelta(days))
            return day.put(replace(item, start=start, finish=WEEKDAYS.finish_of(start, item.duration)))
        case "quantity":
            return day.put(replace(item, quantity=Decimal(amount)))
        case "status":
            statuses = (Status.CONFIRMED, Status.ON_HOLD, Status.CANCELLED, Status.DONE, Status.IN_PROGRESS)
            return day.put(replace(item, status=data.draw(st.sampled_from(statuses))))
        case "milestone":
            return day.put(replace(item, duration=0))
    product = data.draw(st.sampled_from(("steel", "glass", "glue")))
    day.shelves[product] = Stock(product, Decimal(amount))
    return set()


@given(worlds(), st.data())
def test_step_by_step_as_all_at_once(world: World, data: st.DataObject) -> None:
    """Whether all orders were looked at before, some, or none."""
    day = Day(world)
    for _ in range(data.draw(st.integers(1, 3))):
        for code in data.draw(st.lists(st.sampled_from(list(day.plan.items)), max_size=3)):
            day.readiness.order(code)
        day.catch_up(happens(day, data))
    whole = day.whole()
    assert orders_of(day.readiness) == orders_of(whole)
    assert all(day.outlook[code] == whole.outlook[code] for code in day.plan.items)


@given(worlds())
def test_what_nothing_bears_on_is_kept(world: World) -> None:
    day = Day(world)
    before = {order.item.code: order for order in orders_of(day.readiness)}
    day.catch_up(set())
    assert all(day.readiness.order(code) is order for code, order in before.items())
