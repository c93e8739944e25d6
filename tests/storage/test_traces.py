"""The trace goes with the work: into its thread, its rows, and whoever takes them up later."""

import asyncio
from datetime import timedelta

from storage.database import Database
from storage.delivery.inbox import LEASE, EventKey
from storage.maintenance.migrate import downgrade, upgrade
from storage.trace import continued, current, traced
from storage.unit_of_work import UnitOfWork
from tests.databases import opened
from tests.small_company import NOW
from tests.tampering import tampered

KEY = EventKey("dingtalk", "ding", "msg-1")
LATER = NOW + LEASE + timedelta(seconds=1)


def leave(uow: UnitOfWork) -> str:
    """An event and a message."""
    uow.commit()
    uow.inbox.receive(KEY, "said", {}, NOW)
    uow.outbox.say("dingtalk:g", "hello", NOW)
    return current()


def taken_up(database: Database) -> tuple[list[str], list[str]]:
    """Traces of what is taken up later: of events and of messages."""
    return database.write_now(
        lambda uow: ([e.trace for e in uow.inbox.claim_due(LATER)], [m.trace for m in uow.outbox.claim(LATER, 9)])
    )


async def test_work_in_a_thread_belongs_to_the_trace_of_who_asked_for_it(database: Database) -> None:
    with traced("a" * 32):
        assert await database.write(leave) == "a" * 32
        assert await database.read(lambda uow: current()) == "a" * 32
    assert current() == ""
    assert await database.read(lambda uow: current()) == "", "the thread forgets it"
    assert taken_up(database) == (["a" * 32], ["a" * 32])


async def test_two_at_once_are_not_mixed(database: Database) -> None:
    async def asked(trace: str) -> set[str]:
        with traced(trace):
            return {await database.write(lambda uow: current()) for _ in range(20)}

    names = [character * 32 for character in "abcdef"]
    assert await asyncio.gather(*map(asked, names)) == [{name} for name in names]


def test_a_new_one_is_taken_where_there_is_none() -> None:
    with continued():
        first = current()
        with continued():
            assert current() == first
        with traced():
            assert current() not in ("", first)
    assert len(first) == 32
    assert int(first, 16)
    assert current() == ""


def test_what_an_earlier_version_left_belongs_to_no_trace(migrated_url: str) -> None:
    downgrade(migrated_url, "0018")
    tampered(
        migrated_url,
        "INSERT INTO inbox (plan_id, platform, bot, event_id, kind, payload, received_at, state, next_at, attempts)"
        " VALUES ('main', 'dingtalk', 'ding', 'old', 'said', '{}', '2026-11-20 01:00:00', 'new',"
        " '2026-11-20 01:00:30', 1)",
        "INSERT INTO outbox (plan_id, dedupe, conversation, body, created_at, state, next_at, attempts)"
        " VALUES ('main', 'old', 'dingtalk:g', 'hello', '2026-11-20 01:00:00', 'new', '2026-11-20 01:00:00', 0)",
    )
    upgrade(migrated_url)
    with opened(migrated_url) as database:
        assert taken_up(database) == ([""], [""])


def test_and_goes_back_to_it(migrated_url: str) -> None:
    with opened(migrated_url) as database, traced():
        database.write_now(leave)
    downgrade(migrated_url, "0018")
    upgrade(migrated_url)
    with opened(migrated_url) as database:
        assert taken_up(database) == ([""], [""])
        assert database.look(lambda uow: uow.outbox.counts()) == {"new": 1}
