"""How often a message is tried, when it is given up, and who hears of it."""

import asyncio
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.common.channel import TryLater, Undeliverable
from bot.channels.common.tally import count_call
from bot.delivery.retry_policy import LONGEST_PAUSE, TRIES, TRIES_IN_TROUBLE, pause
from handlers.call_budget import month_of
from handlers.platforms import Platforms
from storage.database import Database
from storage.delivery.calls import CallKind
from storage.delivery.outbox import OutboxMessage
from storage.unit_of_work import UnitOfWork
from tests.bot.delivery.office import ENVIRONMENT, Office
from tests.small_company import NOW, TRAITS

COORDINATOR = "cidPlanning=="


async def test_a_channel_that_never_answers_is_not_waited_for_for_ever(database: Database) -> None:
    office = Office(database, send_seconds=0.05)
    never = asyncio.Event()
    office.channel.script["g"].append(never)
    await office.say("g", "hello")
    await office.deliver()
    assert await office.counts() == {"new": 1}
    office.clock.move(hours=1)
    await office.deliver()
    assert office.channel.said_in("g") == ["hello"]


@pytest.mark.parametrize("ends", [ValueError("odd"), TryLater("away"), Undeliverable("gone")])
async def test_a_call_counts_whatever_comes_of_it(database: Database, ends: Exception) -> None:
    counted = (replace(each, calls_a_month=1000) for each in TRAITS.by_prefix.values())
    office = Office(database, environment=replace(ENVIRONMENT, platforms=Platforms.of(counted)))

    async def calls() -> None:
        count_call()
        raise ends

    office.channel.script["g"].append(calls)
    await office.say("g", "hello")
    await office.deliver()
    spent = await database.read(lambda uow: uow.calls.of(month_of(office.clock.now().date())))
    assert spent == {"dingtalk": {CallKind.NOTICE: 1}}


async def test_after_a_day_of_trying_it_is_given_up(office: Office) -> None:
    await office.say("g", "hello")
    for _ in range(48):
        office.channel.script["g"].append(TryLater("away"))
        await office.deliver()
        office.clock.move(minutes=31)
    assert await office.counts() == {"dead": 1}
    assert len(office.channel.calls) >= TRIES


async def test_two_days_of_being_switched_off_are_not_two_days_of_trying(office: Office) -> None:
    await office.say("g", "hello")
    office.clock.move(days=2)
    office.channel.script["g"].append(TryLater("not connected yet"))
    await office.deliver()
    office.clock.move(minutes=1)
    await office.deliver()
    assert office.channel.said_in("g") == ["hello"]


@given(attempts=st.integers(1, 5000))
def test_pauses_grow_and_stay_within_ten_minutes(attempts: int) -> None:
    message = OutboxMessage("d", "dingtalk:g", None, None, "hello", attempts, "token", NOW, NOW)
    seconds = pause(message, TryLater("away")).total_seconds()
    assert 0.5 <= seconds <= min(LONGEST_PAUSE, 2.0 ** min(attempts, 20))
    assert pause(message, TryLater("muted", 60)).total_seconds() == 60


async def test_what_breaks_our_own_code_does_not_hold_up_the_others_for_a_day(office: Office) -> None:
    await office.say("g", "poison", "one", "two")
    for _ in range(TRIES_IN_TROUBLE):
        office.channel.script["g"].append(ValueError("a fault of ours"))
        await office.deliver()
        office.clock.move(minutes=11)
    await office.deliver()
    assert office.channel.said_in("g") == ["one", "two"]
    assert await office.counts() == {"dead": 1, "sent": 2}


async def test_a_letter_behind_another_has_not_been_tried(office: Office) -> None:
    """It would be dead after its first own failure otherwise."""
    await office.say("g", "one", "two")
    for _ in range(20):
        office.channel.script["g"].append(TryLater("away"))
        await office.deliver()
        office.clock.move(minutes=11)
    office.channel.script["g"].extend([None, ValueError("a fault of ours")])
    await office.deliver()
    assert await office.counts() == {"sent": 1, "new": 1}


@pytest.mark.parametrize("why", ["refused", "a day"])
async def test_a_department_that_was_not_asked_is_reported_to_the_coordinator(office: Office, why: str) -> None:
    change = office.begin()
    await office.card(change, "dingtalk:cidProduction==", "production")
    for _ in range(1 if why == "refused" else 48):
        error = Undeliverable("no robot") if why == "refused" else TryLater("away")
        office.channel.script["cidProduction=="].append(error)
        await office.deliver()
        office.clock.move(minutes=31)
    await office.deliver()
    (report,) = office.channel.said_in(COORDINATOR)
    assert report.startswith(f"⚠ 生产部没有收到“{change.no} MO-1 耳机组装 推迟2天”")
    assert await office.counts() == {"dead": 1, "sent": 1}


async def test_a_digest_that_nobody_got_is_reported(office: Office) -> None:
    def morning(uow: UnitOfWork) -> None:
        uow.outbox.say("dingtalk:cidProduction==", "**生产部 早会** · 周一\n- x", office.clock.now(), "digest:x:1")

    await office.write(morning)
    office.channel.script["cidProduction=="].append(Undeliverable("no robot"))
    await office.deliver()
    (report,) = office.channel.said_in(COORDINATOR)
    assert "生产部没有收到" in report
    assert "早会" in report


async def test_a_report_that_cannot_be_delivered_is_not_reported(office: Office) -> None:
    office.channel.script["cidProduction=="].append(Undeliverable("no robot"))
    office.channel.script[COORDINATOR].append(Undeliverable("no robot either"))
    change = office.begin()
    await office.card(change, "dingtalk:cidProduction==", "production")
    await office.deliver()
    assert await office.counts() == {"dead": 2}


async def test_names_in_a_report_are_words_and_no_markdown(office: Office) -> None:
    change = office.begin()
    await office.card(change, "dingtalk:cidProduction==", "production")
    office.channel.script["cidProduction=="].append(Undeliverable("<b>[no](http://evil.example)</b>"))
    await office.deliver()
    (report,) = office.channel.said_in(COORDINATOR)
    assert "[no]" not in report
    assert "<b>" not in report
