"""Beside every figure stands who told it and as of when, and a mark where they should have spoken since."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from handlers.govern.sources import ages, set_up_sources
from planning.facts.source import Source, SourceAge
from planning.plan.plan import Plan, Stock
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.handlers.office import Office, environment
from tests.handlers.reads.test_ready import STEEL, bought, item, needs, plan_of, worked

MONDAY = datetime(2026, 11, 30, 1, tzinfo=UTC)
"""09:00 in Shanghai, when work begins."""
EXPECTED = (Source("chat", "", 9), Source("import", "Excel", 18, "lin"), Source("stock", "", 9))


def office_of(database: Database, plan: Plan, *sources: Source) -> Office:
    office = Office(database, replace(environment(), sources=sources or EXPECTED), MONDAY)

    def unit(uow: UnitOfWork) -> None:
        set_up_sources(office.turn(uow))
        uow.commit()

    database.write_now(unit)
    office.bring(plan)
    return office


def told(office: Office) -> dict[str, SourceAge]:
    return {one.id: one for one in office.database.look(lambda uow: ages(office.turn(uow)))}


def test_an_age_is_counted_in_working_hours(database: Database) -> None:
    office = office_of(database, worked(as_of=MONDAY))
    office.now = datetime(2026, 12, 1, 4, tzinfo=UTC)  # Tuesday noon: nine hours of Monday, three of today
    assert {id: (one.age_wh, one.freshness.value) for id, one in told(office).items()} == {
        "chat": (12, "late"), "import": (12, "fresh"), "stock": (12, "late"),
    }  # fmt: skip


def test_one_that_has_never_spoken_is_as_old_as_its_settings(database: Database) -> None:
    office = office_of(database, worked(as_of=MONDAY))
    office.wait(days=4)
    assert (told(office)["chat"].heard_at, told(office)["chat"].age_wh) == (None, 36)
    office.say("qian", "到货 PO-1 10")
    assert (told(office)["chat"].heard_at, told(office)["chat"].age_wh) == (office.now, 0)


def test_stock_is_as_old_as_its_count_whenever_its_tables_came(database: Database) -> None:
    last_week = datetime(2026, 11, 26, 1, tzinfo=UTC)
    office = office_of(database, worked(as_of=last_week))
    assert (told(office)["stock"].age_wh, told(office)["import"].age_wh) == (18, 0)


def test_the_same_tables_once_more_are_a_word(database: Database) -> None:
    office = office_of(database, worked(as_of=MONDAY))
    office.wait(days=1)
    office.bring(worked(as_of=MONDAY))
    assert told(office)["import"].age_wh == 0
    assert told(office)["stock"].age_wh == 9, "nobody counted again"


@pytest.mark.parametrize(
    ("before", "line"),
    [
        ("", "数据：Excel 11-30 09:00 ⚠"),
        ("到货 PO-1 10", "数据：报工 09:00"),
    ],
)
def test_an_item_is_as_fresh_as_who_wrote_it_last(database: Database, before: str, line: str) -> None:
    office = office_of(database, worked(as_of=MONDAY))
    office.wait(days=3)
    if before:
        office.say("qian", before)
    assert office.say("lin", "进度 PO-1").splitlines()[-1] == line


def test_tables_after_a_report_are_the_newer_word(database: Database) -> None:
    office = office_of(database, worked(as_of=MONDAY))
    office.wait(hours=1)
    office.say("qian", "到货 PO-1 10")
    office.wait(hours=1)
    office.bring(worked(as_of=MONDAY).with_items([bought("PO-1", "11-30", "12-03", quantity=200)]))
    assert office.say("lin", "进度 PO-1").splitlines()[-1] == "数据：Excel 11:00"


def test_readiness_names_what_it_waits_for(database: Database) -> None:
    """Beside the stock stands the source of the purchase; one that nothing is expected of is not named."""
    office = office_of(database, worked(first="12-04", as_of=MONDAY))
    office.wait(days=2)
    told = "库存截至 11-30 09:00 🔴，超过 1 个工作日，红的先不算解决；数据：Excel 11-30 09:00"
    assert told in office.say("lin", "齐套 MO-A").splitlines()
    office.environment = replace(office.environment, sources=())
    told = "库存截至 11-30 09:00，超过 1 个工作日，红的先不算解决"
    assert told in office.say("lin", "齐套 MO-A").splitlines()


def test_the_digest_tells_all_that_is_expected(database: Database) -> None:
    office = office_of(database, worked(as_of=MONDAY))
    office.wait(hours=27)
    line = "数据：报工 从未 ⚠、Excel 11-30 09:00、库存 11-30 09:00 ⚠"
    assert office.say("han", "早会 今天 生产部").splitlines()[-1] == line
    office.environment = replace(office.environment, sources=())
    assert "数据：" not in office.say("han", "早会 今天 生产部")


def test_stock_that_nobody_counted_is_no_source(database: Database) -> None:
    plan = plan_of(item("MO-A", "production", "12-03", quantity=3), bought("PO-1", "12-02", quantity=3),
                   needs("PO-1", "MO-A"))  # fmt: skip
    office = office_of(database, plan, Source("import", "", 9))
    assert [*told(office)] == ["import"]
    office.bring(replace(plan, stock={STEEL: Stock(STEEL, Decimal(1), Decimal(0))}))
    assert [*told(office)] == ["import", "stock"]
