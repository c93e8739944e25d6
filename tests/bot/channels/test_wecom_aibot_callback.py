"""The aibot in callback mode against the simulated WeCom."""

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest
from fastapi import FastAPI
from wx_crypt import WXBizMsgCrypt, WxChannel_WecomAiBot

from bot.channels.common.channel import Answer, CardDelivery, TryLater, Undeliverable
from bot.channels.wecom.aibot.callback import JsonWrapping, WeComAibotCallback
from bot.channels.wecom.seal import Seal
from sandbox.server import serving
from sandbox.wecom import App, Bot, WeCom
from sandbox.world import ClickOutcome, World
from tests.bot.channels.conftest import Logged
from tests.bot.channels.product import Product, card

TOKEN, AES_KEY = "aibot-t0ken", "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C"
GROUP, CHAT = "wecom:wrBUY", "wecom:lisi"


@pytest.fixture
async def platform(world: World) -> AsyncIterator[WeCom]:
    bot = Bot("aib1", token=TOKEN, aes_key=AES_KEY, callback_url="http://127.0.0.1:9/later")
    platform = WeCom(world, corp_id="ww1", app=App(1000002, "app-secret"), aibot=bot)
    async with serving(platform.app) as endpoint:
        platform.aibot_callback.public_url = endpoint
        yield platform


@pytest.fixture
async def channel(platform: WeCom, product: Product, world: World) -> AsyncIterator[WeComAibotCallback]:
    channel = WeComAibotCallback(
        token=TOKEN, encoding_aes_key=AES_KEY, url="https://plan.example.com", clock=lambda: world.now()
    )
    site = FastAPI()
    site.include_router(channel.router)
    async with serving(site) as address:
        platform.bot_settings.callback_url = f"{address}/wecom/aibot/callback"
        await channel.start(product)
        yield channel
        await channel.stop()


def delivery(conversation: str, version: int = 1, *, closed: bool = False) -> CardDelivery:
    return CardDelivery("c1", version, conversation, card(closed=closed))


async def test_what_is_said_arrives_once(
    world: World, platform: WeCom, channel: WeComAibotCallback, product: Product
) -> None:
    await world.say(GROUP, "li", "推迟 PO-7 3天")
    event = await product.hears()
    assert (event.conversation, event.bot, event.user_id, event.text) == (GROUP, "aib1", "lisi", "@通盘 推迟 PO-7 3天")
    again = await platform.aibot_callback.sent[-1].post(platform.bot_settings.callback_url or "", 5)
    assert again.status_code == 200
    assert product.heard.empty()
    assert world.refusals == []


async def test_one_answer_and_no_second(world: World, channel: WeComAibotCallback, product: Product) -> None:
    await world.say(GROUP, "li", "计划")
    await channel.post("wrBUY", "本周到期 3 项", "k1")
    assert world.timeline(GROUP)[-1].text == "本周到期 3 项"
    with pytest.raises(Undeliverable, match="一小时内回一次：改用长连接"):
        await channel.post("wrBUY", "再说一句", "k2")


async def test_who_speaks_while_an_answer_is_under_way_gets_one_as_well(
    world: World, channel: WeComAibotCallback, product: Product
) -> None:
    async def speaks(response: httpx.Response) -> None:
        if len(world.timeline(CHAT)) < 3:
            await world.say(CHAT, "li", "待办")

    await world.say(CHAT, "li", "计划")
    channel._responses._http.event_hooks = {"response": [speaks]}
    await channel.post("lisi", "本周到期 3 项", "k1")
    await channel.post("lisi", "没有待办", "k2")
    assert [row.text for row in world.timeline(CHAT)] == ["计划", "本周到期 3 项", "待办", "没有待办"]


async def test_nothing_after_an_hour(world: World, channel: WeComAibotCallback, product: Product) -> None:
    await world.say(GROUP, "li", "计划")
    now = world.now
    world.now = lambda: now() + timedelta(minutes=60)
    with pytest.raises(Undeliverable):
        await channel.post("wrBUY", "太晚了", "k1")


