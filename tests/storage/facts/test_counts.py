"""Counts of stock: rows come back as they were written, and none is changed or taken away."""

from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from planning.plan.plan import Stock
from planning.readiness.shelf import Count
from storage.connection.engine import open_engine
from storage.database import Database
from storage.facts.counts import Counted
from storage.maintenance.migrate import downgrade, upgrade
from storage.unit_of_work import UnitOfWork
from tests.handlers.office import Office
from tests.small_company import NOW, plan

BEFORE = "0024"
MORNING = datetime(2026, 12, 2, tzinfo=UTC)
OLD = Counted(Count("steel", Decimal("500.5"), MORNING, Decimal(50), "api:erp"), "api:erp", MORNING)
NEW = Counted(
    Count("steel", Decimal(-10), MORNING + timedelta(hours=9), Decimal(50), "import:plan.csv"), "lin",
    MORNING + timedelta(hours=10), Decimal("-10.25"),
)  # fmt: skip


@pytest.fixture
def filled(migrated_url: str) -> str:
    with closing(Database(migrated_url, "main")) as database:
        Office(database).bring(plan())

        def unit(uow: UnitOfWork) -> None:
            uow.counts.add([NEW])
            uow.counts.add([OLD])
            uow.commit()

        database.write_now(unit)
    return migrated_url


def test_rows_come_back_as_they_were_written(filled: str) -> None:
    with closing(Database(filled, "main")) as database:
        assert database.look(lambda uow: uow.counts.of_product("steel")) == [NEW, OLD]
        assert database.look(lambda uow: uow.counts.newest()) == {"steel": NEW.count}, "by its instant, not as it came"
        assert database.look(lambda uow: uow.counts.last()) == 2


def test_of_some_products_and_since_a_row(filled: str) -> None:
    glass = replace(OLD, count=replace(OLD.count, product="glass"))
    with closing(Database(filled, "main")) as database:

        def unit(uow: UnitOfWork) -> None:
            uow.counts.add([glass])
            uow.commit()

        database.write_now(unit)
        assert database.look(lambda uow: uow.counts.newest({"glass", "wood"})) == {"glass": glass.count}
        assert database.look(lambda uow: uow.counts.since(1)) == [OLD.count, glass.count]
        known = database.look(lambda uow: uow.counts.known_of([OLD.count]))
        assert known == {("steel", MORNING): OLD.count}, "of the same instant, and of another product"


@pytest.mark.parametrize("statement", ["UPDATE stock_snapshots SET on_hand = 1", "DELETE FROM stock_snapshots"])
def test_none_is_changed_or_taken_away(filled: str, statement: str) -> None:
    engine = open_engine(filled, writer=True)
    with pytest.raises(DatabaseError, match="append-only"), engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


def test_stock_that_was_there_is_of_when_its_tables_came(migrated_url: str) -> None:
    brought = plan()
    with closing(Database(migrated_url, "main")) as database:
        Office(database).bring(brought)
        database.write_now(lambda uow: _stock(uow, Stock("steel", Decimal(7), Decimal(2))))
    downgrade(migrated_url, BEFORE)
    upgrade(migrated_url)
    with closing(Database(migrated_url, "main")) as database:
        (found,) = database.look(lambda uow: uow.counts.of_product("steel"))
    assert found == Counted(Count("steel", Decimal(7), NOW, Decimal(2), "import:plan.csv"), "ops", NOW)


def _stock(uow: UnitOfWork, stock: Stock) -> None:
    """As an older program kept it."""
    uow.plans.create(replace(uow.plans.load(), stock={stock.product: stock}))
    uow.commit()
