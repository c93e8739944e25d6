"""The product behind one platform: the real service, built from settings, and what people do on its stage."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from fastapi import FastAPI

from bot.app import Service, build, running
from bot.clock import MovableClock
from bot.inbox_worker import InboxWorker
from bot.settings import settings_of
from handlers.actions.plan.import_plan import bring_in
from handlers.events import Answer, Clicked, Said
from handlers.turn import Turn
from planning.change.change import Change
from planning.trail.audit import Kind
from sandbox.server import serving
from sandbox.world import Card, ClickOutcome, Face, Quote
from storage.unit_of_work import UnitOfWork
from tests.bot.channels.contract.stage import LI, WANG, Stage
from tests.bot.channels.product import PATIENCE
from tests.previews import first_change
from tests.small_company import NOW, plan


class Gate(InboxWorker):
    """The way into the product. Closed, nothing gets through; `failures`: how many events are not saved first."""

    failures = 0

    def watched(self) -> "Gate":
        self.heard: list[Said] = []
        self.open = asyncio.Event()
        self.open.set()
        self.entered = self.left = 0
        return self

    async def said(self, event: Said) -> None:
        await self._enter()
        self.heard.append(event)
        await super().said(event)
        self.left += 1

    async def clicked(self, event: Clicked) -> Answer | None:
        await self._enter()
        answer = await super().clicked(event)
        self.left += 1
        return answer

    async def _enter(self) -> None:
        self.entered += 1
        await self.open.wait()
        if self.failures:
            self.failures -= 1
            raise RuntimeError("the database is away")


@dataclass(frozen=True, slots=True)
class Play:
    stage: Stage
    service: Service
    gate: Gate
    clock: MovableClock

    # -- what people do ---------------------------------------------------------------------------------

    async def say(self, text: str, person: str = "li", quoting: Quote | None = None) -> None:
        await self.stage.world.say(self.stage.room, person, text, quoting)

    async def answer_to(self, text: str, person: str = "li", quoting: Quote | None = None) -> str:
        """Type it and wait for what the bot says."""
        before = len(self.answers)
        await self.say(text, person, quoting)
        await self.until(lambda: len(self.answers) > before)
        return self.answers[before]

    async def press(self, card: Card, text: str, person: str = "li", **inputs: str) -> ClickOutcome:
        """The button of this text, as the card shows it to the person now."""
        return await self.press_again(card, self.action(card, text, person), person, **inputs)

    async def press_again(self, card: Card, action: str, person: str = "li", **inputs: str) -> ClickOutcome:
        """Whatever the card shows by now: a phone can send anything."""
        return await self.stage.world.click(self.stage.room, person, card.id, action, inputs)

    async def propose(self, days: int = 1) -> Card:
        """What 李四 sees when she has typed a wish: a card to submit it or to leave it."""
        before = len(self.cards)
        await self.say(f"改期 MO-1 推迟 {days}天 因为 物料未到")
        await self.until(lambda: len(self.cards) > before)
        return self.cards[before]

    # -- what there is to see ---------------------------------------------------------------------------

    @property
    def cards(self) -> list[Card]:
        return self.stage.world.cards_in(self.stage.room)

    @property
    def answers(self) -> list[str]:
        """What the bot has said in the room."""
        rows = self.stage.world.timeline(self.stage.room)
        return [row.text for row in rows if row.sender == "bot" and row.text]

    @property
    def pictures(self) -> list[bytes]:
        """What the bot has shown there."""
        return [row.picture for row in self.stage.world.timeline(self.stage.room) if row.picture]

    def action(self, card: Card, text: str, person: str = "li") -> str:
        shown = card.face(person).buttons
        found = [button.action for button in shown if button.text == text]
        assert found, f"no button {text} among {[button.text for button in shown]}"
        return found[0]

    async def events(self) -> int:
        """How many have been written down."""
        return sum((await self.service.database.read(lambda uow: uow.inbox.counts())).values())

    async def change(self) -> Change:
        """The first of the day."""
        return await self.service.database.read(first_change)

    async def trail(self) -> list[Kind]:
        """The kinds of what has been recorded, newest first."""
        return [Kind(event.kind) for event in await self.service.database.read(lambda uow: uow.audit.newest_first(50))]

    # -- waiting ----------------------------------------------------------------------------------------

    async def until(self, true: Callable[[], Any]) -> None:
        await self.stage.world.until(true, PATIENCE)

    async def eventually(self, true: Callable[[], Any]) -> None:
        async with asyncio.timeout(PATIENCE):
            while not true():  # noqa: ASYNC110 - what is waited for has no event of its own
                await asyncio.sleep(0.005)

    async def quiet(self) -> None:
        """Everything that came in is handled, and everything that is due has been sent."""
        async with asyncio.timeout(PATIENCE):
            while await self.service.database.read(self._waiting):  # noqa: ASYNC110 - the tables have no event
                await asyncio.sleep(0.01)

    def _waiting(self, uow: UnitOfWork) -> int:
        return uow.inbox.counts().get("new", 0) + uow.outbox.counts().get("new", 0)

    def later(self, span: timedelta) -> None:
        self.clock.move_to(self.clock.now() + span)
        self.service.delivery.wake()


def written(face: Face) -> str:
    facts = (f"{name}：{value}" for name, value in face.facts)
    return "\n".join((face.title, face.status, face.body, face.note, *facts))


@asynccontextmanager
async def playing(stage: Stage, database_url: str) -> AsyncIterator[Play]:
    outer, clock = FastAPI(openapi_url=None), MovableClock(NOW)
    stage.world.now = clock.now
    async with serving(outer) as address, serving(stage.app) as endpoint:
        stage.meets(address, endpoint)
        settings = settings_of((stage.platform,)).model_validate(_settings(stage, address, endpoint, database_url))
        service = build(settings, clock, migrate=False)
        for channel in service.channels.values():
            stage.calm(channel)
        gate = Gate(service.database, service.plans[0].current, clock).watched()
        service = replace(service, inbound=gate, plans=(replace(service.plans[0], inbox_worker=gate),))
        await service.database.write(lambda uow: _seed(Turn(uow, clock.now(), service.environment)))
        outer.mount("/", service.web)
        async with running(service):
            play = Play(stage, service, gate, clock)
            await play.eventually(lambda: stage.connected() and not any(c.trouble() for c in service.channels.values()))
            yield play
            gate.open.set()


def _settings(stage: Stage, address: str, endpoint: str, database_url: str) -> dict[str, Any]:
    roles = {"wang": ["approver"], "li": ["planner"]}
    people = [
        {"id": who.id, "name": who.name, "department": "production", "roles": roles[who.id]}
        | {stage.platform.name: stage.identity(who)}
        for who in (WANG, LI)
    ]
    return {
        "server": {"public_url": address},
        "database": {"url": database_url},
        "departments": [{"id": "production", "name": "生产部", "conversation": stage.room}],
        "people": people,
        stage.platform.name: stage.section(endpoint),
    }


def _seed(turn: Turn) -> None:
    whole = plan()
    bring_in(turn, replace(whole, items={"MO-1": whole.items["MO-1"]}, links=()), "plan.csv", "ops")
    turn.uow.commit()
