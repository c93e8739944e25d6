"""Other words for tables are kept with their plan, also in a database of before (migration 0023)."""

from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import inspect

from planning.plan.item import Mode, Status
from planning.plan.wording import Wording
from storage.connection.engine import open_engine
from storage.database import Database
from storage.maintenance.migrate import downgrade, upgrade
from storage.plan.wordings import KeptWording
from storage.unit_of_work import UnitOfWork
from tests.small_company import plan
from tests.storage.plan.test_history import look, seed

BEFORE = "0022"
KEPT = KeptWording(
    Wording(
        (("作业令", "code"), ("A", "title"), ("0", "title")),
        (("EA", "件"),),
        (("", "在干", Status.IN_PROGRESS), ("采购部", "OK", Status.DONE)),
        (("备料", "purchase"),),
        (("靠后排", Mode.ALAP),),
    ),
    "m.yaml",
    "lin",
    datetime(2026, 11, 29, 8, tzinfo=UTC),
)


def kept(database: Database) -> KeptWording | None:
    return database.look(lambda uow: uow.wordings.get())


def keep(database: Database, wording: KeptWording) -> None:
    def unit(uow: UnitOfWork) -> None:
        uow.commit()
        uow.wordings.keep(wording)

    database.write_now(unit)


def test_they_come_back_as_they_went_in_their_order(database: Database) -> None:
    assert kept(database) is None
    keep(database, KEPT)
    assert kept(database) == KEPT


def test_the_newest_stay_until_they_are_removed(database: Database, migrated_url: str) -> None:
    newest = replace(KEPT, wording=Wording(units=(("EA", "个"),)), source="n.yaml")
    keep(database, KEPT)
    keep(database, newest)
    assert kept(database) == newest

    def remove(uow: UnitOfWork) -> None:
        uow.commit()
        uow.wordings.remove()

    database.write_now(remove)
    assert kept(database) is None


def test_another_plan_has_its_own(database: Database) -> None:
    keep(database, KEPT)

    def of_another(uow: UnitOfWork) -> KeptWording | None:
        uow.wordings._plan_id = "other"
        return uow.wordings.get()

    assert database.look(of_another) is None


def test_a_database_of_before_has_its_plan_and_no_words_and_keeps_some(database_url: str) -> None:
    upgrade(database_url)
    with closing(Database(database_url, "main")) as database:
        database.write_now(lambda uow: seed(uow, plan(3)))
        there = look(database)
        keep(database, KEPT)
    downgrade(database_url, BEFORE)
    engine = open_engine(database_url, writer=True)
    assert "wordings" not in inspect(engine).get_table_names()
    engine.dispose()
    upgrade(database_url)
    with closing(Database(database_url, "main")) as database:
        assert look(database) == there
        assert kept(database) is None
        keep(database, KEPT)
        assert kept(database) == KEPT
