"""Two processes on one PostgreSQL, restarted in turn while people speak, with newer tables from the middle on."""

import asyncio
from collections.abc import Coroutine
from contextlib import closing
from pathlib import Path
from typing import Any, TypeVar

import pytest

from sandbox.dingtalk import Limits
from storage.connection.compatibility import Tables
from storage.database import Database
from tests.bot.channels.product import eventually
from tests.databases import fresh_database
from tests.scenarios.process import Bot, Town, town
from tests.tomorrow import migrated_tomorrow

T = TypeVar("T")
REDELIVERED = Limits(redelivery_seconds=3.0)
"""What was not acknowledged comes again, as DingTalk says, only sooner."""
FLOOD = {"limits": {"person_burst": 1000, "person_per_minute": 1000}}
"""One person speaks in all of the groups, and on a fast machine within a minute."""
pytestmark = pytest.mark.timeout(600)


async def test_restarted_in_turn_beside_newer_tables_nothing_is_lost_or_doubled(tmp_path: Path) -> None:
    with fresh_database("postgresql", tmp_path, migrated=True) as url:
        async with town(tmp_path, url, REDELIVERED, settings=FLOOD) as there:
            first, second = there.bot, Bot(tmp_path)
            await first.start()
            await second.start()
            said = Said(there)
            for bot in (first, second, first):
                await said.both_connected()
                assert await said.while_it(bot.stop()) == 0
                await said.everywhere()
                if bot is first and not said.is_tomorrow:
                    await said.while_it(asyncio.to_thread(migrated_tomorrow, url, tmp_path, compatible=True))
                    said.is_tomorrow = True
                await said.while_it(bot.start())
            await eventually(lambda: said.cards() >= said.count, 120)
            await asyncio.gather(first.stop(), second.stop())
            with closing(Database(url, "main")) as database:
                written, tables = database.look(lambda uow: uow.inbox.counts()), database.tables()
            assert there.dingtalk.gateway.lost == [], "somebody was connected all the time"
            assert written == {"done": said.count}
            assert said.cards() == said.count, "each message is one card"
            assert tables is Tables.BESIDE
            pushed = len(there.dingtalk.gateway.delivered)
            print(f"3 restarts, {said.count} messages in {pushed} deliveries, {said.cards()} cards")  # noqa: T201


class Said:
    """What was said in DingTalk's groups, a proposal each."""

    def __init__(self, there: Town) -> None:
        self._there, self.count, self.is_tomorrow = there, 0, False
        people = there.world.people
        groups = [one for one in there.world.conversations.values() if not one.single]
        rooms = [one for one in groups if one.key.startswith("dingtalk:")]
        self._rooms = {one.key: next(who for who in one.members if people[who].dingtalk) for one in rooms}

    async def both_connected(self) -> None:
        await eventually(lambda: len(self._there.dingtalk.gateway.connections) == 2, 60)

    async def everywhere(self) -> None:
        for room, person in self._rooms.items():
            self.count += 1
            await self._there.world.say(room, person, f"改期 MO-2442 推迟{self.count % 9 + 1}天 因为 停机")

    async def while_it(self, happens: Coroutine[Any, Any, T]) -> T:
        task = asyncio.create_task(happens)
        await self.everywhere()
        return await task

    def cards(self) -> int:
        return sum(len(self._there.world.cards_in(room)) for room in self._rooms)
