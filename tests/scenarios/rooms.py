"""A change request through as many conversations as wanted, on the simulated platforms, and what that cost there."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

from fastapi import FastAPI

from bot.app import Service, build, running
from bot.clock import MovableClock
from bot.demo import TEMPLATE, Keys
from bot.platforms import PLATFORMS
from bot.settings import Settings, settings_of
from handlers.actions.plan.import_plan import bring_in
from handlers.turn import Turn
from planning.change.change import Change
from planning.plan.item import Item
from planning.plan.link import Link
from planning.plan.plan import Plan
from planning.schedule.schedule import place
from sandbox.dingtalk import DingTalk
from sandbox.server import serving
from sandbox.wecom import App, Bot, WeCom
from sandbox.world import Card, ClickOutcome, Conversation, Person, World
from storage.unit_of_work import UnitOfWork
from tests.previews import newest_change

MONDAY = datetime(2026, 11, 23, 1, tzinfo=UTC)
SECONDS = 20.0
DINGTALK, WECOM, APP = "dingtalk", "wecom", "wecom-app"
CARD_CALLS = ("createAndDeliver", "createCard", "deliverCard", "updateCard")


@dataclass(frozen=True, slots=True)
class Cost:
    """Cost of one change request, from its preview to its effect."""

    calls: int
    """DingTalk's for cards; its tokens, and answers to what was typed, are left out."""
    messages: Counter[str]
    """WeCom's, by conversation; answers to what was typed are left out."""
    texts: int
    """What was said on both besides."""
    missed: int
    """Clicks that a busy machine did not answer in time: each card is then sent once more."""


@dataclass(frozen=True, slots=True)
class Rooms:
    """The proposer's conversation and, one each, those of the departments that are asked."""

    keys: Sequence[str]
    is_asked: bool
    """Whether the departments are: they are told otherwise."""
    is_own: bool
    """Whether the proposer's is as well."""
    world: World
    service: Service
    dingtalk: DingTalk

    async def cost(self, seed: int, typed: int = 0) -> Cost:
        """Preview, submission and every approval, in an order of the seed's; people take their time. So many of them
        type it, the others press."""
        await self.world.say(self.keys[0], "planner", "改期 P-00 推迟1天 因为 设备故障")
        missed = await self._press(await self._card(self.keys[0], "提交"), "planner", "提交")
        await self._quiet()
        asked = list(enumerate(self.keys))[0 if self.is_own else 1 :] if self.is_asked else []
        Random(seed).shuffle(asked)
        for spoken, (number, key) in enumerate(asked):
            card = await self._card(key, "同意")
            if spoken < typed:
                await self._type(key, f"a{number}", f"同意 {(await self.change()).no}")
            else:
                missed += await self._press(card, f"a{number}", "同意")
            await self._quiet()
        return self._spent(missed)

    async def change(self) -> Change:
        """The only request there is."""

        def newest(uow: UnitOfWork) -> Change:
            return newest_change(Turn(uow, self.service.clock.now(), self.service.environment))

        return await self.service.database.read(newest)

    def shown(self, key: str) -> Card:
        """The newest card of a conversation."""
        return self.world.cards_in(key)[-1]

    def _spent(self, missed: int) -> Cost:
        said = [row for row in self.world.entries if row.sender == "bot"]
        cards = Counter(row.conversation for row in said if row.card and not row.conversation.startswith(DINGTALK))
        calls = sum(self.dingtalk.calls[name] for name in CARD_CALLS)
        return Cost(calls, cards, sum(not row.card for row in said), missed)

    async def _type(self, key: str, person: str, text: str) -> None:
        """Type it, and wait for the answer."""
        before = len(self.world.timeline(key)) + 1
        await self.world.say(key, person, text)
        await self.world.until(lambda: len(self.world.timeline(key)) > before, SECONDS)

    async def _card(self, key: str, text: str) -> Card:
        """The first card of a conversation with this button, as soon as there is one."""

        def found() -> Card | None:
            cards = self.world.cards_in(key)
            return next((card for card in cards if text in [b.text for b in card.face("").buttons]), None)

        card = await self.world.until(found, SECONDS)
        assert isinstance(card, Card)
        return card

    async def _press(self, card: Card, person: str, text: str) -> int:
        """1 where it was not answered in time."""
        action = next(button.action for button in card.face(person).buttons if button.text == text)
        return int(await self.world.click(card.conversation, person, card.id, action) is not ClickOutcome.ANSWERED)

    async def _quiet(self) -> None:
        """Until nothing is left to be sent, not even what waits whether an answer arrived."""
        async with asyncio.timeout(SECONDS):
            while "new" in await self.service.database.read(lambda uow: uow.outbox.counts()):  # noqa: ASYNC110
                await asyncio.sleep(0.02)


