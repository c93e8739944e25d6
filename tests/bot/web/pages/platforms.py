"""The small company's pages, with both simulated platforms behind them for people to log in with their accounts."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from fastapi import FastAPI

from bot.channels.common.log_in import LogIn
from bot.channels.common.platform import Platform, Site
from bot.channels.dingtalk.platform import DINGTALK
from bot.channels.wecom.platform import WECOM
from bot.current import Current
from bot.platforms import PLATFORMS
from bot.settings import settings_of
from bot.web import create_web
from sandbox.dingtalk import DingTalk
from sandbox.server import serving
from sandbox.wecom import App, Bot, WeCom
from sandbox.world import Person, World
from tests.bot.web.pages.visitor import SITE, Visitor
from tests.handlers.company import Company

SECRET = "of-the-app-alone"
INSIDE = {
    "dingtalk": "Mozilla/5.0 (iPhone) AliApp(DingTalk/7.6.50) Mobile/15E148",
    "wecom": "Mozilla/5.0 (iPhone) wxwork/4.1.30 MicroMessenger/7.0.1 Language/zh",
}
"""What the platforms' own clients call themselves."""
HTML = {"accept": "text/html,application/xhtml+xml"}
NEW = Person("new", "新来的", dingtalk="d-new", wecom="new")
OUTSIDER = Person("eve", "外人", dingtalk="d-boss", wecom="lin", corp="othercorp")
"""In another company under the ids of people of ours."""


@dataclass(frozen=True)
class Accounts:
    company: Company
    site: FastAPI
    world: World
    dingtalk: DingTalk
    wecom: WeCom
    ways: dict[str, LogIn]
    address: str
    """Where the simulated DingTalk is."""

    def person(self, id: str) -> Person:
        return self.world.people[id]

    async def scanned(self, visitor: Visitor, platform: str, person: Person, to: str = "/overview") -> str:
        """Begin in an ordinary browser and scan the code as somebody; where it is sent back to, as a path."""
        begun = await visitor.open(f"/login/{platform}?{urlencode({'to': to})}")
        simulator = self.dingtalk if platform == "dingtalk" else self.wecom
        return simulator.log_in.scan(begun.headers["location"], person).removeprefix(SITE)


@asynccontextmanager
async def with_accounts(company: Company, proxies: Sequence[str] = ("127.0.0.1",)) -> AsyncIterator[Accounts]:
    now = company.clock.now
    world = World(now)
    for one in company.environment.organisation.people.values():
        ids = one.identities
        world.people[one.id] = Person(one.id, one.name, dingtalk=ids.get("dingtalk"), wecom=ids.get("wecom"))
    world.people |= {one.id: one for one in (NEW, OUTSIDER)}
    dingtalk = DingTalk(world, client_id="ding1", client_secret=SECRET, template_ids={"plan.schema"})
    wecom = WeCom(world, corp_id="ww1", app=App(1000002, SECRET), aibot=Bot("aib1"))
    dingtalk.log_in.redirects = {f"{SITE}/login/dingtalk/back"}
    wecom.log_in.trusted = SITE.removeprefix("https://")
    async with serving(dingtalk.app) as ding_url, serving(wecom.app) as wecom_url:
        site = Site(SITE, SITE, "zh-CN", now)
        sections: dict[Platform[Any], dict[str, Any]] = {
            DINGTALK: {"client_id": "ding1", "client_secret": SECRET, "corp_id": "dingcorp",
                       "card_template_id": "plan.schema", "endpoint": ding_url},
            WECOM: {"corp_id": "ww1", "endpoint": wecom_url,
                    "app": {"agent_id": 1000002, "secret": SECRET, "token": "t", "encoding_aes_key": "a" * 43}},
        }  # fmt: skip
        ways = {
            platform.name: way
            for platform, keys in sections.items()
            if (way := platform.log_in(platform.section.model_validate(keys), site))
        }
        settings = settings_of(PLATFORMS).model_validate({"server": {"trusted_proxies": proxies}})
        web = create_web(settings, Current(company.environment), company.clock, company.database, {}, log_ins=ways)
        try:
            yield Accounts(company, web, world, dingtalk, wecom, ways, ding_url)
        finally:
            for way in ways.values():
                await way.stop()

