"""Episodes of exceptions, kept and found again."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from planning.exceptions.episode import Episode, State
from planning.exceptions.finding import Code, Key, Severity
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.handlers.office import Office
from tests.small_company import plan

AT = datetime(2026, 12, 2, 5, 30, tzinfo=UTC)
LATE = Episode(
    Key(Code.FORECAST_LATE, "SO-1"), State.OPEN, Severity.HIGH, Severity.CRITICAL, AT, AT,
    facts={"promise": "2026-12-18"}, root="MO-1", owner="he", card=3, told=Severity.HIGH, told_at=AT, climbed=1,
    reopened=2, missed=1, snoozed_until=AT, snoozed_at=Severity.WARN, muted_until=AT, taken_by="he", taken_until=AT,
)  # fmt: skip


@pytest.fixture(autouse=True)
def planned(database: Database) -> None:
    Office(database).bring(plan())


def keep(database: Database, *episodes: Episode) -> list[Episode]:
    def unit(uow: UnitOfWork) -> list[Episode]:
        kept = uow.exceptions.keep(episodes)
        uow.commit()
        return kept

    return database.write_now(unit)


def scan(database: Database, cards: int) -> None:
    def unit(uow: UnitOfWork) -> None:
        uow.exceptions.scanned(AT, AT, 2, 1)
        uow.exceptions.count_cards(cards)
        uow.commit()

    database.write_now(unit)


def test_it_comes_back_as_it_was(database: Database) -> None:
    (kept,) = keep(database, LATE)
    assert kept.number == 1
    assert database.look(lambda uow: uow.exceptions.get(1)) == LATE
    assert database.look(lambda uow: uow.exceptions.open_ones()) == [LATE]
    assert database.look(lambda uow: uow.exceptions.on_card(3)) == [LATE]


def test_of_each_key_one_is_open(database: Database) -> None:
    keep(database, LATE)
    with pytest.raises(IntegrityError):
        keep(database, LATE)


def test_a_closed_one_leaves_room_for_the_next(database: Database) -> None:
    (kept,) = keep(database, LATE)
    keep(database, replace(kept, state=State.CLOSED, closed_at=AT), LATE)
    (newest,) = database.look(lambda uow: uow.exceptions.newest(AT))
    assert newest.number == 2
    (closed,) = database.look(lambda uow: uow.exceptions.closed_since(AT))
    assert closed == replace(kept, state=State.CLOSED, closed_at=AT)


def test_what_was_closed_long_ago_is_left_out_unless_it_is_muted(database: Database) -> None:
    old = replace(LATE, state=State.CLOSED, closed_at=AT - timedelta(days=3), muted_until=None)
    muted = replace(old, key=Key(Code.SHORT, "MO-1"), muted_until=AT + timedelta(days=1))
    keep(database, old, muted)
    assert database.look(lambda uow: uow.exceptions.newest(AT)) == [muted]


def test_parts_of_a_scan_add_up(database: Database) -> None:
    scan(database, 2)
    assert database.look(lambda uow: uow.exceptions.since()) == AT
    assert database.look(lambda uow: uow.exceptions.cards_since(AT)) == 2
    scan(database, 0)
    assert database.look(lambda uow: uow.exceptions.since()) == AT
    assert database.look(lambda uow: uow.exceptions.cards_since(AT)) == 2
