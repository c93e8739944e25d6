"""The self-built app against the simulated WeCom: real encryption, real sockets."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest
from fastapi import FastAPI
from wx_crypt import WXBizMsgCrypt, WxChannel_Wecom

from bot.channels.common.channel import Answer, CardDelivery, TryLater, Undeliverable
from bot.channels.wecom.app.channel import WeComApp
from bot.channels.wecom.seal import Forged, Seal, Stamp
from sandbox.server import serving
from sandbox.wecom import App, Bot, Limits, WeCom
from sandbox.wecom.signed import Signed
from sandbox.world import ClickOutcome, Conversation, Person, World
from sandbox.world import Platform as Where
from tests.bot.channels.conftest import Logged
from tests.bot.channels.product import Product, card, eventually

SECRET, TOKEN = "app-s3cret-long", "callback-t0ken"
AES_KEY = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C"
WINDOW = "wecom-app:wangwu"


@asynccontextmanager
async def wecom(world: World, **limits: Any) -> AsyncIterator[tuple[WeCom, str]]:
    platform = WeCom(
        world,
        corp_id="ww1",
        app=App(1000002, SECRET, token=TOKEN, aes_key=AES_KEY),
        aibot=Bot("aib1", "bot-secret"),
        parties={"2": ["wangwu", "lisi"]},
        limits=Limits(**limits),
    )
    async with serving(platform.app) as endpoint:
        yield platform, endpoint


@asynccontextmanager
async def served(platform: WeCom, endpoint: str, product: Product, **changes: Any) -> AsyncIterator[WeComApp]:
    """The channel behind a server of its own, known to the platform."""
    channel = channel_to(endpoint, **changes)
    site = FastAPI()
    site.include_router(channel.router)
    async with serving(site) as address:
        platform.app_settings.callback_url = f"{address}/wecom/app/callback"
        await channel.start(product)
        yield channel
        product.gate.set()
        await channel.stop()


def channel_to(endpoint: str, **changes: Any) -> WeComApp:
    return WeComApp(
        **{
            "corp_id": "ww1",
            "agent_id": 1000002,
            "secret": SECRET,
            "token": TOKEN,
            "encoding_aes_key": AES_KEY,
            "url": "https://plan.example.com",
            "endpoint": endpoint,
            **changes,
        }
    )


@pytest.fixture
async def platform(world: World) -> AsyncIterator[tuple[WeCom, str]]:
    world.open(Conversation(Where.WECOM_APP, "lisi", "李四", ["li"], single=True))
    async with wecom(world) as running:
        yield running


@pytest.fixture
async def channel(platform: tuple[WeCom, str], product: Product) -> AsyncIterator[WeComApp]:
    async with served(*platform, product) as channel:
        yield channel


def delivery(version: int = 1, conversation: str = "wangwu", **changes: Any) -> CardDelivery:
    return CardDelivery("c1", version, conversation, **{"card": card(), **changes})


def face(world: World, person: str = "wang", version: int = 1) -> Any:
    return world.cards[f"wecom-app:c1-v{version}"].face(person)


class TestMessages:
    async def test_what_is_said_arrives_once(
        self, world: World, platform: tuple[WeCom, str], channel: WeComApp, product: Product
    ) -> None:
        await world.say(WINDOW, "wang", "待办 <&> ]]>")
        event = await product.hears()
        assert (event.conversation, event.bot, event.user_id) == (WINDOW, "1000002", "wangwu")
        assert (event.text, event.single) == ("待办 <&> ]]>", True)
        assert event.event_id.isdecimal()
        assert (platform[0].callback.attempts, world.refusals) == (1, [])

    async def test_what_could_not_be_saved_comes_again(
        self, world: World, platform: tuple[WeCom, str], channel: WeComApp, product: Product
    ) -> None:
        product.failures = 2
        await world.say(WINDOW, "wang", "待办")
        assert (await product.hears()).text == "待办"
        assert platform[0].callback.attempts == 3

    async def test_slow_saving_is_not_done_twice(self, world: World, product: Product) -> None:
        async with wecom(world, callback_seconds=2.0) as (platform, endpoint):
            async with served(platform, endpoint, product, answer_seconds=0.05):
                product.gate.clear()
                await world.say(WINDOW, "wang", "待办")
                assert platform.callback.attempts == 3
                product.gate.set()
                await product.hears()
                assert await platform.replay_callback() == [200]
                assert product.heard.empty()

    async def test_before_the_start_nothing_is_taken(
        self, world: World, platform: tuple[WeCom, str], channel: WeComApp, product: Product
    ) -> None:
        channel._inbound = None
        assert channel.trouble() == "企业微信还没有启动连接"
        await world.say(WINDOW, "wang", "待办")
        assert await platform[0].replay_callback() == [503]


class TestTheDoor:
    async def test_the_console_can_check_the_address(self, platform: tuple[WeCom, str], channel: WeComApp) -> None:
        assert await platform[0].verify_callback()

    async def test_a_forged_signature(
        self, world: World, platform: tuple[WeCom, str], channel: WeComApp, product: Product, logged: Logged
    ) -> None:
        signed = platform[0].self_built.message(world.people["wang"], "同意 12")
        assert await platform[0].post_callback(signed.forged()) == 403
        assert "wecom_callback_refused" in logged.actions
        assert product.heard.empty()

    async def test_a_replay_changes_nothing(
        self, world: World, platform: tuple[WeCom, str], channel: WeComApp, product: Product
    ) -> None:
        await world.say(WINDOW, "wang", "同意 12")
        await product.hears()
        assert await platform[0].replay_callback(3) == [200, 200, 200]
        assert product.heard.empty()

    async def test_an_old_recording(self, world: World, platform: tuple[WeCom, str], product: Product) -> None:
        signed = platform[0].self_built.message(world.people["wang"], "同意 12")
        late = world.now().timestamp() + 301
        seal = Seal(TOKEN, AES_KEY, "ww1")
        stamp = Stamp(signed.signature, signed.timestamp, signed.nonce)
        encrypted = signed.body.partition("<Encrypt><![CDATA[")[2].partition("]]>")[0]
        assert "同意 12" in seal.open(encrypted, stamp, late - 10)
        with pytest.raises(Forged, match="too old"):
            seal.open(encrypted, stamp, late + 10)

    async def test_another_company(
        self, world: World, platform: tuple[WeCom, str], channel: WeComApp, product: Product
    ) -> None:
        """Somebody who knows our token and key, but whose messages are for another corp."""
        other = WeCom(World(), corp_id="ww2", app=platform[0].app_settings, aibot=Bot("x", "y"))
        signed = other.self_built.message(Person("w", "王", wecom="wangwu"), "同意 12")
        assert await platform[0].post_callback(signed) == 403
        assert product.heard.empty()

    @pytest.mark.parametrize(
        "body",
        [
            "",
            "not xml",
            "<xml/>",
            "<xml><Encrypt>AAAA</Encrypt></xml>",
            '<!DOCTYPE x [<!ENTITY a "b">]><xml><Encrypt>&a;</Encrypt></xml>',
            "<xml><Encrypt>" + "A" * 300_000 + "</Encrypt></xml>",
        ],
    )
    async def test_garbage(
        self, world: World, platform: tuple[WeCom, str], channel: WeComApp, product: Product, body: str
    ) -> None:
        signed = platform[0].self_built.message(world.people["wang"], "待办")
        assert await platform[0].post_callback(replace(signed, body=body)) in (400, 403)
        await world.say(WINDOW, "wang", "待办")
        assert (await product.hears()).text == "待办"

    async def test_rightly_signed_rubbish(self, platform: tuple[WeCom, str], channel: WeComApp, world: World) -> None:
        for encrypted, status in (("AAAA", 403), ("not base64!", 400), ("A" * 64, 403)):
            crypto = platform[0].callback._crypto
            stamp = str(int(world.now().timestamp())), "1"
            signature = crypto.sign(*stamp, encrypted)
            body = f"<xml><Encrypt>{encrypted}</Encrypt></xml>"
            assert await platform[0].post_callback(Signed(signature, *stamp, body, "text/xml")) == status

    def test_the_public_vector(self) -> None:
        """WeCom's own sample, as it is published."""
        seal = Seal("QDG6eK", AES_KEY, "wx5823bf96d3bd56c7")
        stamp = Stamp("5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3", "1409659589", "263014780")
        echo = "P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ=="
        assert seal.open(echo, stamp, 1409659600.0) == "1616140317555161061"

    def test_an_independent_implementation_reads_what_we_seal(self) -> None:
        sealed = Seal(TOKEN, AES_KEY, "ww1").close("<xml>变更 12</xml>", 1409659589, "7")
        theirs = WXBizMsgCrypt(TOKEN, AES_KEY, "ww1", WxChannel_Wecom)
        stamp = sealed.stamp
        code, text = theirs.VerifyURL(stamp.signature, stamp.timestamp, stamp.nonce, sealed.encrypted)
        assert (code, text.decode()) == (0, "<xml>变更 12</xml>")

    def test_a_wrong_key_is_told_at_the_start(self) -> None:
        with pytest.raises(ValueError, match="43 characters"):
            channel_to("http://127.0.0.1:9", encoding_aes_key="abc=")