@asynccontextmanager
async def rooms(
    platforms: Sequence[str], folder: Path, *, is_asked: bool = True, is_own: bool = False
) -> AsyncIterator[Rooms]:
    """One conversation on each of these platforms; the first is the proposer's, whose department is affected if it
    `is_own`, or is the only one: then nobody has to be asked."""
    is_asked = is_asked and (is_own or len(platforms) > 1)
    clock, keys = MovableClock(MONDAY), Keys.fresh()
    names = [_name(platform, number) for number, platform in enumerate(platforms)]
    world = _world(names, clock)
    dingtalk = DingTalk(world, client_id="dingdemo", client_secret=keys.dingtalk, template_ids={TEMPLATE})
    outer = FastAPI(openapi_url=None)
    async with serving(outer) as address:
        app = App(1000002, keys.app, keys.token, keys.aes, f"{address}/wecom/app/callback")
        wecom = WeCom(world, corp_id="wwdemo", app=app, aibot=Bot("aibdemo", keys.aibot))
        service = build(_settings(names, is_asked, keys, address, folder), clock)
        for path, part in (("/sandbox/dingtalk", dingtalk.app), ("/sandbox/wecom", wecom.app), ("/", service.web)):
            outer.mount(path, part)
        await service.database.write(lambda uow: _bring(uow, service, len(names), is_own))
        try:
            async with running(service):
                async with asyncio.timeout(SECONDS):
                    while not (dingtalk.connected and wecom.connected):  # noqa: ASYNC110 - no event tells it
                        await asyncio.sleep(0.01)
                yield Rooms(names, is_asked, is_own, world, service, dingtalk)
        finally:
            await dingtalk.close()
            await wecom.close()


def _world(names: Sequence[str], clock: MovableClock) -> World:
    world = World(clock.now)
    world.people["planner"] = Person("planner", "计划员", dingtalk="planner", wecom="planner")
    for number, key in enumerate(names):
        approver, colleague = f"a{number}", f"c{number}"
        world.people |= {who: Person(who, who, dingtalk=who, wecom=who) for who in (approver, colleague)}
        members = [approver, colleague] if number else ["planner", approver, colleague]
        platform, _, room = key.partition(":")
        single = platform == APP
        world.conversations[key] = Conversation(platform, room, room, members, single=single, opened=True)
    return world


def _name(platform: str, number: int) -> str:
    """A group; of the app, which has none, the window of the one person who presses there."""
    return f"{platform}:{(f'a{number}' if number else 'planner') if platform == APP else f'room{number}'}"


def _settings(names: Sequence[str], is_asked: bool, keys: Keys, address: str, folder: Path) -> Settings:
    dingtalk = {
        "client_id": "dingdemo",
        "client_secret": keys.dingtalk,
        "card_template_id": TEMPLATE,
        "endpoint": f"{address}/sandbox/dingtalk",
    }
    socket = f"{address.replace('http', 'ws', 1)}/sandbox/wecom/ws"
    aibot = {"bot_id": "aibdemo", "secret": keys.aibot, "websocket_url": socket}
    app = {"agent_id": 1000002, "secret": keys.app, "token": keys.token, "encoding_aes_key": keys.aes}
    departments = [
        {"id": f"d{n}", "name": f"{n} 部", "conversation": key, "manager": f"a{n}"} for n, key in enumerate(names)
    ]
    people = [_person(f"a{n}", n, "approver") for n in range(len(names))] + [_person("planner", 0, "planner")]
    standard = {"id": "own", "event": "any", "when": "days <= 1", "class": "standard"}
    return settings_of(PLATFORMS).model_validate(
        {
            "server": {"public_url": address},
            "database": {"url": f"sqlite:///{folder / 'plan.db'}"},
            "dingtalk": dingtalk,
            "wecom": {"corp_id": "wwdemo", "endpoint": f"{address}/sandbox/wecom", "aibot": aibot, "app": app},
            "departments": departments,
            "people": people,
            "rules": [] if is_asked else [standard],
        }
    )


def _person(who: str, department: int, role: str) -> dict[str, object]:
    return {"id": who, "name": who, "department": f"d{department}", "roles": [role], "dingtalk": who, "wecom": who}


def _bring(uow: UnitOfWork, service: Service, count: int, is_own: bool) -> None:
    """A chain: what moves the first item moves everybody's."""
    owners = list(range(count))[0 if is_own else 1 :] or [0]
    day = date(2026, 12, 7)
    items = {
        code: Item(code, f"工序 {n}", day, day, 2, "production", f"d{n}")
        for n, code in ((n, f"P-{place:02}") for place, n in enumerate(owners))
    }
    links = tuple(Link(f"P-{n:02}", f"P-{n + 1:02}") for n in range(len(owners) - 1))
    plan = place(Plan("main", "一厂", 0, items, links), items.keys(), day)
    bring_in(Turn(uow, service.clock.now(), service.environment), plan, "plan.csv", "bench")
    uow.commit()
