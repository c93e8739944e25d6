"""doctor --send: a card to a department, pressed there, whether the bot serves already or not."""

import asyncio
import os
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from bot.app import build, running
from bot.kept_settings import looked_up
from bot.platforms import PLATFORMS
from bot.settings import load_settings
from sandbox.dingtalk import DingTalk
from sandbox.server import serving
from sandbox.wecom import App, Bot, WeCom
from sandbox.world import ClickOutcome, Conversation, Person, Platform, World
from tests import ROOT
from tests.bot.channels.product import eventually
from tests.bot.cli.conftest import Ended, Office

READY = 120.0
GROUPS = {Platform.DINGTALK: "dingtalk:cid-buy", Platform.WECOM: "wecom:wr-buy"}
PEOPLE = """\
  - {id: chen, name: 陈采购, department: purchasing, roles: [approver], dingtalk: d-chen, wecom: w-chen}
"""


@dataclass
class House:
    office: Office
    world: World

    async def doctor(self, *arguments: str) -> Ended:
        """Beside the platforms, which answer on this event loop."""
        return await asyncio.to_thread(self.office.run, "doctor", *arguments)

    async def doctor_alone(self, *arguments: str) -> Ended:
        """As a process of its own, which may serve."""
        command = [sys.executable, str(ROOT / "run.py"), "doctor", *arguments]
        pipe = asyncio.subprocess.PIPE
        running = await asyncio.create_subprocess_exec(*command, cwd=self.office.folder, stdout=pipe, stderr=pipe)
        out, err = await running.communicate()
        return Ended(running.returncode or 0, out.decode(), err.decode())

    @asynccontextmanager
    async def serves(self) -> AsyncIterator[str]:
        """Its address, where doctor finds it."""
        settings = load_settings(self.config, os.environ, PLATFORMS, kept=looked_up)
        async with running(build(settings)) as service, serving(service.web) as address:
            await eventually(lambda: not any(channel.trouble() for channel in service.channels.values()))
            self.change(f"port: {settings.server.port}", f"port: {urlsplit(address).port}")
            yield address

    @property
    def config(self) -> Path:
        return self.office.folder / "config.yaml"

    def change(self, before: str, after: str) -> None:
        self.config.write_text(self.config.read_text("utf-8").replace(before, after), "utf-8")

    async def press(self, room: str, person: str) -> None:
        """Press the test card there, once it shows."""
        card = await self.world.until(lambda: self.world.cards_in(room), READY)
        (button,) = card[-1].faces[""].buttons
        assert button.text == "收到了"
        assert await self.world.click(room, person, card[-1].id, button.action) is ClickOutcome.ANSWERED


@pytest.fixture
async def world() -> World:
    world = World()
    chen, new = Person("chen", "陈采购", dingtalk="d-chen", wecom="w-chen"), Person("new", "新人", dingtalk="d-new")
    world.people |= {"chen": chen, "new": new}
    world.open(Conversation(Platform.DINGTALK, "cid-buy", "采购群", ["chen", "new"]))
    world.open(Conversation(Platform.WECOM, "wr-buy", "采购群", ["chen"], opened=True))
    return world


@asynccontextmanager
async def house(office: Office, world: World, platform: Platform, more: str = "") -> AsyncIterator[House]:
    ding = DingTalk(world, client_id="ding1", client_secret="ding-right", template_ids={"plan.schema"})
    app = App(1000002, "app-right", token="QDG6eK", aes_key="jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C")
    wecom = WeCom(world, corp_id="ww1", app=app, aibot=Bot("aib1", "bot-right"))
    async with serving(ding.app) as ding_at, serving(wecom.app) as wecom_at:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        office.file("config.yaml", f"""\
calendar: weekdays
server: {{host: 127.0.0.1, port: {port}}}
database: {{url: "sqlite:///data/plan.db"}}
settings: {{source: file}}
departments:
  - {{id: purchasing, name: 采购部, conversation: "{GROUPS[platform]}"}}
  - {{id: sales, name: 销售部}}
people:
{PEOPLE}
dingtalk: {{client_id: ding1, client_secret: ding-right, card_template_id: plan.schema, endpoint: "{ding_at}"}}
wecom:
  corp_id: ww1
  aibot: {{bot_id: aib1, secret: bot-right, websocket_url: "{wecom_at.replace('http', 'ws')}/ws"}}
{more}""")  # fmt: skip
        office.file("items.csv", "code,title,department,duration_days,start\nMO-1,总装,采购部,3,2026-03-02\n")
        assert (await asyncio.to_thread(office.run, "import", "items.csv")).status == 0
        yield House(office, world)