class TestClicks:
    async def test_a_click_is_answered_for_the_person_who_pressed(
        self, world: World, channel: WeComApp, product: Product
    ) -> None:
        await channel.put_card(delivery(conversation="wangwu|lisi"))
        product.answer = lambda event: Answer(card(closed=True), event.wire_id)
        assert await world.click(WINDOW, "wang", "c1-v1", "c1/approve") is ClickOutcome.ANSWERED
        event = await product.sees_click()
        assert (event.user_id, event.wire_id, event.action) == ("wangwu", "c1-v1", "c1/approve")
        assert event.event_id.startswith("wangwu-")
        assert face(world, "wang").buttons == ()
        assert face(world, "wang").facts == (("截止", "12-01 18:00"),)
        assert face(world, "li").buttons != ()
        await channel.put_card(delivery(2, "wangwu|lisi", card=card(closed=True), shown=True, handle=event.handle))
        assert face(world, "li").buttons == ()
        assert world.refusals == []

    async def test_an_answer_in_time_is_noted(self, world: World, channel: WeComApp, product: Product) -> None:
        await channel.put_card(delivery())
        product.answer = lambda event: Answer(card(closed=True), event.wire_id, False, "c1", 2)
        await world.click(WINDOW, "wang", "c1-v1", "c1/approve")
        assert [answer.version for answer in product.arrived] == [2]

    async def test_an_answer_too_late_is_not(
        self, world: World, platform: tuple[WeCom, str], product: Product
    ) -> None:
        product.answer = lambda event: Answer(card(closed=True), event.wire_id, False, "c1", 2)
        async with served(*platform, product, answer_seconds=0.05) as channel:
            await channel.put_card(delivery())
            product.gate.clear()
            clicking = asyncio.create_task(world.click(WINDOW, "wang", "c1-v1", "c1/approve"))
            await eventually(lambda: platform[0].callback.attempts == 3)
            product.gate.set()
            await product.sees_click()
            await clicking
        assert product.arrived == []

    async def test_nothing_to_show(self, world: World, channel: WeComApp, product: Product) -> None:
        await channel.put_card(delivery())
        assert await world.click(WINDOW, "wang", "c1-v1", "c1/approve") is ClickOutcome.ANSWERED
        assert face(world).buttons != ()

    async def test_a_click_that_could_not_be_saved_comes_again(
        self, world: World, platform: tuple[WeCom, str], channel: WeComApp, product: Product
    ) -> None:
        await channel.put_card(delivery())
        product.failures = 1
        product.answer = lambda event: Answer(card(closed=True), event.wire_id)
        assert await world.click(WINDOW, "wang", "c1-v1", "c1/approve") is ClickOutcome.ANSWERED
        assert platform[0].callback.attempts == 2


