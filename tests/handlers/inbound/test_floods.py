"""More messages than are handled: one sentence, then silence, and nobody else waits."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from handlers.events import Said
from handlers.limits import Limits
from handlers.turn import Turn
from planning.change.change import ChangeState
from planning.control.policy import AFFECTED
from planning.control.rules import Class, Event, Rule
from storage.database import Database, Work
from storage.delivery.inbox import EventKey
from storage.delivery.rates import Rate
from storage.unit_of_work import UnitOfWork
from tests.bot.delivery.office import ENVIRONMENT
from tests.handlers.company import PLANNING, PRODUCTION, SALES, Company
from tests.small_company import NOW

pytestmark = pytest.mark.both_databases
FEW = Limits(Rate(5, timedelta(seconds=3)), Rate(8, timedelta(seconds=1)))
PERSON = "消息太快了，这条和接下来的先不处理。请过一会儿再发。"
GROUP = "这个群里消息太多，这条和接下来的先不处理。请过一分钟再发，或单独发给我。"


@pytest.fixture
def limited(database: Database) -> Company:
    return Company(database, environment=replace(ENVIRONMENT, limits=FEW)).opens()


async def counts(company: Company) -> dict[str, int]:
    return await company.look(lambda turn: turn.uow.inbox.counts())


async def flood(company: Company, person: str, count: int, room: str = PRODUCTION) -> list[str]:
    """All in one moment; what was said there."""
    before = len(company.told(room))
    for _ in range(count):
        await company.inbox_worker.said(company.said(person, "查计划 MO-1", room))
    await company.inbox_worker.stop()
    await company.office.deliver()
    return company.told(room)[before:]


async def test_who_writes_too_fast_is_told_once(limited: Company) -> None:
    said = await flood(limited, "boss", 40)
    assert len(said) == 6
    assert sum(PERSON in text for text in said) == 1
    assert await counts(limited) == {"done": 5, "refused": 1}
    assert limited.inbox_worker.refused_unwritten() == 34


async def test_what_is_refused_unwritten_is_never_brought_to_the_database(
    limited: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    await flood(limited, "boss", 6)
    units: list[object] = []
    submit = limited.database.submit

    def counted(work: Work[object], **how: Any) -> "Future[object]":
        units.append(work)
        return submit(work, **how)

    monkeypatch.setattr(limited.database, "submit", counted)
    for _ in range(1000):
        await limited.inbox_worker.said(limited.said("boss", "查计划 MO-1"))
    assert units == []
    assert limited.inbox_worker.refused_unwritten() == 1000


async def test_a_door_is_closed_for_as_long_as_the_database_would_refuse(limited: Company) -> None:
    """Whatever the moments: what is handled is what the rate alone would allow."""
    rate = Rate(5, timedelta(seconds=3))

    def alone(uow: UnitOfWork) -> bool:
        uow.commit()
        return uow.rates.take("alone", "boss", rate, limited.clock.now()).allowed

    allowed = 0
    for step in range(60):
        limited.clock.move(seconds=step % 4 * 0.5)
        allowed += await limited.database.write(alone)
        await limited.inbox_worker.said(replace(limited.said("boss", "帮助"), single=True))
        await limited.inbox_worker.stop()
    assert (await counts(limited))["done"] == allowed
    assert 5 < allowed < 60


async def test_strangers_have_one_bucket(database: Database) -> None:
    """However many they are; who is known is none of them."""
    few = Limits(Rate(5, timedelta(seconds=3)), of_strangers=Rate(3, timedelta(seconds=10)))
    company = Company(database, environment=replace(ENVIRONMENT, limits=few)).opens()
    for number in range(40):
        stranger = replace(company.said("wang", "帮助", f"dingtalk:s{number}"), user_id=f"s{number}", single=True)
        await company.inbox_worker.said(stranger)
    await company.inbox_worker.stop()
    assert await counts(company) == {"done": 3, "refused": 1}
    assert company.inbox_worker.refused_unwritten() == 36
    assert "MO-1 耳机组装" in await company.types("wang", "查计划 MO-1")


async def test_others_of_the_group_are_answered_meanwhile(limited: Company) -> None:
    await flood(limited, "boss", 40)
    assert "MO-1 耳机组装" in await limited.types("wang", "查计划 MO-1")
    assert "MO-1 耳机组装" in await limited.types("he", "查计划 MO-1", SALES)


async def test_a_conversation_has_one_turn_at_a_time(limited: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    """However much was said there: another's one message is handled while the first of it is."""
    worker, freed = limited.inbox_worker, asyncio.Event()
    handle = worker._handle

    async def handle_slowly(key: EventKey, event: Said, *, may_ask: bool = False) -> None:
        if event.conversation == PRODUCTION:
            await freed.wait()
        await handle(key, event, may_ask=may_ask)

    monkeypatch.setattr(worker, "_handle", handle_slowly)
    for _ in range(5):
        await worker.said(limited.said("boss", "查计划 MO-1"))
    other = limited.said("he", "查计划 MO-1", SALES)
    await worker.said(other)
    await worker._last_said[other.conversation]
    assert await counts(limited) == {"new": 5, "done": 1}
    freed.set()
    await worker.stop()
    assert await counts(limited) == {"done": 6}


