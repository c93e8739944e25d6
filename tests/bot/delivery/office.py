"""A post office: a database, the environment, scripted channels, and a delivery that works when it is told to."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from bot.current import Current
from bot.delivery.delivery import Delivery
from cards.words import Words
from handlers.inbound.commands import COMMANDS
from handlers.turn import Environment
from planning.change.change import Change
from storage.database import Database
from storage.delivery.cards import CardRow, Purpose
from storage.unit_of_work import UnitOfWork
from tests.bot.delivery.scripted import Scripted, StandingClock
from tests.small_company import NOW, TRAITS, organisation
from tests.storage.test_repositories import a_change, seeded

ENVIRONMENT = Environment(organisation(), Words(), ZoneInfo("Asia/Shanghai"), COMMANDS, platforms=TRAITS)


class Office:
    """`channel` serves DingTalk, `wecom` WeCom; several offices on one database are several processes."""

    def __init__(
        self,
        database: Database,
        clock: StandingClock | None = None,
        environment: Environment = ENVIRONMENT,
        current: Current | None = None,
        **kwargs: Any,
    ) -> None:
        self.database = database
        self.clock = clock or StandingClock()
        self.channel, self.wecom = Scripted(), Scripted(TRAITS.by_prefix["wecom"])
        channels = {"dingtalk": self.channel, "wecom": self.wecom}
        self.delivery = Delivery(database, current or Current(environment), self.clock, channels, **kwargs)

    async def deliver(self) -> None:
        """Until nothing is due any more."""
        while await self.delivery.deliver_due():
            await self.delivery.drain()

    async def until(self, true: Callable[[], object]) -> None:
        """Let what is under way go on until something is so."""
        async with asyncio.timeout(20):
            while not true():  # noqa: ASYNC110 - what is waited for has no event of its own
                await asyncio.sleep(0)

    async def say(self, address: str, *texts: str) -> None:
        """Each text in a transaction of its own."""
        for text in texts:
            await self.write(lambda uow, text=text: uow.outbox.say(f"dingtalk:{address}", text, self.clock.now()))  # type: ignore[misc]
            self.clock.move(milliseconds=1)

    async def write(self, work: Callable[[UnitOfWork], object]) -> object:
        def unit(uow: UnitOfWork) -> object:
            uow.commit()
            return work(uow)

        return await self.database.write(unit)

    async def counts(self) -> dict[str, int]:
        return await self.database.read(lambda uow: uow.outbox.counts())

    def begin(self) -> Change:
        """A plan and a change request in it."""
        seeded(self.database)

        def add(uow: UnitOfWork) -> Change:
            uow.commit()
            return a_change(uow)

        return self.database.write_now(add)

    async def card(self, change: Change, conversation: str = "dingtalk:g", department: str = "") -> CardRow:
        purpose = Purpose.APPROVAL if department else Purpose.PROPOSAL

        def add(uow: UnitOfWork) -> CardRow:
            row = uow.cards.add(purpose, change.subject, conversation, NOW, department)
            uow.outbox.show(row, self.clock.now())
            uow.commit()
            return row

        return await self.database.write(add)

    async def change_to(self, no: str, reason: str, *cards: str) -> None:
        """Something that its cards show becomes something else."""

        def unit(uow: UnitOfWork) -> None:
            change = uow.changes.get(no)
            assert change is not None
            uow.changes.save(replace(change, reason=reason))
            for card_id in cards:
                row = uow.cards.get(card_id)
                assert row is not None
                uow.outbox.show(row, self.clock.now(), uow.cards.want_next(row))
            uow.commit()

        await self.database.write(unit)

    async def row(self, card: CardRow) -> CardRow:
        found = await self.database.read(lambda uow: uow.cards.get(card.card_id))
        assert found is not None
        return found


@asynccontextmanager
async def working(office: Office) -> AsyncIterator[None]:
    """Its delivery runs as in the service: it takes away what is left, and looks for what is due."""
    office.database.outgoing = office.delivery
    running = asyncio.create_task(office.delivery.run())
    await asyncio.sleep(0)
    yield
    await office.delivery.stop()
    await running
