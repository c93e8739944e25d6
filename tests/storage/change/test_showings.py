"""Showings: newest first up to a moment, the same effect once; of cards of before nothing is known."""

from datetime import timedelta

import pytest

from planning.subject import Subject
from storage.change.showings import Showing
from storage.connection.engine import open_engine
from storage.database import Database
from storage.delivery.cards import Purpose
from storage.maintenance.migrate import downgrade, upgrade
from storage.plan.plans import PlanCache
from storage.unit_of_work import UnitOfWork
from tests.small_company import NOW

pytestmark = pytest.mark.both_databases
NO, ROOM = "CR-20261123-001", "dingtalk:g"


def test_showings_up_to_a_moment_newest_first(database: Database) -> None:
    def unit(uow: UnitOfWork) -> None:
        card = uow.cards.add(Purpose.APPROVAL, Subject.of_change(NO), ROOM, NOW, "production")
        for seconds, effect in enumerate(["a", "a", "b", "b", "a"]):
            uow.showings.note(card, effect, NOW + timedelta(seconds=seconds))
        uow.showings.note(card, "c", NOW + timedelta(seconds=4))
        other = uow.cards.add(Purpose.APPROVAL, Subject.of_change("CR-20261123-002"), ROOM, NOW)
        uow.showings.note(other, "x", NOW)
        uow.commit()

    database.write_now(unit)
    a, b, c = (Showing(ROOM, effect, NOW + timedelta(seconds=at)) for effect, at in (("a", 0), ("b", 2), ("c", 4)))
    assert database.look(lambda uow: uow.showings.of(NO, NOW + timedelta(seconds=9))) == [c, b, a]
    assert database.look(lambda uow: uow.showings.of(NO, NOW + timedelta(seconds=3))) == [b, a]
    assert database.look(lambda uow: uow.showings.of(NO, NOW - timedelta(seconds=1))) == []


def test_cards_of_before_stay_up_and_down(database_url: str) -> None:
    upgrade(database_url, "0010")
    for step in (upgrade, lambda url: downgrade(url, "0010"), upgrade):
        step(database_url)
    engine = open_engine(database_url, writer=False)
    with engine.connect() as connection:
        uow = UnitOfWork(connection, "main", PlanCache(), reading=True)
        assert uow.showings.of(NO, NOW) == []
    engine.dispose()