class TestCards:
    async def test_an_update_uses_the_handle_of_the_last_one(self, world: World, channel: WeComApp) -> None:
        first = await channel.put_card(delivery())
        assert first.wire_id == "c1-v1"
        assert first.handle
        second = await channel.put_card(delivery(2, card=card(closed=True), shown=True, handle=first.handle))
        assert (second.wire_id, second.handle) == ("c1-v1", None)
        assert face(world).buttons == ()
        assert len(world.cards_in(WINDOW)) == 1

    async def test_a_used_handle_means_a_new_card(
        self, world: World, channel: WeComApp
    ) -> None:
        first = await channel.put_card(delivery())
        await channel.put_card(delivery(2, shown=True, handle=first.handle))
        third = await channel.put_card(delivery(3, card=card(closed=True), shown=True, handle=first.handle))
        assert third.wire_id == "c1-v3"
        assert [shown.id for shown in world.cards_in(WINDOW)] == ["c1-v1", "c1-v3"]

    async def test_no_handle_means_a_new_card(self, world: World, channel: WeComApp) -> None:
        await channel.put_card(delivery())
        assert (await channel.put_card(delivery(2, shown=True))).wire_id == "c1-v2"

    async def test_a_lost_reply_doubles_nothing(
        self, world: World, platform: tuple[WeCom, str], channel: WeComApp
    ) -> None:
        platform[0].faults.lose_reply(api="send", code=-1)
        with pytest.raises(TryLater):
            await channel.put_card(delivery())
        assert (await channel.put_card(delivery())).wire_id == "c1-v1"
        assert len(world.cards_in(WINDOW)) == 1

    async def test_to_a_department(self, world: World, channel: WeComApp) -> None:
        await channel.put_card(delivery(conversation="party:2"))
        assert len(world.cards_in(WINDOW)) == len(world.cards_in("wecom-app:lisi")) == 1

    async def test_to_nobody_we_know(self, channel: WeComApp) -> None:
        with pytest.raises(Undeliverable, match="收件人都不在应用的可见范围（81013）：nobody"):
            await channel.put_card(delivery(conversation="nobody"))

    async def test_some_receivers_are_unknown(self, world: World, channel: WeComApp, logged: Logged) -> None:
        await channel.put_card(delivery(conversation="wangwu|nobody"))
        assert "wecom_invalid_receivers" in logged.actions


