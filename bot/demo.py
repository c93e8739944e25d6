"""The demo: simulated DingTalk and WeCom, a seeded company, the chat page, and the real bot against them.

Everything listens on one loopback address. The bot speaks to the simulated platforms over real sockets with its real
SDKs; it knows them only by the `endpoint` settings. The scenario tests play on the same stage.
"""

import asyncio
import re
import signal
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.routing import Route

from bot.app import Service, build, running
from bot.channels.common.connecting import made_aes_key, made_token
from bot.clock import MovableClock
from bot.company import Company, load_company, load_reports, load_stories, settings_document
from bot.platforms import PLATFORMS
from bot.settings.file import SettingsFile
from cards.picture import Graph, picture_of, svg_of
from cards.words import LOCALES, Words
from cards.words.dates import day
from handlers.actions.people.first_admin import make_code
from handlers.actions.people.web_access import make_link
from handlers.actions.plan.import_plan import bring_in
from handlers.inbound.timers_due import first_morning
from handlers.notify.links import address_of
from handlers.turn import Turn
from planning.plan.calendar import calendar_named
from planning.plan.item import Item
from planning.plan.link import Link
from planning.plan.plan import Plan
from planning.refusal import Refused
from sandbox.dingtalk import DingTalk
from sandbox.own_address import OwnAddress
from sandbox.page import Example, Unavailable, create_page
from sandbox.server import serving
from sandbox.wecom import App, Bot, Limits, WeCom
from sandbox.world import Conversation, Person, Platform, World
from storage.unit_of_work import UnitOfWork

TEMPLATE = "demo.schema"
AT_ONCE: Mapping[str, object] = {"exceptions": {"trial_days": 0}}
"""For visitors: exceptions have their cards from the first morning, not after two weeks in the digest alone."""
EMPTY: Mapping[str, object] = {
    "settings": {"source": "database"}, "departments": None, "people": None, "rules": None, "fences": None,
}  # fmt: skip
FOUNDER = "wu.fan"
"""Who begins in a company that is empty."""
CHAT_PAGE = "demo"
"""What the demo's page is to a link that is shown on it: no conversation of a platform."""
_VERSION = re.compile(r"-v\d+$")


@dataclass(frozen=True, slots=True)
class Keys:
    """Secrets of this run; nothing outside it knows them."""

    dingtalk: str
    app: str
    token: str
    aes: str
    aibot: str

    @classmethod
    def fresh(cls) -> "Keys":
        dingtalk, app, token, aibot = (made_token() for _ in range(4))
        return cls(dingtalk, app, token, made_aes_key(), aibot)


@dataclass(frozen=True, slots=True)
class Stage:
    """Parts of the demo, for those who play on it."""

    address: str
    company: Company
    world: World
    dingtalk: DingTalk
    wecom: WeCom
    service: Service
    clock: MovableClock
    keys: Keys
    is_empty: bool = False
    """A company with nobody in it and a plan."""

    async def first_admin(self) -> str:
        """A code for whoever begins."""
        turn_at, current = self.clock.now(), self.service.plans[0].current

        def made(uow: UnitOfWork) -> str:
            uow.plans.lock()
            code = make_code(current.turn(uow, turn_at))
            uow.commit()
            return code

        return await self.service.database.write(made)

    async def next_morning(self) -> str:
        """Move the clock to the next working morning and let the digests come; says what time it is then."""
        settings = self.service.settings
        turn_at = self.clock.now()
        moment = await self.service.database.read(
            lambda uow: first_morning(Turn(uow, turn_at, self.service.environment))
        )
        self.clock.move_to(moment)
        await self.service.scheduler.ring()
        local = self.clock.now().astimezone(ZoneInfo(settings.timezone))
        words = self.service.environment.words
        weekday = words(f"value.weekday.{local.weekday()}")
        return words("cli.demo-now", day=day(local.date(), local.date()), weekday=weekday, time=f"{local:%H:%M}")

    async def picture_of(self, name: str) -> str:
        """Picture of what a change request does, as SVG, by its number or by its card; a draft's too, for its card is
        there for the whole group to see."""
        turn_at = self.clock.now()

        def graph(uow: UnitOfWork) -> Graph:
            turn = Turn(uow, turn_at, self.service.environment)
            card = uow.cards.get(_VERSION.sub("", name))
            return picture_of(turn.view(turn.change(card.subject.id if card else name)), turn.plan())

        try:
            return await asyncio.to_thread(svg_of, await self.service.database.read(graph))
        except Refused as refused:
            raise Unavailable(self.service.environment.words.refusal(refused.refusal)) from refused

    async def board_for(self, person: str) -> str:
        """Where a person is let into the board: a one-time link as 链接 sends it, which its button uses up. Its path
        alone, so that who typed localhost stays there."""
        turn_at = self.clock.now()

        def link(uow: UnitOfWork) -> str:
            turn = Turn(uow, turn_at, self.service.environment)
            if person not in turn.organisation.people:
                return "/board"  # which says how one logs in
            made = make_link(turn, turn.organisation.people[person], CHAT_PAGE, "/board")
            address = address_of(turn, made.id, CHAT_PAGE)
            uow.commit()
            return address.removeprefix(self.address)

        return await self.service.database.write(link, first=True)


