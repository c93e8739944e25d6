"""Leases name their owner: what a process that is gone had in hand is free, what others hold stays theirs."""

from contextlib import closing

import pytest
from sqlalchemy import text

from storage.connection.engine import open_engine
from storage.database import Database
from storage.delivery.inbox import EventKey
from storage.delivery.outbox import OutboxMessage
from storage.maintenance.migrate import downgrade, upgrade
from storage.unit_of_work import UnitOfWork
from tests.small_company import NOW

EVENT = EventKey("dingtalk", "ding", "msg-1")


class Held:
    """A process with a message on its way, one put off, one untried, and an event in hand; `gone`: it has ended."""

    def __init__(self, database: Database) -> None:
        self.database = database
        database.owner = "first"
        (self.sending,) = database.write_now(self._begin)

    def _begin(self, uow: UnitOfWork) -> list[OutboxMessage]:
        uow.commit()
        uow.inbox.receive(EVENT, "said", {"text": "早会"}, NOW)
        uow.outbox.say("dingtalk:later", "put off", NOW, "later")
        (later,) = uow.outbox.claim(NOW, 50)
        uow.outbox.put_off(later, NOW.replace(hour=23), "busy")
        uow.outbox.say("dingtalk:g", "on its way", NOW, "sending")
        claimed = uow.outbox.claim(NOW, 50)
        uow.outbox.say("dingtalk:g", "behind it", NOW, "behind")
        return claimed

    def taken_over(self, by: str, gone: list[str] | None) -> tuple[int, list[str], list[EventKey]]:
        """What is freed, and what the other process can claim in the same moment."""
        self.database.owner = by

        def unit(uow: UnitOfWork) -> tuple[int, list[str], list[EventKey]]:
            uow.commit()
            freed = uow.inbox.take_over(NOW, gone) + uow.outbox.take_over(NOW, gone)
            claimed = [message.dedupe for message in uow.outbox.claim(NOW, 50)]
            return freed, claimed, [event.key for event in uow.inbox.claim_due(NOW)]

        return self.database.write_now(unit)


@pytest.fixture
def held(database: Database) -> Held:
    return Held(database)


@pytest.mark.parametrize("gone", [None, ["first"], ["other", "first"]])
def test_what_one_that_is_gone_held_goes_on_at_once_and_in_order(held: Held, gone: list[str] | None) -> None:
    freed, claimed, events = held.taken_over("second", gone)
    assert (freed, claimed, events) == (2, ["sending", "behind"], [EVENT]), "what was put off waits for its time"


@pytest.mark.parametrize(("by", "gone"), [("first", None), ("second", ["other"]), ("second", [])])
def test_what_is_held_by_one_that_lives_stays_with_it(held: Held, by: str, gone: list[str] | None) -> None:
    assert held.taken_over(by, gone) == (0, [], [])


def test_a_zombie_changes_nothing(held: Held) -> None:
    held.taken_over("second", None)
    held.database.owner = "first"
    assert not held.database.look(lambda uow: uow.outbox.holds(held.sending))
    assert not held.database.write_now(lambda uow: uow.outbox.give_up(held.sending, "x"))


def test_rows_of_before_have_no_owner_and_wait_for_their_lease(migrated_url: str) -> None:
    with closing(Database(migrated_url, "main")) as database:
        Held(database)
    downgrade(migrated_url, "0016")
    upgrade(migrated_url)
    engine = open_engine(migrated_url, writer=True)
    with engine.connect() as connection:
        for table in ("inbox", "outbox"):
            owners = connection.scalars(text(f"SELECT DISTINCT owner FROM {table} WHERE state = 'new'")).all()
            assert owners == [None]
    engine.dispose()
    with closing(Database(migrated_url, "main")) as database:

        def unit(uow: UnitOfWork) -> tuple[int, list[str]]:
            uow.commit()
            return uow.outbox.take_over(NOW), [message.dedupe for message in uow.outbox.claim(NOW, 50)]

        assert database.write_now(unit) == (0, [])


def test_what_was_dropped_is_as_good_as_sent_for_an_older_program_and_rows_of_before_keep_for_ever(
    migrated_url: str,
) -> None:
    def before(uow: UnitOfWork) -> None:
        uow.commit()
        uow.outbox.say("dingtalk:g", "stale", NOW, "stale", best_before=NOW)
        uow.outbox.drop_stale(NOW)
        uow.outbox.say("dingtalk:g", "new", NOW, "new", best_before=NOW)

    with closing(Database(migrated_url, "main")) as database:
        database.write_now(before)
    downgrade(migrated_url, "0020")
    upgrade(migrated_url)
    with closing(Database(migrated_url, "main")) as database:
        assert database.look(lambda uow: uow.outbox.counts()) == {"sent": 1, "new": 1}
        assert database.write_now(lambda uow: uow.outbox.drop_stale(NOW)) == []


def test_beats_are_counted(database: Database) -> None:
    def unit(uow: UnitOfWork) -> dict[str, int]:
        for process in ("a", "b", "a"):
            uow.processes.beat(process, NOW)
        before = uow.processes.beats()
        uow.processes.forget("a")
        assert uow.processes.beats() == {"b": 1}
        return before

    assert database.write_now(unit) == {"a": 2, "b": 1}
