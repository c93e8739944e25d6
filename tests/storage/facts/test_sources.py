"""Sources: their last word and their last trouble, and what is known of those before there was a table of them."""

from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest

from storage.database import Database
from storage.facts.sources import Known
from storage.maintenance.migrate import downgrade, upgrade
from storage.unit_of_work import UnitOfWork
from tests.handlers.office import Office
from tests.small_company import NOW, plan

LATER, LATEST = NOW + timedelta(hours=1), NOW + timedelta(hours=2)
BEFORE = "0029"


def test_an_older_word_takes_nothing_away(database: Database) -> None:
    def unit(uow: UnitOfWork) -> None:
        uow.sources.set_up(["stock", "stock"], NOW)
        uow.sources.heard("stock", LATEST, 3)
        uow.sources.heard("stock", LATER, 7)
        uow.sources.set_up(["stock"], LATEST)
        uow.commit()

    database.write_now(unit)
    assert database.look(lambda uow: uow.sources.all()) == {"stock": Known("stock", NOW, LATEST, 3)}


@pytest.mark.parametrize("heard_first", [True, False])
def test_trouble_is_kept_beside_the_last_word(database: Database, heard_first: bool) -> None:
    def unit(uow: UnitOfWork) -> None:
        if heard_first:
            uow.sources.heard("api:erp", NOW, 5)
        uow.sources.troubled("api:erp", LATER, "…")
        uow.commit()

    database.write_now(unit)
    heard = Known("api:erp", NOW, NOW, 5) if heard_first else Known("api:erp", LATER)
    wanted = replace(heard, trouble="…", trouble_at=LATER)
    assert database.look(lambda uow: uow.sources.all()) == {"api:erp": wanted}


def test_what_spoke_before_is_known(migrated_url: str) -> None:
    with closing(Database(migrated_url, "main")) as database:
        office = Office(database)
        office.bring(plan())
        office.wait(hours=1)
        office.say("han", "开工 MO-1")
        before = database.look(lambda uow: uow.sources.all())
    downgrade(migrated_url, BEFORE)
    upgrade(migrated_url)
    with closing(Database(migrated_url, "main")) as database:
        found = database.look(lambda uow: uow.sources.all())
    assert {one.id: (one.since, one.heard_at) for one in found.values()} == {
        one.id: (one.since, one.heard_at) for one in before.values()
    }
    assert [*found] == ["chat", "import"]
