"""A company whose people are in the platforms' directories, and a service that is told of them in the chat."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from fastapi import FastAPI

from bot.app import Service, build, running
from bot.clock import MovableClock
from bot.demo import TEMPLATE, Keys
from bot.platforms import PLATFORMS
from bot.settings.file import SettingsFile
from handlers.turn import Turn
from planning.people.directory_run import DirectoryRun
from planning.people.organisation import Organisation
from sandbox.contacts import Contacts
from sandbox.dingtalk import DingTalk
from sandbox.dingtalk import Limits as DingTalkLimits
from sandbox.server import serving
from sandbox.wecom import App, Bot, WeCom
from sandbox.world import Card, ClickOutcome, Conversation, Entry, Person, Platform, World
from storage.unit_of_work import UnitOfWork

MONDAY = datetime(2026, 11, 23, 1, tzinfo=UTC)
SECONDS = 30.0
ADMIN, OTHER_ADMIN = "dingtalk:boss", "dingtalk:vice"
"""Their conversations with the bot."""
START: Mapping[str, Any] = {
    "departments": [{"id": "planning", "name": "计划部"}],
    "people": [
        {"id": "boss", "name": "老板", "department": "planning", "roles": ["admin", "coordinator"], "dingtalk": "boss"},
    ],
}


@dataclass(frozen=True, slots=True)
class Company:
    world: World
    service: Service
    dingtalk: DingTalk
    wecom: WeCom
    clock: MovableClock

    async def run(self, platform: str) -> DirectoryRun:
        """The newest reading of a directory."""

        def newest(uow: UnitOfWork) -> Any:
            return uow.directories_of("main").newest(platform)

        found = await self.service.database.read(newest)
        assert isinstance(found, DirectoryRun)
        return found

    async def types(self, text: str, room: str = ADMIN, person: str = "boss") -> Entry:
        """Say it and wait for what is answered: words, or a card."""
        before = len(self.told(room))
        await self.world.say(room, person, text)
        return await self.hears(room, before)

    async def hears(self, room: str, before: int) -> Entry:
        """The next that is told there, after so many."""
        found = await self.sees(lambda: next(iter(self.told(room)[before:]), None))
        assert isinstance(found, Entry)
        return found

    def told(self, room: str) -> list[Entry]:
        return [one for one in self.world.timeline(room) if one.sender == "bot"]

    def cards(self, room: str = ADMIN) -> list[Card]:
        """Those of a change of the settings."""
        return [one for one in self.world.cards_in(room) if "通讯录" in one.face("").title]

    async def preview(self, room: str = ADMIN, shown: int = 0) -> Card:
        """The card of what a directory says otherwise, after so many."""
        found = await self.sees(lambda: next(iter(self.cards(room)[shown:]), None))
        assert isinstance(found, Card)
        return found

    async def presses(self, card: Card, text: str, person: str = "boss") -> None:
        action = next(one.action for one in card.face(person).buttons if one.text == text)
        before = card.revision
        assert await self.world.click(card.conversation, person, card.id, action) is ClickOutcome.ANSWERED
        await self.sees(lambda: card.revision > before or None)

    async def sees(self, true: Callable[[], Any]) -> Any:
        return await self.world.until(true, SECONDS)

    async def look(self, read: Callable[[Turn], Any]) -> Any:
        current, now = self.service.plans[0].current, self.clock.now()
        return await self.service.database.read(lambda uow: read(current.turn(uow, now)))

    async def organisation(self) -> Organisation:
        found = await self.look(lambda turn: turn.organisation)
        assert isinstance(found, Organisation)
        return found

    async def people(self) -> list[dict[str, Any]]:
        """The newest entries of the settings."""

        def newest(uow: UnitOfWork) -> Any:
            return uow.settings_of("main").current(self.clock.now())["people"].document

        found = await self.service.database.read(newest)
        assert isinstance(found, list)
        return found

    async def syncs(self, platform: str = "") -> Card:
        """Have a directory read, and wait for the card."""
        shown = len(self.cards())
        await self.types(f"同步 通讯录 {platform}".strip())
        return await self.preview(shown=shown)

    def waits(self, **time: float) -> None:
        self.clock.move_to(self.clock.now() + timedelta(**time))


@asynccontextmanager
async def company(
    folder: Path, dingtalk: Contacts | None = None, wecom: Contacts | None = None,
    start: Mapping[str, Any] = START, source: str = "database", *, with_app: bool = True, database: str = "",
) -> AsyncIterator[Company]:  # fmt: skip
    """`database`: its URL; empty: a file of SQLite in the folder."""
    clock, keys = MovableClock(MONDAY), Keys.fresh()
    world = World(clock.now)
    for entry in start["people"]:
        accounts = {name: entry.get(name) for name in ("dingtalk", "wecom")}
        world.people[entry["id"]] = Person(entry["id"], entry["name"], **accounts)
        for platform in (name for name, user in accounts.items() if user):
            open_room(world, Platform(platform), accounts[platform], entry["id"])
    ding = DingTalk(
        world, client_id="dingdemo", client_secret=keys.dingtalk, template_ids={TEMPLATE},
        limits=DingTalkLimits(qps=1000), contacts=dingtalk,
    )  # fmt: skip
    outer = FastAPI(openapi_url=None)
    async with serving(outer) as address:
        app = App(1000002, keys.app, keys.token, keys.aes, f"{address}/wecom/app/callback")
        wx = WeCom(world, corp_id="wwdemo", app=app, aibot=Bot("aibdemo", keys.aibot), contacts=wecom)
        values = {**_platforms(keys, address, with_app), **start, "settings": {"source": source}}
        values["database"] = {"url": database or f"sqlite:///{folder / 'plan.db'}"}
        settings = SettingsFile.of(values, PLATFORMS).settings(clock.now())
        service = build(settings, clock)
        for path, part in (("/sandbox/dingtalk", ding.app), ("/sandbox/wecom", wx.app), ("/", service.web)):
            outer.mount(path, part)
        try:
            async with running(service):
                async with asyncio.timeout(SECONDS):
                    while not (ding.connected and wx.connected):  # noqa: ASYNC110 - no event tells it
                        await asyncio.sleep(0.01)
                yield Company(world, service, ding, wx, clock)
        finally:
            await ding.close()
            await wx.close()


def open_room(world: World, platform: Platform, user: str, person: str) -> str:
    """One person's conversation with the bot."""
    return world.open(Conversation(platform, user, user, [person], single=True, opened=True)).key


def _platforms(keys: Keys, address: str, with_app: bool) -> dict[str, Any]:
    socket = f"{address.replace('http', 'ws', 1)}/sandbox/wecom/ws"
    wecom: dict[str, Any] = {
        "corp_id": "wwdemo", "endpoint": f"{address}/sandbox/wecom",
        "aibot": {"bot_id": "aibdemo", "secret": keys.aibot, "websocket_url": socket},
    }  # fmt: skip
    if with_app:
        wecom["app"] = {"agent_id": 1000002, "secret": keys.app, "token": keys.token, "encoding_aes_key": keys.aes}
    dingtalk = {
        "client_id": "dingdemo", "client_secret": keys.dingtalk, "card_template_id": TEMPLATE,
        "endpoint": f"{address}/sandbox/dingtalk",
    }  # fmt: skip
    return {"server": {"public_url": address}, "dingtalk": dingtalk, "wecom": wecom}
