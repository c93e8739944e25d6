"""Readiness that is kept from question to question is what a process that knows nothing would say."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from random import Random

import pytest

from handlers.govern.readiness import readiness_of
from handlers.kept_readiness import KeptReadiness, KnownReadiness
from handlers.lifecycle.count_stock import count_stock
from handlers.lifecycle.new_revision import append_revision
from handlers.lifecycle.record_fact import record_fact
from handlers.turn import Turn
from planning.facts.report import Report, ReportKind
from planning.plan.calendar import calendar_named, with_exceptions
from planning.plan.item import Item
from planning.plan.link import Link
from planning.plan.operation import Op, Operation
from planning.plan.plan import Plan
from planning.readiness.line import Order
from planning.readiness.shelf import Count
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.handlers.office import Office
from tests.handlers.reads.test_ready import TODAY, bought, item, needs, plan_of

STEPS = 25
ORDERS = [f"MO-{n}" for n in range(6)]
GOODS = ("钢板", "玻璃")


def _company() -> Plan:
    """Orders that share the purchases of two products; two purchases have one receipt, one comes through an
    inspection."""
    parts: list[Item | Link] = []
    for n, code in enumerate(ORDERS):
        parts.append(item(code, "production", f"12-{3 + n:02}", quantity=100 + 50 * n))
        supply = f"PO-{n}"
        parts.append(bought(supply, "12-01", f"12-{2 + 2 * n:02}", quantity=120, product=GOODS[n % 2]))
        parts += [needs(supply, code), needs(f"PO-{n // 2}", code)] if n else [needs(supply, code)]
    receipt = bought("WR-1", "12-05", quantity=120, product=GOODS[1])
    parts += [replace(receipt, type="receipt"), Link("PO-1", "WR-1"), Link("PO-3", "WR-1")]
    parts += [item("QA-2", "inspection", "12-08", quantity=120), needs("PO-2", "QA-2"), needs("QA-2", "MO-5")]
    parts += [item("DWG", "design", "12-02"), Link("DWG", "MO-3")]
    parts += [item("DRAW", "design", "11-30"), Link("DRAW", "PO-5")]
    return plan_of(*parts)


def _happens(turn: Turn, random: Random, number: int) -> None:
    plan = turn.plan()
    code = random.choice(list(plan.items))
    match random.randrange(4):
        case 0:
            count = Count(random.choice(GOODS), Decimal(random.randint(0, 20) * 50), turn.now, source="api:erp")
            count_stock(turn, [count], "api:erp")
        case 1:
            status = plan.items[code].status
            if not (status.has_started or status.is_over):
                impact = turn.assess(plan, [Operation(code, Op.SHIFT, random.randint(1, 3))])
                if impact.lines:
                    append_revision(turn, plan.id, f"CR-20261202-{number:03}", "lin", impact)
        case _:
            kinds = {"purchase": ReportKind.ARRIVAL, "receipt": ReportKind.ARRIVAL, "production": ReportKind.QUANTITY}
            kind = kinds.get(plan.items[code].type, ReportKind.FINISH)
            good = Decimal(random.randint(1, 5) * 10) if kind is not ReportKind.FINISH else None
            record_fact(turn, plan, Report("", code, kind, turn.today, turn.now, good, by="wang"))


def _orders(turn: Turn, codes: list[str]) -> list[Order | None]:
    readiness = readiness_of(turn, turn.plan(), codes)
    return [readiness.order(code) for code in codes]


class Looked:
    """A company whose orders are asked for, each time compared with what a process says that knows nothing."""

    def __init__(self, database: Database) -> None:
        self.office, self._database = Office(database, now=TODAY), database
        self.office.bring(_company())

    def look(self, codes: list[str] = ORDERS) -> list[Order | None]:
        return self._database.look(partial(self.compared, codes=codes))

    def compared(self, uow: UnitOfWork, codes: list[str]) -> list[Order | None]:
        kept = _orders(self.office.turn(uow), codes)
        anew = replace(self.office.environment, readiness=KeptReadiness())
        uow.worked_out.clear()
        assert kept == _orders(Turn(uow, self.office.now, anew), codes)
        return kept

    def known(self) -> KnownReadiness:
        known = self.office.environment.readiness.of("main")
        assert known
        return known

    def revise(self, *operations: Operation) -> None:
        def unit(uow: UnitOfWork) -> None:
            turn = self.office.turn(uow)
            plan = turn.plan()
            append_revision(turn, plan.id, "CR-20261202-099", "lin", turn.assess(plan, operations))
            uow.commit()

        self._database.write_now(unit)


@pytest.fixture
def looked(database: Database) -> Looked:
    return Looked(database)


def test_step_by_step_as_from_nothing(database: Database, looked: Looked) -> None:
    """Some orders are asked for after one step, all after another; a unit that writes asks as well."""
    random, seen = Random(11), set[str]()
    for number in range(STEPS):
        looked.office.now += timedelta(minutes=5)

        def step(uow: UnitOfWork, number: int = number) -> None:
            _happens(looked.office.turn(uow), random, number)
            looked.compared(uow, random.sample(ORDERS, 2))
            uow.commit()

        database.write_now(step)
        found = looked.look(random.sample(ORDERS, random.randint(1, len(ORDERS))))
        seen |= {order.colour.value for order in found if order}
        seen |= {one.source.value for order in found if order for line in order.lines for one in line.allocated}
    assert {"yellow", "red", "stock", "own", "other", "later"} <= seen, seen


def test_the_next_day(looked: Looked) -> None:
    """A start that has passed counts from then."""
    before = looked.look()
    looked.office.now += timedelta(days=7)
    assert [order and order.start for order in looked.look()] != [order and order.start for order in before]


def test_a_link_that_is_gone(looked: Looked) -> None:
    """PO-5 waits for its drawing, and then does not."""
    looked.office.say("lin", "报工 DRAW 预计 12-24")
    before = looked.look()[5]
    looked.revise(Operation("DRAW", Op.UNLINK, {"successor": "PO-5"}))
    after = looked.look()[5]
    assert before
    assert after
    assert before.eta != after.eta


def test_other_calendars_of_the_same_revision(database: Database, looked: Looked) -> None:
    """The holidays of the coming year arrive: the days are others at once, and are kept from then on."""
    looked.look()
    before = looked.known()
    newer = with_exceptions("china", calendar_named("china"), {date(2026, 12, day): False for day in (3, 4, 7)})

    def arrive(uow: UnitOfWork) -> None:
        uow.plans.set_calendars(replace(uow.plans.load(), calendars={"china": newer}))
        uow.commit()

    database.write_now(arrive)
    looked.look(["MO-0"])
    assert looked.known().plan.revision == before.plan.revision
    assert looked.known().asked == {"MO-0"}


def test_an_older_one_takes_no_newer_ones_place(looked: Looked) -> None:
    """A snapshot of before the report, which took its time; nor one that knows less of the same."""
    kept = looked.office.environment.readiness
    looked.look()
    older = looked.known()
    looked.office.say("qian", "到货 PO-3 20")
    looked.look()
    newer = looked.known()
    for one in (older, replace(newer, today=newer.today - timedelta(days=1)), replace(newer, asked=frozenset())):
        kept.keep(one)
        assert looked.known() is newer
    looked.revise(Operation("MO-5", Op.SHIFT, 20))
    looked.look(["MO-0"])
    assert looked.known().plan.revision == newer.plan.revision + 1
    revised = looked.known()
    kept.keep(replace(newer, seen=revised.seen, asked=newer.asked | {"more"}))
    assert looked.known() is revised


def test_a_question_after_a_report_reads_what_was_said_alone(database: Database) -> None:
    office = Office(database, now=TODAY)
    office.bring(_company())
    known = office.environment.readiness
    database.look(lambda uow: _orders(office.turn(uow), ORDERS))
    before = known.of("main")
    assert before is not None
    office.say("qian", "到货 PO-3 20")
    database.look(lambda uow: _orders(office.turn(uow), ORDERS))
    after = known.of("main")
    assert after is not None
    assert [code for code in ORDERS if after.readiness.order(code) is before.readiness.order(code)], "the others stay"
    assert after.readiness.order("MO-3") != before.readiness.order("MO-3")


def test_a_receipt_of_two_purchases(database: Database) -> None:
    """What was said of the other purchase stays known when one of them is looked at again."""
    office = Office(database, now=TODAY)
    office.bring(_company())
    for text in ("到货 PO-3 60", "到货 WR-1 20"):
        office.say("qian", text)
    database.look(lambda uow: _orders(office.turn(uow), ORDERS))
    office.say("qian", "到货 PO-1 10")
    database.look(lambda uow: _orders(office.turn(uow), ORDERS))
    known = office.environment.readiness.of("main")
    assert known
    assert {code: known.progress[code].good for code in ("PO-1", "PO-3")} == {"PO-1": 20, "PO-3": 60}


def test_what_is_thrown_away_is_not_kept(database: Database) -> None:
    office = Office(database, now=TODAY)
    office.bring(_company())
    database.look(lambda uow: _orders(office.turn(uow), ORDERS))
    before = office.environment.readiness.of("main")

    def thrown_away(uow: UnitOfWork) -> None:
        turn = office.turn(uow)
        record_fact(turn, turn.plan(), Report("", "PO-3", ReportKind.ARRIVAL, turn.today, turn.now, Decimal(50)))
        _orders(turn, ORDERS)

    database.write_now(thrown_away)
    assert office.environment.readiness.of("main") is before