async def test_after_a_while_they_are_answered_again_and_told_again(limited: Company) -> None:
    await flood(limited, "boss", 40)
    limited.clock.move(seconds=3)
    assert sorted(PERSON in text for text in await flood(limited, "boss", 3)) == [False, True]
    limited.clock.move(minutes=10)
    assert len(await flood(limited, "boss", 5)) == 5


async def test_a_group_is_told_once_whoever_writes(limited: Company) -> None:
    said = [*await flood(limited, "wang", 4), *await flood(limited, "han", 4), *await flood(limited, "lin", 4)]
    assert sum(GROUP in text for text in said) == 1
    assert len(said) == 9


async def test_while_many_answers_wait_in_a_conversation_no_more_are_made(database: Database) -> None:
    company = Company(database, environment=replace(ENVIRONMENT, limits=Limits(waiting_answers=5))).opens()
    for _ in range(9):
        await company.inbox_worker.said(company.said("wang", "查计划 MO-1"))
        await company.inbox_worker.stop()
    await company.inbox_worker.said(company.said("he", "查计划 MO-1", SALES))
    await company.inbox_worker.stop()
    counts = await company.look(lambda turn: turn.uow.inbox.counts())
    assert counts == {"done": 6, "refused": 4}
    await company.office.deliver()
    first, *answers = company.told(PRODUCTION)
    assert first == "这里已有 5 条回答在排队，这条和接下来的先不处理。请过几分钟再发。"
    assert [text.startswith("**MO-1") for text in answers] == [True] * 5
    assert len(company.told(SALES)) == 1, "others have their own queue"
    assert "MO-1" in await company.types("wang", "查计划 MO-1")


async def test_while_many_messages_wait_to_be_handled_no_more_are_taken(database: Database) -> None:
    company = Company(database, environment=replace(ENVIRONMENT, limits=Limits(waiting_messages=3))).opens()

    def waiting(turn: Turn) -> None:
        for number in range(3):
            turn.uow.inbox.receive(EventKey("dingtalk", "bot", f"w{number}"), "said", {}, turn.now)

    await write(company, waiting)
    for _ in range(2):
        assert (await flood(company, "wang", 5)) == ["已有 3 条消息在排队，这条和接下来的先不处理。请过几分钟再发。"]
        company.clock.move(seconds=60)

    def handled(turn: Turn) -> None:
        turn.uow.inbox.done(EventKey("dingtalk", "bot", "w0"), turn.now)

    await write(company, handled)
    assert "MO-1" in (await flood(company, "wang", 1))[0]


async def write(company: Company, work: Callable[[Turn], None]) -> None:
    def unit(uow: UnitOfWork) -> None:
        work(Turn(uow, company.clock.now(), company.environment))
        uow.commit()

    await company.database.write(unit)