@asynccontextmanager
async def stage(
    database_url: str, port: int = 0, clock: MovableClock | None = None, extra: Mapping[str, object] | None = None,
    *, empty: bool = False, limits: Limits | None = None,
) -> AsyncIterator[Stage]:  # fmt: skip
    """Set everything up with a seeded plan and take it down again. `extra` overrides sections of the settings; None
    leaves one out. `empty`: nobody and no department is known, and no group is anybody's. `limits`: WeCom's, where a
    week is said within minutes."""
    clock, keys = clock or MovableClock(), Keys.fresh()
    outer = FastAPI(openapi_url=None, middleware=[Middleware(OwnAddress)])
    async with serving(outer, port) as address:
        sections = _settings(address, database_url, keys) | dict(EMPTY if empty else {}) | dict(extra or {})
        values = {name: value for name, value in sections.items() if value is not None}
        settings = SettingsFile.of(values, PLATFORMS).settings(clock.now())
        company = load_company(clock.now().astimezone(ZoneInfo(settings.timezone)).date())
        world = _world(company, clock)
        dingtalk, wecom = _platforms(world, keys, address, limits)
        service = build(settings, clock)
        set_up = Stage(address, company, world, dingtalk, wecom, service, clock, keys, empty)
        if empty:
            _join_everywhere(world, FOUNDER)
        page = _page(set_up, await set_up.first_admin() if empty else "")
        for path, app in (("/sandbox/dingtalk", dingtalk.app), ("/sandbox/wecom", wecom.app)):
            outer.mount(path, app)
        outer.router.routes.append(Route("/", page))  # the company's chat, where the product has its first page
        service.web.mount("/", page)
        outer.mount("/", service.web)
        await service.database.write(lambda uow: _seed(uow, set_up))
        try:
            async with running(service):
                yield set_up
        finally:
            page.state.close()
            await dingtalk.close()
            await wecom.close()


def run_demo(port: int, *, empty: bool = False) -> int:
    """Serve the demo until Ctrl-C; prints the one address to open. Returns the exit status."""
    asyncio.run(_serve(port, empty))
    return 0


async def _serve(port: int, empty: bool) -> None:
    enough = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, enough.set)
    with tempfile.TemporaryDirectory(prefix="tongpan-demo-") as folder:
        url = f"sqlite:///{Path(folder) / 'plan.db'}"
        async with stage(url, port, extra=AT_ONCE, empty=empty) as set_up:
            print(_ready(set_up.address), flush=True)  # noqa: T201
            await enough.wait()


def _settings(address: str, database_url: str, keys: Keys) -> dict[str, object]:
    dingtalk = {
        "client_id": "dingdemo",
        "client_secret": keys.dingtalk,
        "corp_id": "dingcorp",
        "card_template_id": TEMPLATE,
        "endpoint": f"{address}/sandbox/dingtalk",
    }
    wecom = {
        "corp_id": "wwdemo",
        "endpoint": f"{address}/sandbox/wecom",
        "app": {"agent_id": 1000002, "secret": keys.app, "token": keys.token, "encoding_aes_key": keys.aes},
        "aibot": {
            "bot_id": "aibdemo",
            "secret": keys.aibot,
            "websocket_url": f"{address.replace('http', 'ws', 1)}/sandbox/wecom/ws",
        },
    }
    return settings_document(
        {
            "server": {"public_url": address},
            "database": {"url": database_url},
            "dingtalk": dingtalk,
            "wecom": wecom,
        }
    )


