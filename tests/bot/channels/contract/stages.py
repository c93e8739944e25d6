"""The four ways to DingTalk and WeCom, and the plain chat."""

import asyncio
from dataclasses import replace
from typing import Any

from bot.channels.dingtalk.platform import DINGTALK
from bot.channels.dingtalk.traits import DINGTALK as DINGTALK_TRAITS
from bot.channels.wecom.platform import WECOM
from bot.channels.wecom.traits import AIBOT, AIBOT_CALLBACK, APP
from sandbox import dingtalk, wecom
from sandbox.wecom import App, Bot, WeCom
from sandbox.world import Person, World
from tests.bot.channels.contract.stage import Stage
from tests.bot.channels.plain.platform import PLAIN, TRAITS
from tests.bot.channels.plain.simulator import PlainChat

AES_KEY = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C"
PUSH = '{"type":"CALLBACK","headers":{"messageId":"%s","topic":"%s"},"data":"%s"}'
CALM = 30.0
SAID, PRESSED = "/v1.0/im/bot/messages/get", "/v1.0/card/instances/callback"


class DingTalkStage(Stage):
    name, platform, traits, room = "dingtalk", DINGTALK, DINGTALK_TRAITS, "dingtalk:cidPROD=="
    strange = "dingtalk:cidPASSING=="

    def __init__(self, world: World, seconds: float | None) -> None:
        super().__init__(world, seconds)
        limits = dingtalk.Limits(redelivery_seconds=0.2 if seconds is None else CALM, click_seconds=seconds or CALM)
        self.simulator = dingtalk.DingTalk(
            world,
            client_id="ding1",
            client_secret="right",
            name=self.robot,
            template_ids={"plan.schema"},
            limits=limits,
        )
        self.app = self.simulator.app

    app: Any = None

    def section(self, endpoint: str) -> dict[str, Any]:
        keys = {"client_id": "ding1", "client_secret": "right", "card_template_id": "plan.schema"}
        return {**keys, "endpoint": endpoint}

    def calm(self, channel: Any) -> None:
        channel._inbox._click_seconds = CALM

    def connected(self) -> bool:
        return self.simulator.connected > 0

    def taken(self, saying: "asyncio.Task[None]") -> bool:
        return bool(self.simulator.gateway.delivered) and self.simulator.taken

    async def again(self) -> None:
        await self.simulator.replay()

    async def garbage(self) -> None:
        kinds = [PUSH % ("1", SAID, "[]"), PUSH % ("2", SAID, "{}"), PUSH % ("3", PRESSED, '{\\"content\\":\\"[\\"}')]
        for frame in ["not json", "[]", *kinds]:
            await self.simulator.push_raw(frame)

    async def cut(self) -> None:
        await self.simulator.cut()


class WeComStage(Stage):
    platform = WECOM
    app: Any = None

    def __init__(self, world: World, seconds: float | None) -> None:
        super().__init__(world, seconds)
        self.bot = Bot("aib1", "right", name=self.robot, token="bot-token", aes_key=AES_KEY)
        self.self_built = App(1000002, "right", token="app-token", aes_key=AES_KEY)
        patient = seconds or CALM
        limits = wecom.Limits(click_seconds=patient, callback_seconds=patient)
        self.simulator = WeCom(world, corp_id="ww1", app=self.self_built, aibot=self.bot, limits=limits)
        self.app = self.simulator.app


class AibotStage(WeComStage):
    name, traits, room = "wecom aibot", AIBOT, "wecom:wrPROD"
    strange = "wecom:wrPASSING"

    def section(self, endpoint: str) -> dict[str, Any]:
        socket = f"{endpoint.replace('http', 'ws', 1)}/ws"
        return {"corp_id": "ww1", "aibot": {"bot_id": "aib1", "secret": "right", "websocket_url": socket}}

    def calm(self, channel: Any) -> None:
        channel._click_seconds = CALM

    def connected(self) -> bool:
        return self.simulator.connected

    async def again(self) -> None:
        await self.simulator.replay()

    async def garbage(self) -> None:
        await self.simulator.push_raw([])
        bodies: list[object] = [[], {}, {"msgtype": "event", "event": {"eventtype": "template_card_event"}}]
        for body in bodies:
            await self.simulator.push_raw({"cmd": "aibot_msg_callback", "headers": {}, "body": body})

    async def cut(self) -> None:
        await self.simulator.cut()


