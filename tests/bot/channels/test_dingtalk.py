"""DingTalk through the real SDK, against the simulated platform: what people do there, and what they get to see."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.channels.common.access_token import ATTEMPTS
from bot.channels.common.channel import Answer, CardDelivery, TryLater, Undeliverable
from bot.channels.dingtalk import events
from bot.channels.dingtalk.channel import DingTalk
from sandbox.dingtalk import DingTalk as Platform
from sandbox.dingtalk import Limits
from sandbox.server import serving
from sandbox.world import ClickOutcome, World
from tests.bot.channels.conftest import Logged
from tests.bot.channels.product import Product, card, eventually
from tests.bot.channels.wire import wire_to

SECRET = "s3cret-of-the-app"
ROOM = "dingtalk:cidPROD=="
AT = datetime(2026, 11, 30, 1, tzinfo=UTC)


@asynccontextmanager
async def dingtalk(world: World, **limits: Any) -> AsyncIterator[tuple[Platform, str]]:
    platform = Platform(
        world,
        client_id="dingapp",
        client_secret=SECRET,
        robot_code="dingrobot",
        template_ids={"plan.schema"},
        limits=Limits(**{"redelivery_seconds": 0.2, **limits}),
    )
    async with serving(platform.app) as endpoint:
        yield platform, endpoint


def channel_to(endpoint: str, **changes: Any) -> DingTalk:
    return DingTalk(
        **{
            "client_id": "dingapp",
            "client_secret": SECRET,
            "robot_code": "dingrobot",
            "card_template_id": "plan.schema",
            "endpoint": endpoint,
            **changes,
        }
    )


@pytest.fixture
async def platform(world: World) -> AsyncIterator[tuple[Platform, str]]:
    async with dingtalk(world) as running:
        yield running


@pytest.fixture
async def channel(platform: tuple[Platform, str], product: Product) -> AsyncIterator[DingTalk]:
    channel = channel_to(platform[1])
    await channel.start(product)
    await eventually(lambda: platform[0].connected == 1 and not channel.trouble())
    yield channel
    product.gate.set()
    await channel.stop()


def delivery(version: int = 1, conversation: str = "cidPROD==", **changes: Any) -> CardDelivery:
    return CardDelivery("c1", version, conversation, **{"card": card(), **changes})


def face(world: World, person: str = "li") -> Any:
    return world.cards["dingtalk:c1"].face(person)


class TestMessages:
    async def test_what_is_said_in_a_group_arrives_once(
        self, world: World, platform: tuple[Platform, str], channel: DingTalk, product: Product
    ) -> None:
        await world.say(ROOM, "wang", "改期 MO-1023 +2天")
        event = await product.hears()
        assert (event.conversation, event.bot, event.user_id) == (ROOM, "dingrobot", "manager164")
        assert (event.text, event.single) == ("改期 MO-1023 +2天", False)
        sent = platform[0].gateway.delivered[-1]
        assert event.delivery_id == sent["headers"]["messageId"]
        assert event.event_id.startswith("msg")
        assert abs((event.at - world.now()).total_seconds()) < 60
        await eventually(lambda: not channel._inbox.work)
        assert len(platform[0].gateway.delivered) == 1
        assert world.refusals == []

    async def test_a_one_to_one_chat_is_named_by_the_person(
        self, world: World, channel: DingTalk, product: Product
    ) -> None:
        await world.say("dingtalk:manager164", "wang", "待办")
        event = await product.hears()
        assert (event.conversation, event.single) == ("dingtalk:user:manager164", True)

    async def test_an_outsider_has_no_identity(self, world: World, channel: DingTalk, product: Product) -> None:
        await world.say(ROOM, "fake", "同意 12")
        assert (await product.hears()).user_id == ""

    async def test_what_could_not_be_saved_comes_again(
        self, world: World, platform: tuple[Platform, str], channel: DingTalk, product: Product
    ) -> None:
        product.failures = 2
        await world.say(ROOM, "wang", "改期 MO-1023 +2天")
        event = await product.hears()
        deliveries = platform[0].gateway.delivered
        assert len(deliveries) == 3
        assert {frame["headers"]["messageId"] for frame in deliveries} == {event.delivery_id}

    async def test_a_message_being_saved_survives_the_connection(
        self, world: World, platform: tuple[Platform, str], channel: DingTalk, product: Product
    ) -> None:
        product.gate.clear()
        await world.say(ROOM, "wang", "改期 MO-1023 +2天")
        await product.entered.wait()
        await platform[0].cut()
        await eventually(lambda: platform[0].connected == 0)
        product.gate.set()
        assert (await product.hears()).text == "改期 MO-1023 +2天"

    async def test_text_that_no_database_takes(
        self, world: World, platform: tuple[Platform, str], channel: DingTalk, product: Product
    ) -> None:
        frame = platform[0].message_frame(world.conversations[ROOM], world.people["wang"], "改期 MO-1")
        frame["data"] = frame["data"].replace("改期", "改\\u0000期\\ud83d")
        await platform[0].push_raw(frame)
        assert (await product.hears()).text == "改期 MO-1"

    @pytest.mark.parametrize(
        "frame",
        [
            "not json",
            "[]",
            '{"type":"CALLBACK","headers":{"messageId":"1","topic":"/v1.0/im/bot/messages/get"},"data":"[]"}',
            '{"type":"CALLBACK","headers":{"messageId":"2","topic":"/v1.0/im/bot/messages/get"},"data":"{}"}',
            '{"type":"CALLBACK","headers":{"messageId":"3","topic":"/v1.0/card/instances/callback"},'
            '"data":"{\\"content\\":\\"[\\"}"}',
            '{"type":"SYSTEM","headers":{"messageId":"4","topic":"KEEPALIVE"},"data":""}',
        ],
    )
    async def test_garbage_does_no_harm(
        self, world: World, platform: tuple[Platform, str], channel: DingTalk, product: Product, frame: str
    ) -> None:
        await platform[0].push_raw(frame)
        await world.say(ROOM, "wang", "帮助")
        assert (await product.hears()).text == "帮助"

    async def test_the_news_of_a_spent_quota_is_no_message(
        self, world: World, product: Product
    ) -> None:
        async with dingtalk(world, monthly_calls=0) as (platform, endpoint):
            channel = channel_to(endpoint)
            await channel.start(product)
            await eventually(lambda: platform.connected)
            await world.say(ROOM, "wang", "计划")
            await eventually(lambda: "已用完" in channel.trouble())
            await channel.stop()
        assert product.heard.empty()


class TestClicks:
    async def test_a_click_is_answered_for_the_person_who_pressed(
        self, world: World, channel: DingTalk, product: Product
    ) -> None:
        await channel.put_card(delivery())
        product.answer = lambda event: Answer(card(closed=True), event.wire_id)
        outcome = await world.click(ROOM, "wang", "c1", "c1/reject", {"input": "物料未到"})
        assert outcome is ClickOutcome.ANSWERED
        event = await product.sees_click()
        assert (event.user_id, event.wire_id, event.action) == ("manager164", "c1", "c1/reject")
        assert event.inputs == {"input": "物料未到"}
        assert (event.conversation, event.bot) == (ROOM, "dingrobot")
        assert face(world, "wang").status == "已同意"
        assert face(world, "li").status == "待审批"
        await channel.put_card(delivery(2, card=card(closed=True), shown=True))
        assert face(world, "li").status == "已同意"
        assert face(world, "li").buttons == ()
        assert world.refusals == []

    async def test_an_answer_that_has_left_in_time_is_noted(
        self, world: World, channel: DingTalk, product: Product
    ) -> None:
        await channel.put_card(delivery())
        answers = [Answer(card(closed=True), "c1", False, "c1", version) for version in (0, 2)]
        for answer in answers:
            product.answer = lambda event, answer=answer: answer  # type: ignore[misc]
            assert await world.click(ROOM, "wang", "c1", "c1/approve") is ClickOutcome.ANSWERED
        await eventually(lambda: product.arrived)
        assert product.arrived == answers[1:], "one without a version is nothing to note"

    async def test_nothing_to_show_leaves_the_card_alone(
        self, world: World, channel: DingTalk, product: Product
    ) -> None:
        await channel.put_card(delivery())
        assert await world.click(ROOM, "wang", "c1", "c1/approve") is ClickOutcome.ANSWERED
        assert face(world, "wang").status == "待审批"

    async def test_a_click_in_a_one_to_one_chat(self, world: World, channel: DingTalk, product: Product) -> None:
        await channel.put_card(delivery(conversation="user:manager164"))
        await world.click("dingtalk:manager164", "wang", "c1", "c1/approve")
        assert (await product.sees_click()).conversation == "dingtalk:user:manager164"

    async def test_a_late_answer_is_not_drawn_but_the_click_counts(
        self, world: World, product: Product
    ) -> None:
        async with dingtalk(world, click_seconds=0.3, redelivery_seconds=30) as (platform, endpoint):
            channel = channel_to(endpoint, click_seconds=0.1)
            await channel.start(product)
            await eventually(lambda: platform.connected)
            await channel.put_card(delivery())
            product.answer = lambda event: Answer(card(closed=True), event.wire_id, False, "c1", 2)
            product.gate.clear()
            assert await world.click(ROOM, "wang", "c1", "c1/approve") is ClickOutcome.UNANSWERED
            product.gate.set()
            assert (await product.sees_click()).action == "c1/approve"
            await eventually(lambda: world.refusals)  # the late acknowledgement, which ends the redelivery
            assert face(world, "wang").status == "待审批"
            await channel.stop()
            assert product.arrived == []

    async def test_a_click_that_could_not_be_saved_comes_again(
        self, world: World, platform: tuple[Platform, str], channel: DingTalk, product: Product
    ) -> None:
        await channel.put_card(delivery())
        product.failures = 1
        assert await world.click(ROOM, "wang", "c1", "c1/approve") is ClickOutcome.UNANSWERED
        event = await product.sees_click()
        deliveries = [frame["headers"]["messageId"] for frame in platform[0].gateway.delivered]
        assert deliveries == [event.event_id, event.event_id]

    async def test_without_the_company_in_the_settings_the_product_is_told_which_it_is(
        self, world: World, channel: DingTalk, product: Product
    ) -> None:
        await world.say(ROOM, "wang", "计划")
        assert (await product.hears()).company == "dingcorp"
        await channel.put_card(delivery())
        await world.click(ROOM, "fake", "c1", "c1/approve")
        await world.click(ROOM, "wang", "c1", "c1/reject")
        clicks = [await product.sees_click() for _ in range(2)]
        assert [(click.action, click.company) for click in clicks] == [
            ("c1/approve", "othercorp"), ("c1/reject", "dingcorp")
        ]  # fmt: skip

    @pytest.mark.parametrize("corps", [("x", "x"), ("dingcorp", "x"), ("x", "dingcorp"), ("x", None), (None, "x")])
    async def test_a_message_of_another_company_is_nobodys_whatever_it_says(
        self, corps: tuple[str | None, str | None]
    ) -> None:
        fields = {"chatbotCorpId": corps[0], "senderCorpId": corps[1]}
        frame = {"msgId": "m1", "conversationId": "c", "conversationType": "2", "senderStaffId": "manager164",
                 **{name: corp for name, corp in fields.items() if corp}}  # fmt: skip
        event = events.said(frame, "d1", "robot", AT, "dingcorp")
        assert (event.user_id, event.company) == ("", "")
        ours = events.said(frame | dict.fromkeys(fields, "dingcorp"), "d1", "robot", AT, "dingcorp")
        assert ours.user_id == "manager164"

    async def test_nor_with_the_company_in_the_settings(
        self, world: World, platform: tuple[Platform, str], product: Product
    ) -> None:
        channel = channel_to(platform[1], corp_id="dingcorp")
        await channel.start(product)
        await eventually(lambda: not channel.trouble())
        await channel.put_card(delivery())
        await world.click(ROOM, "fake", "c1", "c1/approve")
        await world.click(ROOM, "wang", "c1", "c1/reject")
        clicks = [await product.sees_click() for _ in range(2)]
        assert [(click.action, click.user_id) for click in clicks] == [("c1/approve", ""), ("c1/reject", "manager164")]
        await channel.stop()


class TestCards:
    async def test_a_card_is_created_then_updated_in_place(
        self, world: World, platform: tuple[Platform, str], channel: DingTalk
    ) -> None:
        delivered = await channel.put_card(delivery(notice="变更 12 等你审批"))
        assert (delivered.wire_id, delivered.handle) == ("c1", None)
        drawn = face(world)
        assert (drawn.title, drawn.status, drawn.tone) == ("变更 12：MO-1023 交期", "待审批", "warn")
        assert [(b.text, b.action, b.style, b.asks) for b in drawn.buttons] == [
            ("同意", "c1/approve", "primary", ""),
            ("驳回", "c1/reject", "danger", "原因"),
        ]
        await channel.put_card(delivery(2, card=card(closed=True), shown=True))
        assert face(world).status == "已同意"
        assert len(world.cards_in(ROOM)) == 1
        assert platform[0].calls["createAndDeliver"] == platform[0].calls["updateCard"] == 1
        body = platform[0].requests[0][1]
        assert body["imGroupOpenSpaceModel"]["notification"]["alertContent"] == "变更 12 等你审批"
        assert world.refusals == []

    async def test_a_card_for_one_person(self, world: World, channel: DingTalk) -> None:
        await channel.put_card(delivery(conversation="user:manager164"))
        assert [shown.id for shown in world.cards_in("dingtalk:manager164")] == ["c1"]

    async def test_a_lost_reply_doubles_nothing(
        self, world: World, platform: tuple[Platform, str], channel: DingTalk
    ) -> None:
        platform[0].faults.lose_reply(api="createAndDeliver")
        with pytest.raises(TryLater):
            await channel.put_card(delivery())
        await channel.put_card(delivery())
        assert len(world.cards_in(ROOM)) == 1

    async def test_a_card_that_has_moved_on_before_it_was_sent_is_one_call(
        self, world: World, platform: tuple[Platform, str], channel: DingTalk
    ) -> None:
        await channel.put_card(delivery(2, card=card(closed=True)))
        assert face(world).status == "已同意"
        assert platform[0].calls["updateCard"] == 0

    async def test_a_newer_version_after_a_lost_reply_is_what_is_shown(
        self, world: World, platform: tuple[Platform, str], channel: DingTalk
    ) -> None:
        platform[0].faults.lose_reply(api="createAndDeliver")
        with pytest.raises(TryLater):
            await channel.put_card(delivery())
        await channel.put_card(delivery(2, card=card(closed=True), tried=True))
        assert face(world).status == "已同意"

    async def test_a_group_without_the_robot(self, channel: DingTalk) -> None:
        with pytest.raises(Undeliverable, match="卡片送不到 dingtalk:cidNOBOT==：机器人不在该会话"):
            await channel.put_card(delivery(conversation="cidNOBOT=="))

    async def test_a_template_that_is_not_ours(self, platform: tuple[Platform, str]) -> None:
        channel = channel_to(platform[1], card_template_id="other.schema")
        with pytest.raises(Undeliverable, match=r"钉钉拒绝了.*createAndDeliver：param.cardTemplateIdInvalid"):
            await channel.put_card(delivery())
        await channel.stop()


class TestPosts:
    async def test_to_a_group_and_to_a_person(self, world: World, channel: DingTalk) -> None:
        await channel.post("cidPROD==", "# 早会\n- MO-1023 今天到期", "k1")
        await channel.post("user:li.si", "请看变更 12", "k2")
        assert [entry.text for entry in world.timeline(ROOM)] == ["# 早会\n- MO-1023 今天到期"]
        assert [entry.text for entry in world.timeline("dingtalk:li.si")] == ["请看变更 12"]

    async def test_a_stranger(self, channel: DingTalk) -> None:
        with pytest.raises(Undeliverable, match="钉钉没有这个成员：nobody"):
            await channel.post("user:nobody", "你好", "k1")

    async def test_a_long_message_goes_on_where_it_was_stopped(self, world: World) -> None:
        text = "\n".join(f'- 第 {n} 行 "MO-{n:05}" 12-05 → 12-08' for n in range(900))
        async with dingtalk(world, qps=1) as (_, endpoint):
            channel = channel_to(endpoint)
            tries = await tries_until_posted(channel, text)
            await channel.post("cidPROD==", text, "k1")
            await channel.stop()
        said = [entry.text for entry in world.timeline(ROOM)]
        assert "\n".join(said) == text
        assert tries == len(said) > 2


async def tries_until_posted(channel: DingTalk, text: str) -> int:
    """Wait as long as the platform asks between two tries, as the outbox does."""
    tries = 1
    while True:
        try:
            await channel.post("cidPROD==", text, "k1")
            return tries
        except TryLater as later:
            tries += 1
            await asyncio.sleep(later.seconds or 0)


async def test_many_cards_at_once_go_no_faster_than_the_platform_takes_them(
    world: World, channel: DingTalk
) -> None:
    cards = [CardDelivery(f"c{n}", 1, "cidPROD==", card(f"c{n}")) for n in range(45)]
    await asyncio.gather(*map(channel.put_card, cards))
    assert world.refusals == []
    assert len(world.cards) == 45


def test_names_that_are_tables_name_nobody() -> None:
    """Of a mention, and of the robot: JSON that no platform sends on purpose."""
    users = [{"staffId": {"a": []}}, {"staffId": "1"}]
    data = {"conversationId": "cid1", "msgId": "m1", "robotCode": {"a": {}}, "atUsers": users}
    assert events.said(data, "d", "r", datetime(2026, 11, 30, tzinfo=UTC)).mentions == ("{'a': []}", "1")


class TestFailures:
    @pytest.mark.parametrize(
        ("status", "code", "seconds", "sentence"),
        [
            (500, "ServiceUnavailable", None, "钉钉暂时忙"),
            (403, "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi", 1.0, "钉钉嫌太频繁"),
            (400, "send.too.fast", 1.0, "钉钉嫌太频繁"),
            (400, "too.many.group", 60.0, "钉钉嫌太频繁"),
            (403, "Forbidden.AccessDenied.ApiCountLimitForOrg", 3600.0, "本企业本月的钉钉 API 次数已用完"),
            (403, "Forbidden.AccessDenied.AccessTokenPermissionDenied", 600.0, "钉钉应用没有这个权限"),
        ],
    )
    async def test_what_passes(
        self, platform: tuple[Platform, str], channel: DingTalk,
        status: int, code: str, seconds: float | None, sentence: str,
    ) -> None:  # fmt: skip
        platform[0].faults.fail(api="createAndDeliver", status=status, code=code)
        with pytest.raises(TryLater, match=sentence) as caught:
            await channel.put_card(delivery())
        assert caught.value.seconds == seconds
        await channel.put_card(delivery())
        assert channel.trouble() == ""

    @pytest.mark.parametrize(
        ("status", "code", "sentence"),
        [
            (403, "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi", "钉钉嫌太频繁"),
            (429, "tooManyRequests", "钉钉暂时忙"),
        ],
    )
    async def test_throttled_where_tokens_are_fetched_is_not_taken_for_wrong_credentials(
        self, platform: tuple[Platform, str], channel: DingTalk, status: int, code: str, sentence: str
    ) -> None:
        platform[0].faults.fail(len(ATTEMPTS), api="accessToken", status=status, code=code)
        with pytest.raises(TryLater, match=sentence) as caught:
            await channel.put_card(delivery())
        assert caught.value.seconds in (None, 1.0)
        assert "client_secret" not in channel.trouble()

    @pytest.mark.parametrize("fault", ["busy", "hangs"])
    async def test_a_token_that_does_not_come_is_fetched_again_at_once(
        self, platform: tuple[Platform, str], channel: DingTalk, fault: str
    ) -> None:
        """All calls wait for it; only the first would be tried again by the outbox."""
        if fault == "busy":
            platform[0].faults.fail(2, api="accessToken", status=503, code="busy")
        else:
            platform[0].faults.hang(api="accessToken", seconds=2 * ATTEMPTS[0])
        await channel.put_card(delivery())
        assert platform[0].calls["accessToken"] == (3 if fault == "busy" else 2)

    async def test_nobody_answers(self) -> None:
        channel = channel_to("http://127.0.0.1:9")
        with pytest.raises(TryLater, match=r"钉钉没有应答（/v1.0/oauth2/accessToken：ConnectError）"):
            await channel.put_card(delivery())
        await channel.stop()

    async def test_an_expired_token_is_fetched_again_once(
        self, platform: tuple[Platform, str], channel: DingTalk
    ) -> None:
        await channel.put_card(delivery())
        platform[0].expire_tokens()
        await channel.put_card(delivery(2, shown=True))
        assert platform[0].calls["accessToken"] == 2

    async def test_a_wrong_secret_is_told(self, platform: tuple[Platform, str], product: Product) -> None:
        channel = channel_to(platform[1], client_secret="wrong")
        assert "核对 dingtalk.client_id 和 client_secret" in await channel.check()
        await channel.start(product)
        await eventually(lambda: "HTTP 400 invalidClientIdOrSecret" in channel.trouble())
        await channel.stop()

    async def test_right_credentials_check_well(self, platform: tuple[Platform, str]) -> None:
        channel = channel_to(platform[1])
        assert await channel.check() == ""
        assert channel.trouble() == "钉钉还没有启动连接"
        await channel.stop()


class TestConnection:
    async def test_it_comes_back_after_a_cut(
        self, world: World, platform: tuple[Platform, str], channel: DingTalk, product: Product
    ) -> None:
        await platform[0].cut()
        await eventually(lambda: platform[0].connected == 0)
        await eventually(lambda: platform[0].connected == 1)
        await world.say(ROOM, "wang", "计划")
        assert (await product.hears()).text == "计划"

    async def test_it_notices_a_dead_wire(
        self, world: World, platform: tuple[Platform, str], product: Product
    ) -> None:
        async with wire_to(platform[1]) as (wire, endpoint):
            channel = channel_to(endpoint, pong_seconds=0.2)
            await channel.start(product)
            await eventually(lambda: not channel.trouble())
            await wire.freeze()
            await eventually(channel.trouble)
            await eventually(lambda: not channel.trouble())
            await channel.stop()

    async def test_an_announced_end_loses_nothing(
        self, world: World, platform: tuple[Platform, str], channel: DingTalk, product: Product
    ) -> None:
        product.gate.clear()
        await world.say(ROOM, "wang", "第一句")
        await product.entered.wait()
        await platform[0].disconnect()
        await eventually(lambda: platform[0].connected == 1)
        await world.say(ROOM, "wang", "第二句")
        product.gate.set()
        assert {(await product.hears()).text, (await product.hears()).text} == {"第一句", "第二句"}
        await eventually(lambda: len(platform[0].gateway.connections) == 1)
        assert platform[0].gateway.lost == []

    async def test_pings_are_echoed(self, platform: tuple[Platform, str], channel: DingTalk, world: World) -> None:
        assert await platform[0].ping() == 1
        assert world.refusals == []

    async def test_stopping_waits_for_what_is_being_saved(
        self, world: World, platform: tuple[Platform, str], product: Product
    ) -> None:
        channel = channel_to(platform[1])
        await channel.start(product)
        await eventually(lambda: platform[0].connected)
        product.gate.clear()
        await world.say(ROOM, "wang", "计划")
        await product.entered.wait()
        product.gate.set()
        await channel.stop()
        assert product.heard.qsize() == 1
        await eventually(lambda: not platform[0].gateway.connections)


class TestSecrets:
    async def test_none_is_ever_logged_or_told(
        self, world: World, platform: tuple[Platform, str], logged: Logged, product: Product
    ) -> None:
        """A life with everything that goes wrong, at the lowest log level."""
        wrong = channel_to(platform[1], client_secret="wrong-s3cret")
        await wrong.start(product)
        told = [await wrong.check()]
        await eventually(lambda: "HTTP 400" in wrong.trouble())
        told.append(wrong.trouble())
        await wrong.stop()
        channel = channel_to(platform[1])
        await channel.start(product)
        await eventually(lambda: platform[0].connected)
        product.failures = 1
        await world.say(ROOM, "wang", "计划")
        await product.hears()
        unknown = platform[0].message_frame(world.conversations[ROOM], world.people["wang"], "你好")
        unknown["headers"]["topic"] = "/v1.0/unknown"
        await platform[0].push_raw(unknown)
        platform[0].expire_tokens()
        platform[0].faults.fail(api="createAndDeliver", status=403, code="Forbidden.AccessDenied.Other")
        with pytest.raises(TryLater) as caught:
            await channel.put_card(delivery())
        told.append(str(caught.value))
        await platform[0].cut()
        await eventually(lambda: platform[0].connected == 0)
        await eventually(lambda: platform[0].connected == 1)
        await channel.stop()
        everything = f"{logged} {told}"
        assert {"dingtalk_connected", "dingtalk_open_failed", "dingtalk_event_failed"} <= set(logged.actions)
        assert "/v1.0/unknown" in everything
        hidden = [SECRET, "wrong-s3cret", *platform[0].tokens._expires, "ticket=", "session="]
        assert [secret for secret in hidden if re.search(rf"{secret}(?!\*\*\*)", everything)] == []