async def test_a_long_answer_is_cut(world: World, channel: WeComAibotCallback, product: Product) -> None:
    await world.say(GROUP, "li", "计划")
    await channel.post("wrBUY", "\n".join(f"- 第 {n} 行 12-05 → 12-08" for n in range(2000)), "k1")
    assert world.timeline(GROUP)[-1].text.endswith("\n…")


async def test_a_card_to_one_person_and_its_click(
    world: World, channel: WeComAibotCallback, product: Product
) -> None:
    await world.say(CHAT, "li", "待办")
    assert (await channel.put_card(delivery("lisi"))).wire_id == "c1-v1"
    product.answer = lambda event: Answer(card(closed=True), event.wire_id)
    assert await world.click(CHAT, "li", "c1-v1", "c1/approve") is ClickOutcome.ANSWERED
    assert (await product.sees_click()).user_id == "lisi"
    assert world.cards["wecom:c1-v1"].face("li").buttons == ()
    assert world.refusals == []


async def test_in_a_group_a_card_can_only_be_read(
    world: World, channel: WeComAibotCallback, product: Product
) -> None:
    await world.say(GROUP, "li", "计划")
    with pytest.raises(Undeliverable, match="改用长连接"):
        await channel.put_card(delivery("wrBUY"))
    await channel.put_card(delivery("wrBUY", 2, closed=True))
    assert "已同意" in world.timeline(GROUP)[-1].text


async def test_a_refusal_of_the_platform_keeps_the_answer_for_later(
    world: World, platform: WeCom, channel: WeComAibotCallback, product: Product
) -> None:
    await world.say(GROUP, "li", "计划")
    platform.faults.fail(api="aibotResponse", code=45009)
    with pytest.raises(TryLater, match="企业微信嫌太频繁"):
        await channel.post("wrBUY", "一", "k1")
    await channel.post("wrBUY", "一", "k1")
    assert world.timeline(GROUP)[-1].text == "一"


async def test_an_answer_that_could_not_be_taken_is_kept_whatever_its_body_says(
    world: World, platform: WeCom, channel: WeComAibotCallback, product: Product
) -> None:
    await world.say(GROUP, "li", "计划")
    platform.faults.fail(api="aibotResponse", status=500, code=0)
    with pytest.raises(TryLater, match="HTTP 500"):
        await channel.post("wrBUY", "一", "k1")
    await channel.post("wrBUY", "一", "k1")
    assert world.timeline(GROUP)[-1].text == "一"


@pytest.mark.parametrize("body", ["", "[]", '{"encrypt": 5}', '{"encrypt": "AAAA"}', "not json"])
async def test_garbage_and_forgeries(
    world: World, platform: WeCom, channel: WeComAibotCallback, product: Product, body: str, logged: Logged
) -> None:
    await world.say(GROUP, "li", "计划")
    await product.hears()
    signed, url = platform.aibot_callback.sent[-1], platform.bot_settings.callback_url or ""
    assert (await replace(signed, body=body).post(url, 5)).status_code in (400, 403)
    assert (await signed.forged().post(url, 5)).status_code == 403
    assert product.heard.empty()
    assert TOKEN not in str(logged)
    assert "response_code=" not in str(logged)


def test_an_independent_implementation_reads_our_reply() -> None:
    sealed = Seal(TOKEN, AES_KEY, "").close('{"a":"变更"}', 1409659589, "7")
    reply = json.loads(bytes(JsonWrapping().reply(sealed).body))
    theirs = WXBizMsgCrypt(TOKEN, AES_KEY, "", WxChannel_WecomAiBot)
    stamp = str(reply["timestamp"]), reply["nonce"]
    code, text = theirs.DecryptMsg(json.dumps(reply), reply["msgsignature"], *stamp)
    assert (code, json.loads(text)) == (0, {"a": "变更"})