class AibotCallbackStage(WeComStage):
    name, traits, room = "wecom aibot callback", AIBOT_CALLBACK, "wecom:lisi"

    def section(self, endpoint: str) -> dict[str, Any]:
        return {"corp_id": "ww1", "aibot": {"token": "bot-token", "encoding_aes_key": AES_KEY}}

    def calm(self, channel: Any) -> None:
        channel._door._seconds = CALM

    def meets(self, address: str, endpoint: str) -> None:
        self.bot.callback_url = f"{address}/wecom/aibot/callback"
        self.simulator.aibot_callback.public_url = endpoint

    async def again(self) -> None:
        await self.simulator.aibot_callback.sent[-1].post(self.bot.callback_url or "", CALM)

    async def garbage(self) -> None:
        signed = self.simulator.aibot_callback.sealed({})
        for body in ("", "[]", '{"encrypt": 5}', "not json"):
            await replace(signed, body=body).post(self.bot.callback_url or "", CALM)
        await signed.post(self.bot.callback_url or "", CALM)


class AppStage(WeComStage):
    name, traits, room = "wecom app", APP, "wecom-app:lisi"

    def section(self, endpoint: str) -> dict[str, Any]:
        app = {"agent_id": 1000002, "secret": "right", "token": "app-token", "encoding_aes_key": AES_KEY}
        return {"corp_id": "ww1", "endpoint": endpoint, "app": app}

    def calm(self, channel: Any) -> None:
        channel._door._seconds = CALM

    def meets(self, address: str, endpoint: str) -> None:
        self.self_built.callback_url = f"{address}/wecom/app/callback"

    async def again(self) -> None:
        await self.simulator.replay_callback()

    async def garbage(self) -> None:
        signed = self.simulator.self_built.message(self.world.people["li"], "帮助")
        for body in ("", "not xml", "<xml/>", "<xml><Encrypt>AAAA</Encrypt></xml>"):
            await self.simulator.post_callback(replace(signed, body=body))
        await self.simulator.post_callback(self.simulator.callback.sealed({"ToUserName": "ww1", "MsgType": "text"}))


class PlainStage(Stage):
    name, platform, traits, room = "plain", PLAIN, TRAITS, "plain:hall"
    robot, strange = "通盘", "plain:street"  # what stands beside no message is not learnt
    app: Any = None

    def __init__(self, world: World, seconds: float | None) -> None:
        super().__init__(world, seconds)
        self.simulator = PlainChat(world, "right", TRAITS.message_bytes, seconds or CALM)
        self.app = self.simulator.app

    def section(self, endpoint: str) -> dict[str, Any]:
        return {"address": endpoint, "token": "right"}

    def identity(self, person: Person) -> str:
        return person.id

    def meets(self, address: str, endpoint: str) -> None:
        self.simulator.hook = f"{address}/plain/hook"

    async def again(self) -> None:
        await self.simulator.post(self.simulator.sent[-1])

    async def garbage(self) -> None:
        events: list[object] = ["[", [], {}, {"id": 1}, None]
        assert {(await self.simulator.post(event)).status_code for event in events} == {400}
        forged = {"id": 7, "room": "hall", "user": "li", "text": "x"}
        assert (await self.simulator.post(forged, "wrong")).status_code == 403


STAGES: tuple[type[Stage], ...] = (DingTalkStage, AibotStage, AibotCallbackStage, AppStage, PlainStage)