def _world(company: Company, clock: MovableClock) -> World:
    world = World(clock.now)
    for who in company.residents:
        person = Person(who.id, who.name, who.department, who.title, who.dingtalk or None, who.wecom or None)
        world.people[who.id] = person
    for room in company.rooms:
        # `opened`: people have talked to the bot here before; without that an aibot may not speak first.
        window = Conversation(Platform(room.platform), room.id, room.name, list(room.members), room.single, opened=True)
        world.conversations[window.key] = window
    return world


def _platforms(world: World, keys: Keys, address: str, limits: Limits | None = None) -> tuple[DingTalk, WeCom]:
    dingtalk = DingTalk(world, client_id="dingdemo", client_secret=keys.dingtalk, template_ids={TEMPLATE})
    dingtalk.log_in.redirects = {f"{address}/login/dingtalk/back"}
    app = App(1000002, keys.app, keys.token, keys.aes, f"{address}/wecom/app/callback")
    wecom = WeCom(world, corp_id="wwdemo", app=app, aibot=Bot("aibdemo", keys.aibot), limits=limits or Limits())
    wecom.log_in.trusted = urlsplit(address).netloc
    return dingtalk, wecom


def _join_everywhere(world: World, person: str) -> None:
    """Put a person into all groups of DingTalk, and into a window of their own with the bot."""
    for room in world.conversations.values():
        if room.platform == Platform.DINGTALK and person not in room.members:
            room.members.append(person)
    who = world.people[person]
    world.open(Conversation(Platform.DINGTALK, who.dingtalk or "", who.name, [person], single=True))


def _first_steps(set_up: Stage, code: str) -> list[Example]:
    """From nobody to a change that two groups decide, in the order in which they are typed."""
    alone = f"dingtalk:{set_up.world.people[FOUNDER].dingtalk}"
    homes = {room.department: f"{room.platform}:{room.id}" for room in set_up.company.rooms}
    planning, production, warehouse = (homes[one] for one in ("planning", "production", "warehouse"))
    return [
        (alone, f"我是管理员 {code} 计划部 {set_up.world.people[FOUNDER].name}"),
        (planning, "绑定 计划部"), (production, "绑定 新部门 生产部"), (warehouse, "绑定 新部门 仓储部"),
        (production, "申请加入 生产部 王强"), (warehouse, "申请加入 仓储部 李大伟"),
        (planning, "人员 王强 审批"), (planning, "人员 李大伟 审批"), (planning, "人员 吴凡 计划员"),
        (planning, "改期 RC-1 推迟2天 因为 供应商停产"),
    ]  # fmt: skip


def _page(set_up: Stage, code: str = "") -> FastAPI:
    """`code`: of a company that is empty still."""
    told = (*load_stories(), *load_reports())
    homes = {one.id: one.conversation for one in set_up.service.environment.organisation.departments.values()}
    examples: list[Example] = [(homes[one.department], one.command) for one in told if homes.get(one.department)]
    return create_page(
        set_up.world,
        next_morning=set_up.next_morning,
        picture_of=set_up.picture_of,
        open_plan=set_up.board_for,
        title=set_up.company.name,
        examples=_first_steps(set_up, code) if code else [*examples, (None, "早会"), (None, "待办"), (None, "帮助")],
        timezone=set_up.service.settings.timezone,
        opening=FOUNDER if code else load_stories()[0].person,
    )


def _ready(address: str) -> str:
    """Told to whoever started the demo, whose language nobody knows."""
    chinese, english = (Words(locale)("cli.demo-ready") for locale in LOCALES)
    return f"\n  {chinese}  {address}\n  {english}\n"


def _two_items(today: date) -> Plan:
    """What comes into the warehouse, and what production makes of it."""
    calendar = calendar_named("china")
    comes, begins = calendar.add(calendar.on_or_after(today), 7), calendar.add(calendar.on_or_after(today), 8)
    items = (
        Item("RC-1", "主控芯片入库", comes, comes, 1, "receipt", "warehouse"),
        Item("MO-1", "耳机组装", begins, calendar.add(begins, 1), 2, "production", "production"),
    )
    return Plan("main", "生产计划", 0, {item.code: item for item in items}, (Link("RC-1", "MO-1"),))


def _seed(uow: UnitOfWork, set_up: Stage) -> None:
    """The company's plan as the first revision, where there is none yet."""
    if uow.plans.exists():
        return
    turn = Turn(uow, set_up.clock.now(), set_up.service.environment)
    plan = _two_items(turn.today) if set_up.is_empty else set_up.company.plan
    bring_in(turn, plan, set_up.company.name, "demo")
    uow.commit()
