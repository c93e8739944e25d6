"""What a unit of work leaves is claimed in its own transaction, and goes at once."""

import asyncio
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from bot.delivery import delivery
from storage.database import Database
from storage.delivery.outbox import OutboxMessage, Priority
from storage.unit_of_work import UnitOfWork
from tests.bot.delivery.office import Office, working
from tests.databases import fresh_database


@pytest.fixture(autouse=True)
def nobody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Unless woken."""
    monkeypatch.setattr(delivery, "IDLE", 60.0)


async def test_it_is_not_looked_for(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    async with working(office):
        with monkeypatch.context() as patched:
            patched.setattr(office.delivery, "wake", lambda: None)
            await office.say("g", "1")
            await office.until(lambda: office.channel.posts == [("g", "1")])
            await office.delivery.drain()
        assert await office.counts() == {"sent": 1}


async def test_messages_go_in_order(office: Office) -> None:
    async with working(office):
        for number in range(20):
            await office.say("g", str(number))
        await office.until(lambda: len(office.channel.posts) == 20)
    assert office.channel.said_in("g") == [str(number) for number in range(20)]


async def test_what_is_for_later_stays_and_what_is_too_late_goes(office: Office) -> None:
    def unit(uow: UnitOfWork) -> None:
        uow.commit()
        now = office.clock.now()
        uow.outbox.say("dingtalk:g", "later", now, at=now + timedelta(hours=1))
        uow.outbox.say("dingtalk:g", "too late", now, best_before=now)

    async with working(office):
        await office.database.write(unit)
        await office.delivery.drain()
    assert office.channel.posts == []
    assert await office.counts() == {"new": 1, "stale": 1}


async def test_what_was_thrown_away_does_not_go(office: Office) -> None:
    def unit(uow: UnitOfWork) -> None:
        uow.outbox.say("dingtalk:g", "not meant", office.clock.now())

    async with working(office):
        await office.database.write(unit)
        await office.say("g", "meant")
        await office.until(lambda: office.channel.posts)
    assert office.channel.said_in("g") == ["meant"]


async def test_whoever_waits_for_it_may_leave(office: Office) -> None:
    """It is written all the same, and goes."""
    begun, go_on = threading.Event(), threading.Event()

    def slowly(uow: UnitOfWork) -> None:
        begun.set()
        go_on.wait(20)
        uow.commit()
        uow.outbox.say("dingtalk:g", "1", office.clock.now())

    async with working(office):
        waiting = asyncio.create_task(office.database.write(slowly))
        await asyncio.to_thread(begun.wait, 20)
        waiting.cancel()
        go_on.set()
        await office.until(lambda: office.channel.posts)


async def test_a_delivery_that_does_not_run_claims_nothing(office: Office) -> None:
    """Its conversation would wait for a lease."""
    async with working(office):
        pass
    await office.say("g", "1")
    (message,) = office.database.write_now(lambda uow: uow.outbox.claim(office.clock.now(), 9))
    assert message.attempts == 1


async def test_it_waits_for_nobody_else_who_claims(tmp_path: Path) -> None:
    """It holds the plan, perhaps, and is looked for behind them."""
    with fresh_database("postgresql", tmp_path, migrated=True) as url:
        database, another = Database(url, "main"), Database(url, "main")
        office, claiming, go_on = Office(database), threading.Event(), threading.Event()

        def slowly(uow: UnitOfWork) -> list[OutboxMessage]:
            claimed = uow.outbox.claim(office.clock.now(), 9)
            claiming.set()
            go_on.wait(20)
            return claimed

        async with working(office):
            theirs = another.submit(slowly)
            await asyncio.to_thread(claiming.wait, 20)
            await office.say("g", "1")
            assert office.channel.posts == []
            go_on.set()
            await office.until(lambda: office.channel.posts)
        assert theirs.result(20) == []
        database.close()
        another.close()


async def test_units_that_end_together_do_not_take_the_places_of_decisions(office: Office) -> None:
    """What one of them has claimed is under way for the others, though none of it has begun."""
    slow = asyncio.Event()
    async with working(office):
        for number in range(30 * 10):
            office.channel.script[f"g{number}"].append(slow)

        def unit(uow: UnitOfWork, first: int) -> None:
            uow.commit()
            for number in range(first, first + 10):
                uow.outbox.say(f"dingtalk:g{number}", "1", office.clock.now())

        await asyncio.gather(*(office.write(lambda uow, n=n: unit(uow, 10 * n)) for n in range(30)))  # type: ignore[misc]
        await office.until(lambda: office.channel.calls)
        await office.write(
            lambda uow: uow.outbox.say("dingtalk:d", "decide", office.clock.now(), priority=Priority.DECISION)
        )
        await office.until(lambda: office.channel.said_in("d"))
        assert len(office.channel.calls) <= delivery.SIDE_BY_SIDE
        slow.set()
        await office.until(lambda: len(office.channel.posts) == 301)


async def test_trouble_of_a_claim_is_nobodys_who_wrote(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    async with working(office):
        with monkeypatch.context() as patched:
            patched.setattr(delivery, "short_prefixes", {}.__getitem__)
            await office.say("g", "1")
        office.delivery.wake()
        await office.until(lambda: office.channel.posts == [("g", "1")])


async def test_who_goes_first_is_answered_before_anything_is_claimed(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a click leaves is looked for behind it."""
    def unit(uow: UnitOfWork) -> None:
        uow.commit()
        uow.outbox.say("dingtalk:g", "1", office.clock.now())

    async with working(office):
        monkeypatch.setattr(office.delivery, "claim", None)
        await office.database.write(unit, first=True)
        await office.until(lambda: office.channel.posts == [("g", "1")])
