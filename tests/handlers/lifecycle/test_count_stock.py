"""Stock is one number everywhere: what was counted, and what came and was used since."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

from handlers.lifecycle.count_stock import count_stock
from handlers.stocks import Stocks
from planning.plan.link import Drives, Link
from planning.plan.operation import Op, Operation
from planning.plan.plan import Plan, Stock
from planning.readiness.shelf import Count
from storage.database import Database
from storage.facts.counts import Counted
from storage.unit_of_work import UnitOfWork
from tests.handlers.office import Office
from tests.small_company import plan

STEEL = "钢板"


def made_of_steel(**stock: int) -> Plan:
    """MO-1 of 2,000 takes 2,000 of steel, which PO-1 brings."""
    base = plan()
    items = {**base.items, "PO-1": replace(base.items["PO-1"], product=STEEL, quantity=Decimal(2000))}
    links = (Link("PO-1", "MO-1", ratio=Decimal(1), drives=Drives.PREDECESSOR), *base.links[1:])
    kept = {name: Stock(name, Decimal(amount)) for name, amount in stock.items()}
    return replace(base, items=items, links=links, stock=kept)


def now_there(office: Office, product: str = STEEL) -> Stock | None:
    return office.database.look(lambda uow: office.turn(uow).plan().stock.get(product))


def counted(office: Office, on_hand: int, as_of: datetime | None = None) -> Counted:
    def unit(uow: UnitOfWork) -> Counted:
        turn = office.turn(uow)
        (kept,) = count_stock(turn, [Count(STEEL, Decimal(on_hand), as_of or turn.now, source="api:erp")], "api:erp")
        uow.commit()
        return kept

    return office.database.write_now(unit)


def test_what_was_counted_what_came_and_what_was_used_since(database: Database) -> None:
    """08:00 says 500; 200 come, 100 are made of it: 600; the evening's count says 590, ten fewer."""
    environment = replace(Office(database).environment, stocks=Stocks(frozenset({STEEL})))
    office = Office(database, environment)
    office.bring(made_of_steel(钢板=500))
    office.wait(hours=2)
    office.say("qian", "到货 PO-1 200")
    assert now_there(office) == Stock(STEEL, Decimal(700), received={"PO-1": Decimal(200)})
    office.wait(hours=5)
    office.say("han", "报工 MO-1 100")
    assert now_there(office) == Stock(STEEL, Decimal(600), received={"PO-1": Decimal(200)})
    office.wait(hours=3)
    assert counted(office, 590).difference == -10
    assert now_there(office) == Stock(STEEL, Decimal(590), received={"PO-1": Decimal(200)})


def test_without_backflush_only_a_count_lowers_it(database: Database) -> None:
    office = Office(database)
    office.bring(made_of_steel(钢板=500))
    office.wait(hours=2)
    office.say("han", "报工 MO-1 100")
    assert now_there(office) == Stock(STEEL, Decimal(500))


def test_what_was_said_before_a_count_lies_in_it(database: Database) -> None:
    """到货 昨天, said at ten, lies in this morning's count."""
    office = Office(database)
    office.bring(made_of_steel())
    office.wait(days=1)
    counted(office, 300)
    office.wait(hours=1)
    office.say("qian", "到货 PO-1 200 昨天")
    assert now_there(office) == Stock(STEEL, Decimal(300), received={"PO-1": Decimal(200)})


def test_a_correction_stands_where_its_first_report_stood(database: Database) -> None:
    office = Office(database)
    office.bring(made_of_steel(钢板=500))
    office.wait(hours=2)
    office.say("qian", "到货 PO-1 200")
    office.wait(hours=2)
    counted(office, 700)
    office.wait(hours=1)
    office.say("qian", "更正 150")
    assert now_there(office) == Stock(STEEL, Decimal(700), received={"PO-1": Decimal(150)})


def test_a_product_nobody_counts_has_no_stock(database: Database) -> None:
    office = Office(database)
    office.bring(made_of_steel())
    office.say("qian", "到货 PO-1 200")
    assert now_there(office) is None


def test_what_has_come_of_a_purchase_comes_no_more(database: Database) -> None:
    """2,000 are needed: 500 lie there and 1,500 are still to come, whatever has come since the count."""
    office = Office(database)
    office.bring(made_of_steel(钢板=0))
    office.wait(hours=1)
    before = _missing(office)
    office.say("qian", "到货 PO-1 500")
    assert _missing(office) == before == [(STEEL, Decimal(100))]


def _missing(office: Office) -> list[tuple[str, Decimal]]:
    """What lacks when MO-1 becomes 2,100 and the purchase does not follow."""

    def look(uow: UnitOfWork) -> list[tuple[str, Decimal]]:
        turn = office.turn(uow)
        wishes = [Operation(item, Op.SET_QUANTITY, Decimal(to)) for item, to in (("MO-1", 2100), ("PO-1", 2000))]
        return [(one.product, one.after) for one in turn.assess(turn.plan(), wishes).shortages]

    return office.database.look(look)


def test_a_count_reads_the_reports_of_its_product_alone(database: Database) -> None:
    """A company counts some products an hour: the others are as they were."""
    office = Office(database)
    office.bring(made_of_steel(钢板=500, 玻璃=70))
    before = now_there(office, "玻璃")
    office.wait(hours=1)
    counted(office, 490)
    found = now_there(office)
    assert found
    assert found.on_hand == 490
    assert now_there(office, "玻璃") is before


def test_the_same_tables_once_more_are_no_new_count(database: Database) -> None:
    office = Office(database)
    office.bring(made_of_steel(钢板=500))
    office.wait(hours=2)
    office.say("qian", "到货 PO-1 200")
    office.bring(made_of_steel(钢板=500))
    assert now_there(office) == Stock(STEEL, Decimal(700), received={"PO-1": Decimal(200)})
    assert office.database.look(lambda uow: len(uow.counts.of_product(STEEL))) == 1


def test_tables_that_say_when_it_was_counted(database: Database) -> None:
    office = Office(database)
    office.bring(made_of_steel(钢板=500))
    office.wait(days=1)
    as_of = datetime(2026, 11, 24, 0, 30, tzinfo=UTC)
    office.bring(replace(made_of_steel(), stock={STEEL: Stock(STEEL, Decimal(500), as_of=as_of)}))
    found = now_there(office)
    assert found
    assert found.as_of == as_of