@pytest.mark.parametrize("platform", [Platform.DINGTALK, Platform.WECOM])
async def test_a_card_goes_there_and_its_click_comes_back(office: Office, world: World, platform: Platform) -> None:
    async with house(office, world, platform) as here, here.serves():
        asked = asyncio.create_task(here.doctor("--send", "采购部"))
        await here.press(GROUPS[platform], "chen")
        ended = await asked
    assert ended.status == 0, ended.out + ended.err
    assert "采购部：陈采购 点到了" in ended.out
    assert "现在临时运行机器人" not in ended.out
    assert "-right" not in ended.out + ended.err


async def test_where_nothing_serves_the_bot_runs_until_the_click(office: Office, world: World) -> None:
    async with house(office, world, Platform.DINGTALK) as here:
        asked = asyncio.create_task(here.doctor_alone("--send", "采购部"))
        await here.press(GROUPS[Platform.DINGTALK], "chen")
        ended = await asked
    assert ended.status == 0, ended.out + ended.err
    told = [line for line in ended.out.splitlines() if "临时运行" in line or "采购部" in line]
    parts = ("现在临时运行机器人", "测试卡发往", "陈采购 点到了")
    assert len(told) == 3
    assert all(part in line for part, line in zip(parts, told, strict=True)), ended.out
    assert "ding-right" not in ended.out + ended.err


async def test_whoever_is_unknown_proves_the_way_as_well(office: Office, world: World) -> None:
    async with house(office, world, Platform.DINGTALK) as here, here.serves():
        asked = asyncio.create_task(here.doctor("--send", "采购部"))
        await here.press(GROUPS[Platform.DINGTALK], "new")
        assert "采购部：dingtalk:d-new 点到了" in (await asked).out
        face = world.cards_in(GROUPS[Platform.DINGTALK])[-1].faces[""]
        assert (face.status, face.buttons) == ("dingtalk:d-new 点到了", ())


async def test_nobody_presses_and_where_nothing_can_go(office: Office, world: World) -> None:
    async with house(office, world, Platform.DINGTALK) as here, here.serves():
        unheard = await here.doctor("--send", "采购", "--wait", "5")
        homeless = await here.doctor("--send", "销售部")
        unknown = await here.doctor("--send", "市场部")
    assert unheard.status == homeless.status == unknown.status == 1
    assert "✗ 采购部：平台收下了卡片，5 秒内没有收到点击" in unheard.out
    assert "销售部还没有会话" in homeless.err
    assert "没有叫“市场部”的部门。部门有：采购部、销售部" in unknown.err
    assert len(world.cards_in(GROUPS[Platform.DINGTALK])) == 1


async def test_a_place_that_the_platform_does_not_know_is_told_with_its_reason(office: Office, world: World) -> None:
    async with house(office, world, Platform.DINGTALK) as here:
        here.change("cid-buy", "cid-nowhere")
        async with here.serves():
            ended = await here.doctor("--send", "采购部", "--wait", "20")
    assert ended.status == 1
    assert "✗ 采购部：卡片没有送到 dingtalk:cid-nowhere。" in ended.out


async def test_the_door_is_shut_to_whoever_has_not_the_secrets(office: Office, world: World) -> None:
    async with house(office, world, Platform.DINGTALK) as here, here.serves() as address:
        async with httpx.AsyncClient(base_url=address) as client:
            body = {"department": "采购部", "seconds": 60}
            for given in ({}, {"Authorization": "Bearer"}, {"Authorization": "Bearer " + "0" * 64}):
                assert (await client.post("/doctor/cards", json=body, headers=given)).status_code == 404
                assert (await client.get("/doctor/cards/1", headers=given)).status_code == 404
        here.change("ding-right", "ding-other")
        ended = await here.doctor("--send", "采购部")
    assert ended.status == 1
    assert "不认这份设置里的平台密钥" in ended.err
    assert not world.cards_in(GROUPS[Platform.DINGTALK])


def test_without_a_platform_there_is_nowhere_to_send_it(office: Office) -> None:
    office.plan()
    ended = office.run("doctor", "--send", "生产部")
    assert ended.status == 2
    assert "python run.py init" in ended.err