async def test_buttons_are_pressed_during_a_flood(limited: Company) -> None:
    no = await limited.proposes("he", "改期 MO-1 推迟2天 因为 设备故障", SALES)
    await flood(limited, "wang", 20)
    await limited.approves(no)
    assert (await limited.change(no)).state is ChangeState.APPLIED


async def test_a_redelivered_message_costs_nothing(limited: Company) -> None:
    event = limited.said("wang", "查计划 MO-1")
    for _ in range(20):
        await limited.inbox_worker.said(event)
    await limited.inbox_worker.stop()
    assert "MO-1 耳机组装" in await limited.types("wang", "查计划 MO-1")


async def test_a_stranger_is_answered_once_a_day(company: Company) -> None:
    for _ in range(20):
        await company.inbox_worker.said(replace(company.said("wang", "帮助", PLANNING), user_id="nobody"))
        await company.inbox_worker.stop()
    await company.office.deliver()
    assert len(company.told(PLANNING)) == 1
    company.clock.move(days=1)
    await company.inbox_worker.said(replace(company.said("wang", "帮助", PRODUCTION), user_id="nobody"))
    await company.inbox_worker.stop()
    await company.office.deliver()
    assert len(company.told(PRODUCTION)) == 1


def test_two_processes_count_together(database: Database) -> None:
    rate = Rate(3, timedelta(seconds=10))

    def take(uow: UnitOfWork) -> bool:
        uow.commit()
        return uow.rates.take("person", "x", rate, NOW).allowed

    assert [database.write_now(take) for _ in range(5)] == [True, True, True, False, False]


def test_who_has_been_silent_for_long_is_forgotten(database: Database) -> None:
    def look(uow: UnitOfWork) -> list[bool]:
        uow.commit()
        rate = Rate(1, timedelta(days=9))
        allowed = [uow.rates.take("person", "x", rate, NOW).allowed for _ in range(2)]
        uow.rates.forget(NOW + timedelta(days=8))
        allowed.append(uow.rates.take("person", "x", rate, NOW).allowed)
        uow.rates.forget(NOW + timedelta(days=10))
        return [*allowed, uow.rates.take("person", "x", rate, NOW).allowed]

    assert database.write_now(look) == [True, False, False, True]


async def test_an_emergency_is_not_held_up_by_what_waits(database: Database) -> None:
    urgent = Rule("down", Event.MACHINE_DOWN, None, Class.EMERGENCY, (AFFECTED,))
    environment = replace(ENVIRONMENT, limits=Limits(open_of_item=1), rules=(urgent,))
    company = Company(database, environment=environment).opens()
    await company.proposes("he", "改期 MO-1 推迟2天 因为 客户要求", SALES)
    no = await company.proposes("han", "改期 MO-1 推迟3天 因为 设备故障")
    assert (await company.change(no)).state is ChangeState.PROVISIONAL


async def test_so_many_requests_may_wait(database: Database) -> None:
    limits = Limits(open_of_proposer=2, open_of_item=2)
    company = Company(database, environment=replace(ENVIRONMENT, limits=limits)).opens()
    first = await company.proposes("he", "改期 MO-1 推迟2天 因为 设备故障", SALES)
    await company.proposes("he", "改期 RC-1 推迟1天 因为 盘点", SALES)
    await company.types("he", "改期 PO-1 推迟1天 因为 供应商延期", SALES)
    assert "你提出的变更已有 2 个在等决定" in await company.types("he", "提交", SALES)
    await company.proposes("han", "改期 MO-1 推迟3天 因为 设备故障")
    await company.types("lin", "改期 MO-1 推迟4天 因为 设备故障", PLANNING)
    assert "MO-1 已有 2 个变更在等决定" in await company.types("lin", "提交", PLANNING)
    await company.types("he", f"撤回 {first}", SALES)
    await company.types("lin", "提交", PLANNING)
    assert len(await company.look(lambda turn: turn.uow.changes.open_ones())) == 3
