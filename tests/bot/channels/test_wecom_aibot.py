"""The aibot's long connection against the simulated WeCom."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from bot.channels.common.channel import Answer, CardDelivery, TryLater, Undeliverable
from bot.channels.wecom.aibot.channel import WeComAibot
from bot.channels.wecom.aibot.socket import Refused, Timing
from sandbox.server import serving
from sandbox.wecom import App, Bot, Limits, WeCom
from sandbox.world import ClickOutcome, World
from tests.bot.channels.conftest import Logged
from tests.bot.channels.product import Product, card, eventually
from tests.bot.channels.wire import wire_to

SECRET = "bot-s3cret-long"
GROUP = "wecom:wrBUY"
QUICK = Timing(ping=0.1, ack=1.0, first_retry=0.02, last_retry=0.1, refused_retry=0.05, refused_last=0.1)


@asynccontextmanager
async def wecom(world: World, **limits: Any) -> AsyncIterator[tuple[WeCom, str]]:
    platform = WeCom(
        world,
        corp_id="ww1",
        app=App(1000002, "app-secret"),
        aibot=Bot("aib1", SECRET, name="通盘"),
        limits=Limits(**limits),
    )
    async with serving(platform.app) as endpoint:
        yield platform, endpoint


def channel_to(endpoint: str, **changes: Any) -> WeComAibot:
    return WeComAibot(
        **{
            "bot_id": "aib1",
            "secret": SECRET,
            "url": "https://plan.example.com",
            "websocket_url": endpoint.replace("http", "ws") + "/ws",
            "timing": QUICK,
            "save_again": (0.01, 0.02),
            **changes,
        }
    )


@pytest.fixture
async def platform(world: World) -> AsyncIterator[tuple[WeCom, str]]:
    async with wecom(world) as running:
        yield running


@pytest.fixture
async def channel(platform: tuple[WeCom, str], product: Product) -> AsyncIterator[WeComAibot]:
    channel = channel_to(platform[1])
    await channel.start(product)
    await eventually(lambda: not channel.trouble())
    yield channel
    product.gate.set()
    await channel.stop()


@pytest.fixture
async def opened(world: World, channel: WeComAibot, product: Product) -> WeComAibot:
    """Somebody has mentioned the bot in the group: from now on it may speak there."""
    await world.say(GROUP, "li", "帮助")
    await product.hears()
    return channel


def delivery(version: int = 1, conversation: str = "wrBUY", **changes: Any) -> CardDelivery:
    return CardDelivery("c1", version, conversation, **{"card": card(), **changes})


def face(world: World, person: str = "wang", version: int = 1) -> Any:
    return world.cards[f"wecom:c1-v{version}"].face(person)


class TestMessages:
    async def test_what_is_said_in_a_group_arrives_as_it_was_said(
        self, world: World, channel: WeComAibot, product: Product
    ) -> None:
        await world.say(GROUP, "li", "推迟 PO-7 3天 因为 供应商")
        event = await product.hears()
        assert (event.conversation, event.bot, event.user_id) == (GROUP, "aib1", "lisi")
        assert (event.text, event.single) == ("@通盘 推迟 PO-7 3天 因为 供应商", False)
        assert abs((event.at - world.now()).total_seconds()) < 60

    async def test_a_one_to_one_chat_is_named_by_the_person(
        self, world: World, channel: WeComAibot, product: Product
    ) -> None:
        await world.say("wecom:lisi", "li", "待办 @王五")
        event = await product.hears()
        assert (event.conversation, event.single, event.text) == ("wecom:lisi", True, "待办 @王五")

    async def test_an_outsider_is_not_the_employee_of_the_same_id(
        self, world: World, channel: WeComAibot, product: Product
    ) -> None:
        world.conversations[GROUP].members.append("fake")
        await world.say(GROUP, "fake", "同意 12")
        assert (await product.hears()).user_id not in ("", "wangwu")

    async def test_what_could_not_be_saved_is_tried_again(
        self, world: World, channel: WeComAibot, product: Product
    ) -> None:
        product.failures = 2
        await world.say(GROUP, "li", "计划")
        assert (await product.hears()).text == "@通盘 计划"

    async def test_the_person_is_told_when_it_is_lost(
        self, world: World, channel: WeComAibot, product: Product
    ) -> None:
        product.failures = 3
        await world.say(GROUP, "li", "计划")
        rows = await eventually(lambda: [row for row in world.timeline(GROUP) if row.sender == "bot"])
        assert [row.text for row in rows] == ["这条消息没有记下来，请再发一次。"]

    async def test_a_slow_message_holds_nobody_up(
        self, world: World, channel: WeComAibot, product: Product
    ) -> None:
        product.gate.clear()
        await world.say(GROUP, "li", "计划")
        await product.entered.wait()
        await channel.post("wrBUY", "别的消息照发", "k1")
        product.gate.set()
        assert (await product.hears()).text == "@通盘 计划"

    @pytest.mark.parametrize(
        "frame",
        [
            [],
            {"headers": {"req_id": "nobody-waits"}, "errcode": 0},
            {"cmd": "aibot_msg_callback", "headers": {}, "body": {}},
            {"cmd": "aibot_msg_callback", "body": []},
            {"cmd": "aibot_event_callback", "headers": [], "body": {"msgtype": "event", "event": []}},
            {"cmd": "x", "body": {"msgtype": "event", "event": {"eventtype": "template_card_event"}}},
        ],
    )
    async def test_garbage_does_no_harm(
        self, world: World, platform: tuple[WeCom, str], channel: WeComAibot, product: Product, frame: object
    ) -> None:
        await platform[0].push_raw(frame)
        await world.say(GROUP, "li", "帮助")
        assert (await product.hears()).text == "@通盘 帮助"


class TestClicks:
    async def test_a_click_is_answered_for_everybody(
        self, world: World, opened: WeComAibot, product: Product
    ) -> None:
        await opened.put_card(delivery())
        product.answer = lambda event: Answer(card(closed=True), event.wire_id, card_id="c1", version=2)
        assert await world.click(GROUP, "li", "c1-v1", "c1/approve") is ClickOutcome.ANSWERED
        event = await product.sees_click()
        assert (event.user_id, event.wire_id, event.action) == ("lisi", "c1-v1", "c1/approve")
        assert (event.conversation, event.bot) == (GROUP, "aib1")
        assert face(world, "li").buttons == face(world, "wang").buttons == ()
        assert world.refusals == []
        assert len(await eventually(lambda: product.arrived)) == 1

    async def test_or_only_for_the_person_who_pressed(
        self, world: World, opened: WeComAibot, product: Product
    ) -> None:
        await opened.put_card(delivery())
        product.answer = lambda event: Answer(card(title="请选原因"), event.wire_id, everyone=False)
        assert await world.click(GROUP, "li", "c1-v1", "c1/reject") is ClickOutcome.ANSWERED
        assert face(world, "li").title == "请选原因"
        assert face(world, "wang").title == "变更 12：MO-1023 交期"
        assert product.arrived == []

    async def test_a_late_answer_is_not_sent_but_the_click_counts(self, world: World, product: Product) -> None:
        async with wecom(world, click_seconds=0.3) as (platform, endpoint):
            channel = channel_to(endpoint, click_seconds=0.1)
            await channel.start(product)
            await eventually(lambda: not channel.trouble())
            await world.say(GROUP, "li", "帮助")
            await product.hears()
            await channel.put_card(delivery())
            product.answer = lambda event: Answer(card(closed=True), event.wire_id, card_id="c1", version=2)
            product.gate.clear()
            assert await world.click(GROUP, "li", "c1-v1", "c1/approve") is ClickOutcome.UNANSWERED
            product.gate.set()
            await product.sees_click()
            await channel.stop()
            assert world.refusals == []
            assert [frame["cmd"] for frame in platform.aibot.received if "update" in frame["cmd"]] == []
            assert product.arrived == [], "the product sends it as a card"

    async def test_a_click_that_could_not_be_saved_at_once(
        self, world: World, opened: WeComAibot, product: Product
    ) -> None:
        await opened.put_card(delivery())
        product.failures = 1
        product.answer = lambda event: Answer(card(closed=True), event.wire_id, card_id="c1", version=2)
        assert await world.click(GROUP, "li", "c1-v1", "c1/approve") is ClickOutcome.ANSWERED


class TestCards:
    async def test_a_later_version_is_a_new_card(self, world: World, opened: WeComAibot) -> None:
        first = await opened.put_card(delivery())
        second = await opened.put_card(delivery(2, card=card(closed=True), shown=True))
        assert (first.wire_id, second.wire_id) == ("c1-v1", "c1-v2")
        assert [shown.id for shown in world.cards_in(GROUP)] == ["c1-v1", "c1-v2"]
        assert [button.action for button in face(world).buttons] == ["c1/approve", "c1/reject"]
        assert face(world, version=2).buttons == ()
        assert world.refusals == []

    async def test_the_same_version_again_doubles_nothing(self, world: World, opened: WeComAibot) -> None:
        await opened.put_card(delivery())
        assert (await opened.put_card(delivery())).wire_id == "c1-v1"
        assert len(world.cards_in(GROUP)) == 1

    async def test_to_one_person(self, world: World, channel: WeComAibot, product: Product) -> None:
        await world.say("wecom:lisi", "li", "待办")
        await product.hears()
        await channel.put_card(delivery(conversation="lisi"))
        assert len(world.cards_in("wecom:lisi")) == 1

    async def test_where_nobody_has_spoken_yet(self, channel: WeComAibot) -> None:
        with pytest.raises(Undeliverable, match="企业微信不许机器人先开口（93001）：请在这个群里 @ 机器人一次"):
            await channel.put_card(delivery())

    async def test_too_many_in_a_minute(self, world: World, product: Product) -> None:
        async with wecom(world, per_minute=2) as (_, endpoint):
            channel = channel_to(endpoint)
            await channel.start(product)
            await eventually(lambda: not channel.trouble())
            await world.say(GROUP, "li", "帮助")
            await channel.post("wrBUY", "一", "k1")
            await channel.post("wrBUY", "二", "k2")
            with pytest.raises(TryLater, match="企业微信嫌太频繁") as caught:
                await channel.post("wrBUY", "三", "k3")
            assert caught.value.seconds == 60.0
            await channel.stop()


class TestPosts:
    async def test_long_messages_are_cut_at_lines(self, world: World, opened: WeComAibot) -> None:
        text = "\n".join(f"- 第 {n} 行 MO-{n:05} 12-05 → 12-08" for n in range(900))
        await opened.post("wrBUY", text, "k1")
        said = [row.text for row in world.timeline(GROUP) if row.sender == "bot"]
        assert len(said) > 1
        assert "\n".join(said) == text

    async def test_without_a_connection(self, world: World) -> None:
        channel = channel_to("http://127.0.0.1:9")
        with pytest.raises(TryLater, match="企业微信智能机器人没有连上"):
            await channel.post("wrBUY", "你好", "k1")
        await channel.stop()


class TestConnection:
    @pytest.mark.parametrize("how", ["cut", "hang_up"])
    async def test_it_comes_back(
        self, world: World, platform: tuple[WeCom, str], channel: WeComAibot, product: Product, how: str
    ) -> None:
        before = platform[0].aibot.socket
        await getattr(platform[0], how)()
        await eventually(lambda: platform[0].connected and platform[0].aibot.socket is not before)
        await eventually(lambda: not channel.trouble())
        await world.say(GROUP, "li", "计划")
        assert (await product.hears()).text == "@通盘 计划"

    async def test_it_notices_a_dead_wire(
        self, platform: tuple[WeCom, str], product: Product
    ) -> None:
        async with wire_to(platform[1]) as (wire, endpoint):
            channel = channel_to(endpoint, timing=Timing(ping=0.05, ack=0.2, first_retry=0.02))
            await channel.start(product)
            await eventually(lambda: not channel.trouble())
            await wire.freeze()
            await eventually(lambda: "0.2 秒内没有应答" in channel.trouble())
            await eventually(lambda: not channel.trouble())
            await channel.stop()

    async def test_it_does_not_fight_for_the_connection(
        self, platform: tuple[WeCom, str], channel: WeComAibot, product: Product
    ) -> None:
        other = channel_to(platform[1])
        await other.start(product)
        await eventually(lambda: "另一个程序" in channel.trouble())
        await eventually(lambda: not other.trouble())
        assert channel._running
        await channel._running
        assert platform[0].aibot.kicked == 1
        await other.stop()

    async def test_a_wrong_secret_is_told_and_tried_slowly(
        self, platform: tuple[WeCom, str], product: Product, world: World
    ) -> None:
        channel = channel_to(platform[1], secret="wrong")
        await channel.start(product)
        await eventually(lambda: "（853000）：核对 wecom.aibot.bot_id 和 secret" in channel.trouble())
        await eventually(lambda: len(world.refusals) >= 2)
        await channel.stop()

    async def test_it_ends_when_it_is_stopped_in_the_moment_it_is_refused(
        self, platform: tuple[WeCom, str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        socket = channel_to(platform[1])._socket
        running = asyncio.create_task(socket.run())

        async def refused() -> None:
            running.cancel()
            raise Refused(853000, "invalid secret")

        monkeypatch.setattr(socket, "_subscribe_and_ping", refused, raising=True)
        ended, _ = await asyncio.wait({running}, timeout=10)
        running.cancel()
        assert ended, "it went on connecting"
        assert running.cancelled()

    async def test_pings_keep_it_alive(self, platform: tuple[WeCom, str], channel: WeComAibot) -> None:
        await eventually(lambda: [f["cmd"] for f in platform[0].aibot.received].count("ping") >= 2)
        assert channel.trouble() == ""

    async def test_checking_throws_nobody_out(self, platform: tuple[WeCom, str], channel: WeComAibot) -> None:
        other = channel_to(platform[1])
        assert await other.check() == ""
        assert await channel_to("http://127.0.0.1:9").check() != ""
        assert (platform[0].aibot.kicked, channel.trouble()) == (0, "")

    async def test_stopping_answers_what_is_under_way(
        self, world: World, platform: tuple[WeCom, str], product: Product
    ) -> None:
        channel = channel_to(platform[1])
        await channel.start(product)
        await eventually(lambda: not channel.trouble())
        product.gate.clear()
        await world.say(GROUP, "li", "计划")
        await product.entered.wait()
        product.gate.set()
        await channel.stop()
        assert product.heard.qsize() == 1


class TestSecrets:
    async def test_none_is_ever_logged_or_told(
        self, world: World, platform: tuple[WeCom, str], logged: Logged, product: Product
    ) -> None:
        wrong = channel_to(platform[1], secret="wrong-s3cret")
        await wrong.start(product)
        await eventually(lambda: "853000" in wrong.trouble())
        told = [wrong.trouble()]
        await wrong.stop()
        channel = channel_to(platform[1])
        await channel.start(product)
        await eventually(lambda: not channel.trouble())
        product.failures = 3
        await world.say(GROUP, "li", "计划")
        await eventually(lambda: "aibot_event_failed" in logged.actions)
        with pytest.raises(Undeliverable) as caught:
            await channel.put_card(delivery(conversation="nowhere"))
        told.append(str(caught.value))
        await platform[0].cut()
        await eventually(lambda: channel.trouble())
        told.append(channel.trouble())
        await channel.stop()
        assert {"aibot_connected", "aibot_connection_failed"} <= set(logged.actions)
        assert [secret for secret in (SECRET, "wrong-s3cret") if secret in f"{logged} {told}"] == []
