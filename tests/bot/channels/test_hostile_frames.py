"""No frame and no reply ends a channel, whatever is in it: it is said once, and what comes next is heard."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import pytest

from bot.channels.common.channel import Channel, TryLater, Undeliverable
from sandbox.faults import Faults
from sandbox.world import World
from tests.bot.channels import test_dingtalk, test_wecom_aibot, test_wecom_app
from tests.bot.channels.conftest import Logged
from tests.bot.channels.hostile import DEEP, REPLIES, TEXTS, nested
from tests.bot.channels.product import Product, eventually

MARK = "查计划 MO-1023"


@dataclass(frozen=True)
class Side:
    """A platform and the channel to it."""

    platform: Any
    channel: Channel
    room: str
    person: str

    async def connected(self) -> None:
        await eventually(lambda: self.platform.connected and not self.channel.trouble())


@asynccontextmanager
async def dingtalk(world: World, product: Product) -> AsyncIterator[Side]:
    async with test_dingtalk.dingtalk(world) as (platform, endpoint):
        yield Side(platform, test_dingtalk.channel_to(endpoint), test_dingtalk.ROOM, "wang")


@asynccontextmanager
async def aibot(world: World, product: Product) -> AsyncIterator[Side]:
    async with test_wecom_aibot.wecom(world) as (platform, endpoint):
        yield Side(platform, test_wecom_aibot.channel_to(endpoint), test_wecom_aibot.GROUP, "li")


SIDES: dict[str, Callable[[World, Product], Any]] = {"dingtalk": dingtalk, "wecom": aibot}


@pytest.fixture(params=SIDES)
async def side(request: pytest.FixtureRequest, world: World, product: Product) -> AsyncIterator[Side]:
    async with SIDES[request.param](world, product) as found:
        await found.channel.start(product)
        await found.connected()
        yield found
        await found.channel.stop()


@pytest.mark.parametrize("name", TEXTS)
async def test_a_frame_of_any_text(name: str, side: Side, world: World, product: Product, logged: Logged) -> None:
    await side.platform.push_raw(TEXTS[name])
    await hears_on(side, world, product)
    assert said(logged) <= 1, str(logged)[:3000]
    assert "Traceback" not in str(logged)


async def test_a_hundred_in_a_row(side: Side, world: World, product: Product) -> None:
    for text in [*TEXTS.values()] * 4:
        if side.platform.connected:
            await side.platform.push_raw(text)
    await hears_on(side, world, product)


DAMAGE: dict[str, Callable[[dict[str, Any]], Any]] = {
    "deep data": lambda frame: frame | {"data": nested(DEEP)},
    "data deep enough to be parsed": lambda frame: frame | {"data": nested(900, '{"text":', "1", "}")},
    "data that is none": lambda frame: frame | {"data": None},
    "data that is null": lambda frame: frame | {"data": "null"},
    "data that is a table": lambda frame: frame | {"data": {"text": 1}},
    "data of numbers": lambda frame: frame | {"data": json.dumps({key: 7 for key in json.loads(frame["data"])})},
    "data of lists": lambda frame: frame | {"data": json.dumps({key: [[]] for key in json.loads(frame["data"])})},
    "a moment that is a word": lambda frame: frame | {"headers": frame["headers"] | {"time": "noon"}},
    "an id that is a table": lambda frame: frame | {"headers": frame["headers"] | {"messageId": {"a": 1}}},
    "no id": lambda frame: frame | {"headers": frame["headers"] | {"messageId": None}},
    "a topic that is a list": lambda frame: frame | {"headers": frame["headers"] | {"topic": ["a"]}},
    "a click with deep content": lambda frame: frame
    | {"headers": frame["headers"] | {"topic": "/v1.0/card/instances/callback"}}
    | {"data": json.dumps({"userId": "manager164", "outTrackId": "c1", "content": nested(DEEP)})},
    "a system frame without data": lambda frame: frame | {"type": "SYSTEM", "data": None},
    "an event": lambda frame: frame | {"type": "EVENT", "data": "[" * DEEP},
}


@pytest.mark.parametrize("name", DAMAGE)
async def test_a_damaged_push_of_dingtalk(name: str, world: World, product: Product, logged: Logged) -> None:
    async with dingtalk(world, product) as side:
        await side.channel.start(product)
        await side.connected()
        frame = side.platform.message_frame(world.conversations[side.room], world.people["wang"], "x")
        await side.platform.push_raw(DAMAGE[name](frame))
        await hears_on(side, world, product)
        assert said(logged) <= 1, str(logged)[:3000]
        await side.channel.stop()


async def test_text_that_no_database_takes_arrives_without_it(side: Side, world: World, product: Product) -> None:
    if hasattr(side.platform, "gateway"):
        frame = side.platform.message_frame(world.conversations[side.room], world.people["wang"], "a\x00b\ud800c")
        # The inner text is JSON with escapes, as the outer one is.
        frame["data"] = json.dumps(json.loads(frame["data"]))
    else:
        who = {"from": {"userid": "lisi"}, "chattype": "group", "chatid": "wrBUY", "msgid": "m1", "aibotid": "aib1"}
        body = {**who, "msgtype": "text", "text": {"content": "a\x00b\ud800c"}}
        frame = {"cmd": "aibot_msg_callback", "headers": {"req_id": "r1"}, "body": body}
    await side.platform.push_raw(json.dumps(frame))
    assert "abc" in (await product.hears()).text


async def test_an_acknowledgement_whose_code_is_a_word_is_a_refusal(world: World, product: Product) -> None:
    """The platform answers the ping with it; the connection is made again."""
    async with aibot(world, product) as side:
        await side.channel.start(product)
        await side.connected()
        for code in ("word", {"a": "word"}, None, [1], "9" * 5000):
            side.platform.aibot.spoilt.append({"errcode": code, "errmsg": ["\udfff"]})
            await eventually(lambda: not side.platform.aibot.spoilt)
            await hears_on(side, world, product)
        await side.channel.stop()


# -- replies over HTTP ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("api", ["groupMessage", "createAndDeliver", "accessToken"])
@pytest.mark.parametrize("name", REPLIES)
async def test_a_reply_of_dingtalk(name: str, api: str, world: World, product: Product) -> None:
    async with dingtalk(world, product) as side:
        await only_later_or_never(side.channel, side.platform.faults, api, REPLIES[name], "cidPROD==")
        await side.channel.stop()


@pytest.mark.parametrize("api", ["send", "gettoken"])
@pytest.mark.parametrize("name", REPLIES)
async def test_a_reply_of_wecom(name: str, api: str, world: World) -> None:
    async with test_wecom_app.wecom(world) as (platform, endpoint):
        platform.app_settings.callback_url = "https://plan.example.com/wecom/app/callback"
        channel = test_wecom_app.channel_to(endpoint)
        await only_later_or_never(channel, platform.faults, api, REPLIES[name], "wangwu")
        await channel.stop()


async def only_later_or_never(channel: Channel, faults: Faults, api: str, reply: bytes, room: str) -> None:
    """What a caller may meet is what it knows to handle; after it, the channel works."""
    faults.spoil(reply, 1, api=api)
    for attempt in (channel.put_card(test_dingtalk.delivery(conversation=room)), channel.post(room, "x", "k1")):
        try:
            await attempt
        except (TryLater, Undeliverable):
            continue
    faults.clear()
    await channel.put_card(test_dingtalk.delivery(conversation=room))
    await channel.post(room, "y", "k2")


# -- hands and eyes ---------------------------------------------------------------------------------------------


async def hears_on(side: Side, world: World, product: Product) -> None:
    """What is said after it arrives; while the connection is being made again a platform may lose a message."""
    async with asyncio.timeout(30):
        while True:
            await side.connected()
            await world.say(side.room, side.person, MARK)
            try:
                async with asyncio.timeout(2):
                    while MARK not in (await product.heard.get()).text:
                        continue
                    return
            except TimeoutError:
                continue


def said(logged: Logged) -> int:
    """Lines about something that is wrong."""
    ours = [entry for entry in logged.entries if entry["log_level"] in ("warning", "error")]
    theirs = [
        record
        for record in logged._caplog.records
        if record.levelno >= logging.WARNING and not record.name.startswith(("uvicorn", "asyncio"))
    ]
    return len(ours) + len(theirs)
