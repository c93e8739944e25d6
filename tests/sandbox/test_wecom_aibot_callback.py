"""The aibot in callback mode, answered by an independent crypto: reply in the response, one more by response_url."""

import json
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from wx_crypt import WXBizMsgCrypt, WxChannel_WecomAiBot

from sandbox.directory import one_to_one
from sandbox.server import serving
from sandbox.wecom import WeCom
from sandbox.world import ClickOutcome, Platform, World
from tests.sandbox.conftest import AES_KEY, Clock
from tests.sandbox.http import WeComHttp, notice, template_card

GROUP, SINGLE = "wecom:wr1", "wecom:wangwu"


class JsonAddress:
    def __init__(self) -> None:
        self.crypt = WXBizMsgCrypt("QDG6eK", AES_KEY, "", WxChannel_WecomAiBot)
        self.seal = self.crypt
        self.inner: list[dict[str, Any]] = []
        self.reply: Callable[[], Any] = lambda: None
        self.app = Starlette(routes=[Route("/wecom/aibot/callback", self.answer, methods=["POST"])])

    async def answer(self, request: Request) -> Response:
        query = request.query_params
        stamp = (query["msg_signature"], query["timestamp"], query["nonce"])
        code, inner = self.crypt.DecryptMsg(await request.body(), *stamp)
        if code:
            return PlainTextResponse("", status_code=403)
        self.inner.append(json.loads(inner))
        reply = self.reply()
        if not reply:
            return PlainTextResponse("")
        _, sealed = self.seal.EncryptMsg(json.dumps(reply).encode(), query["nonce"], query["timestamp"])
        return PlainTextResponse(sealed)


@pytest.fixture
async def address(wecom_sim: WeCom) -> AsyncIterator[JsonAddress]:
    made = JsonAddress()
    async with serving(made.app) as url:
        wecom_sim.bot_settings.callback_url = f"{url}/wecom/aibot/callback"
        wecom_sim.aibot_callback.public_url = "http://sandbox"
        yield made


async def test_a_message_is_answered_in_the_reply(world: World, address: JsonAddress) -> None:
    address.reply = lambda: {"msgtype": "template_card", "template_card": template_card()}
    await world.say(GROUP, "wang", "查计划")
    assert address.inner[0]["text"] == {"content": "@通盘 查计划"}
    assert [card.id for card in world.cards_in(GROUP)] == ["c1"]
    address.reply = lambda: {"msgtype": "stream", "stream": {"id": "s", "finish": True, "content": "好"}}
    await world.say(GROUP, "wang", "早会")
    assert world.timeline(GROUP)[-1].text == "好"
    assert world.refusals == []


async def test_a_click_is_answered_in_the_reply(world: World, address: JsonAddress) -> None:
    address.reply = lambda: {"msgtype": "template_card", "template_card": template_card()}
    await world.say(GROUP, "wang", "查计划")
    address.reply = lambda: {"response_type": "update_template_card", "template_card": notice()}
    assert await world.click(GROUP, "wang", "c1", "c1/approve") is ClickOutcome.ANSWERED
    assert address.inner[-1]["event"]["template_card_event"]["event_key"] == "c1/approve"
    assert world.cards["wecom:c1"].face("zhao").title == "W1023 已同意"
    address.reply = lambda: None
    assert await world.click(GROUP, "wang", "c1", "c1/approve") is ClickOutcome.UNANSWERED


@pytest.mark.parametrize(
    "reply",
    [
        {"msgtype": "text", "text": {"content": "x"}},
        {"msgtype": "stream", "stream": {"id": "s", "finish": False, "content": "x"}},
        {"msgtype": "template_card", "template_card": template_card(task_id=None)},
        ["not an object"],
    ],
)
async def test_a_wrong_reply_is_refused(world: World, address: JsonAddress, reply: Any) -> None:
    address.reply = lambda: reply
    await world.say(GROUP, "wang", "查计划")
    assert [refusal["what"] for refusal in world.refusals] == ["aibot reply"]
    assert len(world.entries) == 1


async def test_a_reply_sealed_with_another_token_is_refused(world: World, address: JsonAddress) -> None:
    address.reply = lambda: {"msgtype": "stream", "stream": {"id": "s", "finish": True, "content": "x"}}
    address.seal = WXBizMsgCrypt("another", AES_KEY, "", WxChannel_WecomAiBot)
    await world.say(GROUP, "wang", "查计划")
    assert "signature" in world.refusals[-1]["why"]
    assert len(world.entries) == 1


async def test_a_forged_post_is_recognised(
    world: World, wecom_sim: WeCom, address: JsonAddress
) -> None:
    await world.say(GROUP, "wang", "查计划")
    forged = wecom_sim.aibot_callback.sent[0].forged()
    answer = await forged.post(wecom_sim.bot_settings.callback_url or "", 1)
    assert (answer.status_code, len(address.inner)) == (403, 1)


async def respond(http: WeComHttp, address: JsonAddress, body: dict[str, Any]) -> int:
    answer = await http.client.post(address.inner[-1]["response_url"], json=body)
    code: int = answer.json()["errcode"]
    return code


async def test_a_response_url_answers_once(
    world: World, wecom_http: WeComHttp, address: JsonAddress
) -> None:
    await world.say(GROUP, "wang", "查计划")
    card = {"msgtype": "template_card", "template_card": template_card()}
    words = {"msgtype": "markdown", "markdown": {"content": "**好**"}}
    assert await respond(wecom_http, address, card) == 40008
    assert await respond(wecom_http, address, words) == 0
    assert await respond(wecom_http, address, words) == 40058
    assert world.timeline(GROUP)[-1].text == "**好**"


async def test_a_response_url_takes_a_card_in_a_one_to_one_chat_within_the_hour(
    world: World, clock: Clock, wecom_http: WeComHttp, address: JsonAddress
) -> None:
    one_to_one(world, Platform.WECOM, "wangwu")
    card = {"msgtype": "template_card", "template_card": template_card()}
    await world.say(SINGLE, "wang", "待办")
    clock.move(hours=1)
    assert await respond(wecom_http, address, card) == 40058
    await world.say(SINGLE, "wang", "待办")
    assert await respond(wecom_http, address, card) == 0


async def test_without_a_listener_a_click_is_offline(world: World, address: JsonAddress, wecom_sim: WeCom) -> None:
    address.reply = lambda: {"msgtype": "template_card", "template_card": template_card()}
    await world.say(GROUP, "wang", "查计划")
    wecom_sim.bot_settings.callback_url = "http://127.0.0.1:1/"
    assert await world.click(GROUP, "wang", "c1", "c1/approve") is ClickOutcome.OFFLINE
