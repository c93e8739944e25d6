"""Readiness that is kept from question to question is what a process that knows nothing would say."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from functools import partial
from random import Random

from handlers.govern.readiness import readiness_of
from handlers.kept_readiness import KeptReadiness
from handlers.lifecycle.count_stock import count_stock
from handlers.lifecycle.new_revision import append_revision
from handlers.lifecycle.record_fact import record_fact
from handlers.turn import Turn
from planning.facts.report import Report, ReportKind
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


def test_step_by_step_as_from_nothing(database: Database) -> None:
    """Some orders are asked for after one step, all after another; a unit that writes asks as well."""
    office, random, seen = Office(database, now=TODAY), Random(11), set[str]()
    office.bring(_company())

    def compared(uow: UnitOfWork, codes: list[str]) -> list[Order | None]:
        kept = _orders(office.turn(uow), codes)
        anew = replace(office.environment, readiness=KeptReadiness())
        uow.worked_out.clear()
        assert kept == _orders(Turn(uow, office.now, anew), codes)
        return kept

    for number in range(STEPS):
        office.now += timedelta(minutes=5)

        def step(uow: UnitOfWork, number: int = number) -> None:
            _happens(office.turn(uow), random, number)
            compared(uow, random.sample(ORDERS, 2))
            uow.commit()

        database.write_now(step)
        some = random.sample(ORDERS, random.randint(1, len(ORDERS)))
        found = database.look(partial(compared, codes=some))
        seen |= {order.colour.value for order in found if order}
        seen |= {one.source.value for order in found if order for line in order.lines for one in line.allocated}
    assert {"yellow", "red", "stock", "own", "other", "later"} <= seen, seen


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
