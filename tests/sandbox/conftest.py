"""A small company on both simulated platforms, with a clock that is moved by hand."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Generic, TypeVar

import pytest

from sandbox.dingtalk import DingTalk
from sandbox.dingtalk import Limits as DingTalkLimits
from sandbox.server import serving
from sandbox.wecom import App, Bot, WeCom
from sandbox.wecom import Limits as WeComLimits
from sandbox.world import Conversation, Person, Platform, World
from tests.sandbox.http import DingTalkHttp, WeComHttp

Simulator = TypeVar("Simulator")
AES_KEY = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C"


class Clock:
    def __init__(self) -> None:
        self.at = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def move(self, **span: float) -> None:
        self.at += timedelta(**span)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def world(clock: Clock) -> World:
    made = World(clock)
    for person in (
        Person("wang", "王五", dingtalk="manager164", wecom="wangwu"),
        Person("zhao", "赵六", dingtalk="user7", wecom="zhaoliu"),
        Person("eve", "外人", dingtalk="manager164", wecom="wangwu", corp="othercorp"),
    ):
        made.people[person.id] = person
    for room in (
        Conversation(Platform.DINGTALK, "cid1==", "一车间排产", ["wang", "zhao"]),
        Conversation(Platform.DINGTALK, "cid2==", "没有机器人的群", ["wang"], bot_present=False),
        Conversation(Platform.DINGTALK, "manager164", "王五", ["wang"], single=True),
        Conversation(Platform.WECOM, "wr1", "采购", ["wang", "zhao"]),
        Conversation(Platform.WECOM, "wr2", "财务", ["zhao"]),
    ):
        made.conversations[room.key] = room
    return made


@dataclass(frozen=True)
class Served(Generic[Simulator]):
    sim: Simulator
    url: str


@pytest.fixture
def deadline() -> float:
    """Seconds for answering clicks and callbacks; tests of late answers override it by parameter."""
    return 5.0


@pytest.fixture
def ding_sim(world: World, deadline: float) -> DingTalk:
    limits = DingTalkLimits(redelivery_seconds=0.4, click_seconds=deadline, drain_seconds=0.05)
    return DingTalk(
        world, client_id="ding1", client_secret="s3cret", template_ids={"plan.schema"}, limits=limits
    )


@pytest.fixture
async def ding(ding_sim: DingTalk) -> AsyncIterator[Served[DingTalk]]:
    async with serving(ding_sim.app) as url:
        yield Served(ding_sim, url)


@pytest.fixture
async def ding_http(ding_sim: DingTalk) -> AsyncIterator[DingTalkHttp]:
    """Straight into the app: its own answers need no socket."""
    async with DingTalkHttp(ding_sim.app, "ding1", "s3cret") as http:
        yield http


@pytest.fixture
def wecom_sim(world: World, deadline: float) -> WeCom:
    return WeCom(
        world,
        corp_id="ww1",
        app=App(1000002, "app-secret", token="QDG6eK", aes_key=AES_KEY, callback_url="http://127.0.0.1:1/"),
        aibot=Bot("aib1", "bot-secret", name="通盘", token="QDG6eK", aes_key=AES_KEY),
        parties={"2": ["zhaoliu"]},
        limits=WeComLimits(callback_seconds=deadline, click_seconds=deadline),
    )


@pytest.fixture
async def wecom(wecom_sim: WeCom) -> AsyncIterator[Served[WeCom]]:
    async with serving(wecom_sim.app) as url:
        yield Served(wecom_sim, url)


@pytest.fixture
async def wecom_http(wecom_sim: WeCom) -> AsyncIterator[WeComHttp]:
    async with WeComHttp(wecom_sim.app, "ww1", "app-secret") as http:
        yield http
