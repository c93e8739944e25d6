"""Events from outside: nothing that was acknowledged is lost, nothing is done twice, one bad event stops no other."""

import asyncio
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from bot import inbox_worker
from handlers.events import Said
from handlers.inbound.messages import Response
from handlers.turn import Turn
from storage.database import Database
from storage.delivery.inbox import LEASE, MAX_ATTEMPTS, MAX_FALLS, EventKey
from storage.unit_of_work import UnitOfWork
from tests.databases import fresh_database
from tests.handlers.company import LATER, PRODUCTION, Company
from tests.handlers.waiting import waiting_for_locks
from tests.small_company import NOW

pytestmark = pytest.mark.both_databases

AFTER_LEASE = LEASE.total_seconds() + 1


async def test_an_event_that_takes_longer_than_its_lease_is_done_once(tmp_path: Path) -> None:
    """Two processes on one PostgreSQL: the second takes the first for dead while it only waits for the plan."""
    with fresh_database("postgresql", tmp_path, migrated=True) as url:
        databases = [Database(url, "main") for _ in range(3)]
        first = Company(databases[0]).opens()
        second = Company(databases[1], first.clock)
        go_on, locked = threading.Event(), threading.Event()

        def hold_the_plan(uow: UnitOfWork) -> None:
            uow.plans.lock()
            locked.set()
            go_on.wait(20)

        holding = databases[2].submit(hold_the_plan)
        assert locked.wait(20)
        await first.inbox_worker.said(first.said("han", LATER))
        await waiting_for_locks(url, 1)
        first.clock.move(seconds=AFTER_LEASE)
        sweeping = asyncio.create_task(second.inbox_worker.sweep())
        stuck = asyncio.create_task(waiting_for_locks(url, 2))
        await asyncio.wait({sweeping, stuck}, return_when=asyncio.FIRST_COMPLETED)
        stuck.cancel()
        go_on.set()
        await asyncio.gather(first.inbox_worker.stop(), sweeping, stuck, return_exceptions=True)
        holding.result(20)
        assert await first.look(lambda turn: turn.uow.changes.counts()) == {"draft": 1}
        for database in databases:
            database.close()


async def test_what_cannot_be_read_any_more_stops_nothing_else(company: Company) -> None:
    """A row of an older program, say."""

    def left_lying(uow: UnitOfWork) -> None:
        uow.inbox.receive(EventKey("dingtalk", "bot", "old"), "said", {"shape": "of another time"}, NOW)
        good = inbox_worker.SAID.dump_python(company.said("han", "查计划 MO-1", event_id="good"), mode="json")
        uow.inbox.receive(EventKey("dingtalk", "bot", "good"), "said", good, NOW + timedelta(seconds=1))
        uow.commit()

    company.database.write_now(left_lying)
    await company.rings(seconds=AFTER_LEASE + 1)
    assert len(company.told(PRODUCTION)) == 1
    await company.rings(seconds=AFTER_LEASE)
    assert await company.look(lambda turn: turn.uow.inbox.counts()) == {"failed": 1, "done": 1}


async def test_an_event_that_always_breaks_is_tried_so_often_and_then_told(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries = 0

    def breaks(turn: Turn, event: Said, answered: Response | None) -> None:
        nonlocal tries
        tries += 1
        raise ValueError("a fault of ours")

    monkeypatch.setattr(inbox_worker, "hear", breaks)
    await company.types("han", "查计划 MO-1")
    for _ in range(10):
        await company.rings(seconds=AFTER_LEASE)
    assert tries == MAX_ATTEMPTS
    (told,) = company.told(PRODUCTION)
    assert "处理这条消息时出了错" in told


async def test_an_event_that_ends_the_process_every_time_is_given_up(company: Company) -> None:
    """Whoever claims it never says anything of it again."""
    event = company.said("han", "查计划 MO-1", event_id="deadly")

    def left_lying(uow: UnitOfWork) -> None:
        payload = inbox_worker.SAID.dump_python(event, mode="json")
        uow.inbox.receive(EventKey("dingtalk", "bot", "deadly"), "said", payload, NOW)
        uow.commit()

    company.database.write_now(left_lying)
    for _ in range(MAX_FALLS):
        company.clock.move(seconds=AFTER_LEASE)

        def claimed(uow: UnitOfWork) -> None:
            uow.inbox.claim_due(company.clock.now())
            uow.commit()

        company.database.write_now(claimed)
    await company.rings(seconds=AFTER_LEASE)
    assert await company.look(lambda turn: turn.uow.inbox.counts()) == {"failed": 1}
    (told,) = company.told(PRODUCTION)
    assert "处理这条消息时出了错" in told


def test_a_late_failure_does_not_undo_what_another_has_done(database: Database) -> None:
    key = EventKey("dingtalk", "bot", "e")

    def unit(uow: UnitOfWork) -> bool:
        uow.inbox.receive(key, "said", {}, NOW)
        uow.inbox.done(key, NOW)
        given_up = uow.inbox.failed(key, NOW, "late")
        uow.commit()
        return given_up

    assert not database.write_now(unit)
    assert database.look(lambda uow: uow.inbox.counts()) == {"done": 1}


async def test_a_message_brought_twice_at_once_is_one(company: Company) -> None:
    event = company.said("han", LATER)
    await asyncio.gather(*(company.inbox_worker.said(event) for _ in range(5)))
    await company.inbox_worker.stop()
    assert await company.look(lambda turn: turn.uow.changes.counts()) == {"draft": 1}


async def test_who_asks_after_doing_something_sees_it_done(company: Company) -> None:
    """A question is answered on a snapshot, of after what was said before it."""
    for text in ("代理 韩冬 12-01~12-05", "代理", "代理 取消", "代理"):
        await company.inbox_worker.said(company.said("wang", text))
    await company.inbox_worker.stop()
    await company.office.deliver()
    arranged, left = (text for text in company.told(PRODUCTION)[-4:] if text.startswith(("- ", "现在")))
    assert "韩冬 还没接受" in arranged
    assert "韩冬" not in left


async def test_a_question_does_not_wait_for_who_has_the_plan(tmp_path: Path) -> None:
    """Somebody's decision holds the plan; what only asks is answered meanwhile."""
    with fresh_database("postgresql", tmp_path, migrated=True) as url:
        ours, other = Database(url, "main"), Database(url, "main")
        company = Company(ours).opens()
        go_on, locked = threading.Event(), threading.Event()

        def hold_the_plan(uow: UnitOfWork) -> None:
            uow.plans.lock()
            locked.set()
            go_on.wait(20)

        holding = other.submit(hold_the_plan)
        assert locked.wait(20)
        try:
            assert "MO-1" in await company.types("han", "查计划 MO-1")
            assert not holding.done()
        finally:
            go_on.set()
        holding.result(20)
        for opened in (ours, other):
            opened.close()
