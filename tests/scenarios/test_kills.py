"""`kill -9`, and what the process that comes after finds: its own unfinished work, at once. In floods: tests/chaos."""

import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage.database import Database
from storage.delivery.inbox import EventKey
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