class TestPosts:
    async def test_markdown_in_pieces(self, world: World, channel: WeComApp) -> None:
        text = "\n".join(f"- 第 {n} 行 MO-{n:05} 12-05 → 12-08" for n in range(100))
        await channel.post("wangwu", text, "k1")
        said = [row.text for row in world.timeline(WINDOW)]
        assert len(said) > 1
        assert "\n".join(said) == text


class TestFailures:
    async def test_an_expired_token_is_fetched_again_once(
        self, platform: tuple[WeCom, str], channel: WeComApp
    ) -> None:
        await channel.post("wangwu", "一", "k1")
        platform[0].expire_tokens()
        await channel.post("wangwu", "二", "k2")
        assert platform[0].calls["gettoken"] == 2

    async def test_a_token_that_stays_bad_ends(self, platform: tuple[WeCom, str], channel: WeComApp) -> None:
        platform[0].faults.fail(2, api="send", code=40014)
        with pytest.raises(TryLater, match="企业微信不认这个应用（40014）"):
            await channel.post("wangwu", "一", "k1")
        assert platform[0].calls["send"] == 2

    @pytest.mark.parametrize(
        ("code", "seconds", "sentence"),
        [
            (45009, 60.0, "企业微信嫌太频繁（message/send：45009）"),
            (45033, None, "企业微信暂时忙"),
            (-1, None, "企业微信暂时忙"),
            (60020, 60.0, "企业微信不信任本机的出口 IP"),
        ],
    )
    async def test_what_passes(
        self, platform: tuple[WeCom, str], channel: WeComApp, code: int, seconds: float | None, sentence: str
    ) -> None:
        platform[0].faults.fail(api="send", code=code)
        with pytest.raises(TryLater) as caught:
            await channel.put_card(delivery())
        assert str(caught.value).startswith(sentence)
        assert caught.value.seconds == seconds
        await channel.put_card(delivery())
        assert channel.trouble() == ""

    async def test_what_does_not_pass(self, platform: tuple[WeCom, str], channel: WeComApp) -> None:
        platform[0].faults.fail(api="send", code=40056)
        with pytest.raises(Undeliverable, match="企业微信拒绝了message/send：40056 ordered fault"):
            await channel.post("wangwu", "一", "k1")

    async def test_a_gateway_in_between(self, platform: tuple[WeCom, str], channel: WeComApp) -> None:
        platform[0].faults.fail(api="send", status=502)
        with pytest.raises(TryLater, match="HTTP 502"):
            await channel.post("wangwu", "一", "k1")

    async def test_a_wrong_secret_is_told(self, platform: tuple[WeCom, str], channel: WeComApp) -> None:
        wrong = channel_to(platform[1], secret="wrong")
        assert "核对 wecom.corp_id 和 wecom.app.secret" in await wrong.check()
        assert await channel.check() == ""
        await wrong.stop()


class TestSecrets:
    async def test_none_is_ever_logged_or_told(
        self, world: World, platform: tuple[WeCom, str], channel: WeComApp, logged: Logged, product: Product
    ) -> None:
        told = []
        await channel.post("wangwu", "一", "k1")
        first = await channel._api.token.get()
        platform[0].expire_tokens()
        await channel.post("wangwu", "二", "k2")
        for fault in ({"code": 45009}, {"status": 502}, {"code": 40056}):
            platform[0].faults.fail(api="send", **fault)
            with pytest.raises((TryLater, Undeliverable)) as caught:
                await channel.post("wangwu", "三", "k3")
            told.append(repr(caught.value) + repr(caught.value.__cause__))
        wrong = channel_to("http://127.0.0.1:9", secret="wrong-s3cret")
        told.append(await wrong.check())
        await wrong.stop()
        await platform[0].post_callback(platform[0].self_built.message(world.people["wang"], "x").forged())
        product.failures = 1
        await world.say(WINDOW, "wang", "待办")
        await product.hears()
        await eventually(lambda: "wecom_callback_failed" in logged.actions)
        everything = f"{logged} {told}"
        hidden = [SECRET, "wrong-s3cret", TOKEN, AES_KEY, first, await channel._api.token.get()]
        assert [secret for secret in hidden if secret in everything] == []
        assert "/cgi-bin/message/send" in everything
