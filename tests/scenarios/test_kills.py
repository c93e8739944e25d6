"""`kill -9`, and what the process that comes after finds: its own unfinished work, at once, and done once."""

import asyncio
import contextlib
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

from storage.database import Database
from storage.inbox import EventKey
from storage.unit_of_work import UnitOfWork
from tests.bot.channels.product import eventually
from tests.scenarios.process import Town, town

AT_ONCE = 25.0
"""Seconds behind its start, on a machine that is busy with other tests. A lease lasts 30 or 60."""


pytestmark = pytest.mark.timeout(600)  # a busy machine starts a process in half a minute


def room_of(there: Town, person: str) -> str:
    """The group of a person's department on DingTalk."""
    name = there.world.people[person].dingtalk
    assert name
    rooms = there.world.conversations.values()
    return next(r.key for r in rooms if r.key.startswith("dingtalk:") and not r.single and person in r.members)


async def test_a_card_on_its_way_arrives_at_once_and_alone(tmp_path: Path) -> None:
    async with town(tmp_path) as there:
        await there.bot.start()
        await there.connected()
        room = room_of(there, "zhang.haifeng")
        there.dingtalk.faults.hang(1, api="createAndDeliver", seconds=600)
        await there.world.say(room, "zhang.haifeng", "改期 MO-2442 推迟3天 因为 停机")
        await eventually(lambda: there.dingtalk.calls["createAndDeliver"])
        await there.bot.kill()
        there.dingtalk.faults.clear()
        await there.bot.start()
        await there.world.until(lambda: there.world.cards_in(room), 60)
        assert time.monotonic() - there.bot.since < AT_ONCE
        await there.bot.stop()
        assert len(there.world.cards_in(room)) == 1


async def test_a_message_in_hand_is_answered_at_once(tmp_path: Path) -> None:
    """Written down and acknowledged by a process that died before it could answer."""
    async with town(tmp_path) as there:
        room = room_of(there, "zhang.haifeng")
        payload = {
            "conversation": room,
            "bot": "dingdemo",
            "event_id": "e1",
            "user_id": there.world.people["zhang.haifeng"].dingtalk,
            "text": "查计划 MO-2442",
            "at": datetime.now(UTC).isoformat(),
        }

        def in_hand(uow: UnitOfWork) -> None:
            uow.inbox.receive(EventKey("dingtalk", "dingdemo", "e1"), "said", payload, datetime.now(UTC))
            uow.commit()

        with closing(Database(there.database_url, "main")) as dead:
            dead.write_now(in_hand)
        await there.bot.start()
        (answer,) = await there.world.until(lambda: there.answers(room), 60)
        assert time.monotonic() - there.bot.since < AT_ONCE
        assert answer.startswith("**MO-2442")
        assert await there.bot.stop() == 0


@pytest.mark.parametrize("kills", [2, pytest.param(40, marks=[pytest.mark.long, pytest.mark.timeout(3600)])])
async def test_whenever_it_is_killed_what_was_acknowledged_is_done_once(tmp_path: Path, kills: int) -> None:
    random, acknowledged = Random(7), 0
    async with town(tmp_path) as there:
        room = room_of(there, "zhang.haifeng")
        for _ in range(kills):
            await there.bot.start()
            await there.connected()
            before = len(there.dingtalk.gateway.delivered)
            for _ in range(5):
                await there.world.say(room, "zhang.haifeng", "改期 MO-2442 推迟3天 因为 停机")
                await asyncio.sleep(random.uniform(0, 0.1))
            await there.bot.kill()
            acknowledged += sum(there.is_safe(frame) for frame in there.dingtalk.gateway.delivered[before:])
        await there.bot.start()
        with contextlib.suppress(TimeoutError):
            await there.world.until(lambda: len(there.world.cards_in(room)) >= acknowledged, AT_ONCE)
        took = time.monotonic() - there.bot.since
        assert await there.bot.stop() == 0
        with closing(Database(there.database_url, "main")) as database:
            written = database.look(lambda uow: uow.inbox.counts())
        cards = len(there.world.cards_in(room))
        assert written == {"done": cards}, "each that was written down is one card"
        assert acknowledged <= cards
        assert took < AT_ONCE
        print(f"{kills} kills, {acknowledged} acknowledged, {cards} cards, the last {took:.1f} s after the start")  # noqa: T201
