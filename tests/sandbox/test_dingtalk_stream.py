"""The real SDK on the simulated stream: words in, acknowledgements out, redelivery, disconnects."""

import asyncio
import json
from typing import Any

import httpx
import pytest
import websockets
from dingtalk_stream import AckMessage, DingTalkStreamClient
from dingtalk_stream.chatbot import ChatbotMessage

from sandbox.dingtalk import DingTalk, Limits
from sandbox.server import serving
from sandbox.world import Quote, Quoted, World
from tests.sandbox.conftest import Clock, Served
from tests.sandbox.sdk import SdkBot, connected, until

GROUP = "dingtalk:cid1=="
WHOLE = {Quoted.TEXT, Quoted.MARKDOWN, Quoted.PICTURE, Quoted.FILE}
"""Kinds with all their words in one piece."""
SUBSCRIPTIONS = [{"type": "CALLBACK", "topic": "/v1.0/im/bot/messages/get"}]


@pytest.fixture(autouse=True)
def endpoint(ding: Served[DingTalk], monkeypatch: pytest.MonkeyPatch) -> None:
    """The SDK reads its address from a class attribute."""
    monkeypatch.setattr(
        DingTalkStreamClient, "OPEN_CONNECTION_API", f"{ding.url}/v1.0/gateway/connections/open"
    )


async def test_a_typed_message_reaches_the_sdk(ding: Served[DingTalk], world: World) -> None:
    async with connected(ding.sim) as bot:
        await world.say(GROUP, "wang", "改期 W1023 +2天")
        await until(lambda: bot.messages)
    message = ChatbotMessage.from_dict(bot.messages[0])
    assert message.text.content == " 改期 W1023 +2天"
    assert (message.conversation_id, message.conversation_type) == ("cid1==", "2")
    assert (message.sender_staff_id, message.sender_corp_id) == ("manager164", "dingcorp")
    assert message.is_in_at_list is True
    assert message.session_webhook_expired_time == message.create_at + 5_400_000
    assert world.refusals == []


async def test_mentions_are_taken_out_and_stand_beside_the_text(ding: Served[DingTalk], world: World) -> None:
    async with connected(ding.sim) as bot:
        await world.say(GROUP, "wang", "转交 @赵六 @外人 CR-1 @通盘")
        await until(lambda: bot.messages)
    text, users = bot.messages[0]["text"]["content"], bot.messages[0]["atUsers"]
    assert text.split() == ["转交", "CR-1"]
    assert [user.get("staffId") for user in users] == [None, "user7", None]
    assert users[0]["dingtalkId"] == bot.messages[0]["chatbotUserId"]


@pytest.mark.parametrize("kind", Quoted)
async def test_a_quote_has_its_words_where_its_kind_has_them(
    ding: Served[DingTalk], world: World, kind: Quoted
) -> None:
    async with connected(ding.sim) as bot:
        await world.say(GROUP, "wang", "同意", quoting=Quote(kind, "变更 CR-1"))
        await until(lambda: bot.messages)
    text = bot.messages[0]["text"]
    replied = text["repliedMsg"]
    assert (text["content"], text["isReplyMsg"]) == (" 同意", True)
    assert ("content" in replied) is (kind is not Quoted.SEALED_CARD)
    assert ("变更 CR-1" in str(replied.get("content"))) is (kind in WHOLE)


async def test_a_one_to_one_message_has_no_leading_space_and_an_own_conversation_id(
    ding: Served[DingTalk], world: World
) -> None:
    async with connected(ding.sim) as bot:
        await world.say("dingtalk:manager164", "wang", "待办")
        await until(lambda: bot.messages)
    assert bot.messages[0]["text"] == {"content": "待办"}
    assert bot.messages[0]["conversationType"] == "1"
    assert bot.messages[0]["conversationId"].startswith("cid")


async def test_an_outsider_has_no_staff_id_and_another_corp(ding: Served[DingTalk], world: World) -> None:
    async with connected(ding.sim) as bot:
        await world.say(GROUP, "eve", "查计划")
        await until(lambda: bot.messages)
    assert "senderStaffId" not in bot.messages[0]
    assert bot.messages[0]["senderCorpId"] == "othercorp"


async def one_redelivery_later(bot: SdkBot, world: World) -> None:
    """Returns once a younger frame was redelivered: an older one that was to come again has come by then."""
    bot.on_message = lambda: (AckMessage.STATUS_SYSTEM_EXCEPTION, "")
    await world.say(GROUP, "wang", "标记")
    await until(lambda: said(bot).count(" 标记") == 2)


def said(bot: SdkBot) -> list[str]:
    return [message["text"]["content"] for message in bot.messages]


async def test_an_acknowledged_frame_comes_once(ding: Served[DingTalk], world: World) -> None:
    async with connected(ding.sim) as bot:
        await world.say(GROUP, "wang", "一次")
        await until(lambda: bot.messages)
        await one_redelivery_later(bot, world)
    assert said(bot).count(" 一次") == 1


async def test_a_refused_frame_comes_again_with_the_same_ids_until_it_is_taken(
    ding: Served[DingTalk], world: World
) -> None:
    def third_time() -> tuple[int, Any]:
        return (200 if len(bot.messages) == 3 else 500), "not yet"

    async with connected(ding.sim) as bot:
        bot.on_message = third_time
        await world.say(GROUP, "wang", "三次")
        await until(lambda: len(bot.messages) == 3)
        assert len({message["msgId"] for message in bot.messages}) == 1
        assert len({frame["headers"]["messageId"] for frame in ding.sim.gateway.delivered}) == 1
        await one_redelivery_later(bot, world)
    assert said(bot).count(" 三次") == 3


async def test_a_handler_that_raises_gets_the_frame_again(ding: Served[DingTalk], world: World) -> None:
    def raises() -> tuple[int, Any]:
        raise RuntimeError("the database is away")

    async with connected(ding.sim) as bot:
        bot.on_message = raises
        await world.say(GROUP, "wang", "再来一次")
        await until(lambda: len(bot.messages) == 2)


async def test_an_unacknowledged_frame_moves_to_the_next_connection(ding: Served[DingTalk], world: World) -> None:
    async with connected(ding.sim) as first:
        first.on_message = lambda: (AckMessage.STATUS_SYSTEM_EXCEPTION, "")
        await world.say(GROUP, "wang", "交接")
        await until(lambda: first.messages)
    async with connected(ding.sim) as second:
        await until(lambda: second.messages)
    assert second.messages[0]["msgId"] == first.messages[0]["msgId"]


async def test_deliveries_are_limited(ding: Served[DingTalk], world: World) -> None:
    async with connected(ding.sim) as bot:
        bot.on_message = lambda: (AckMessage.STATUS_SYSTEM_EXCEPTION, "")
        await world.say(GROUP, "wang", "永远不")
        await until(lambda: len(bot.messages) == ding.sim.limits.deliveries)
        await one_redelivery_later(bot, world)
    assert said(bot).count(" 永远不") == ding.sim.limits.deliveries


async def test_what_is_said_while_no_bot_is_connected_is_lost(ding: Served[DingTalk], world: World) -> None:
    await world.say(GROUP, "wang", "有人吗")
    assert len(ding.sim.gateway.lost) == 1


async def test_a_group_without_the_robot_reaches_nobody(ding: Served[DingTalk], world: World) -> None:
    async with connected(ding.sim):
        await world.say("dingtalk:cid2==", "wang", "你好")
        assert ding.sim.gateway.delivered == []


async def test_each_push_goes_to_one_of_several_connections(ding: Served[DingTalk], world: World) -> None:
    async with connected(ding.sim) as one, connected(ding.sim) as two:
        for number in range(40):
            await world.say(GROUP, "wang", str(number))
        await until(lambda: len(one.messages) + len(two.messages) == 40)
    assert one.messages
    assert two.messages


async def test_events_are_pushed_and_acknowledged(ding: Served[DingTalk]) -> None:
    async with connected(ding.sim) as bot:
        push = await ding.sim.push_event("user_leave_org", {"userId": ["user7"]})
        assert push is not None
        assert await push.wait_settled(2)
    assert bot.events[0].headers.event_type == "user_leave_org"


async def test_the_sdk_echoes_pings(ding: Served[DingTalk], world: World) -> None:
    async with connected(ding.sim):
        assert await ding.sim.ping() == 1
    assert world.refusals == []


@pytest.mark.parametrize("end", ["disconnect", "cut"])
async def test_the_sdk_comes_back_after_the_connection_ends(
    ding: Served[DingTalk], world: World, end: str
) -> None:
    async with connected(ding.sim) as bot:
        await getattr(ding.sim, end)()
        await until(lambda: ding.sim.calls["openConnection"] == 2 and ding.sim.connected == 1)
        await world.say(GROUP, "wang", "又来了")
        await until(lambda: bot.messages)
    assert world.refusals == []


async def test_after_a_disconnect_nothing_is_pushed_and_the_socket_closes(
    ding: Served[DingTalk], world: World
) -> None:
    async with raw(ding) as socket:
        await ding.sim.disconnect("persistent connection is timeout")
        assert json.loads(await socket.recv())["headers"]["topic"] == "disconnect"
        await world.say(GROUP, "wang", "太晚了")
        assert len(ding.sim.gateway.lost) == 1
        with pytest.raises(websockets.ConnectionClosedOK):
            await asyncio.wait_for(socket.recv(), 2)


async def test_a_replayed_frame_is_the_same_frame(ding: Served[DingTalk], world: World) -> None:
    async with raw(ding) as socket:
        await world.say(GROUP, "wang", "两次")
        first = json.loads(await socket.recv())
        await ding.sim.replay()
        assert json.loads(await socket.recv()) == first


async def test_any_text_can_be_pushed(ding: Served[DingTalk]) -> None:
    async with raw(ding) as socket:
        await ding.sim.push_raw("{not json")
        assert await socket.recv() == "{not json"


async def test_an_exhausted_month_pushes_an_error_instead_of_text(
    ding: Served[DingTalk], world: World, clock: Clock
) -> None:
    ding.sim.api.spent["2026-03"] = ding.sim.limits.monthly_calls
    async with connected(ding.sim) as bot:
        await world.say(GROUP, "wang", "没人听见")
        await until(lambda: bot.messages)
        clock.move(days=31)
        await world.say(GROUP, "wang", "新的一月")
        await until(lambda: len(bot.messages) == 2)
    assert "text" not in bot.messages[0]
    assert bot.messages[0]["errorCode"] == "20001"
    assert bot.messages[1]["text"]["content"] == " 新的一月"


# -- the strict side of the handshake and of acknowledgements ------------------------------------------------


def raw(ding: Served[DingTalk]) -> "_Raw":
    return _Raw(ding.url)


class _Raw:
    """A websocket without the SDK."""

    def __init__(self, url: str) -> None:
        self.url = url

    async def __aenter__(self) -> websockets.ClientConnection:
        opened = (await open_connection(self.url)).json()
        self.socket = await websockets.connect(f"{opened['endpoint']}?ticket={opened['ticket']}")
        return self.socket

    async def __aexit__(self, *_: object) -> None:
        await self.socket.close()


async def open_connection(url: str, accept: str = "application/json", **changes: Any) -> httpx.Response:
    body = {"clientId": "ding1", "clientSecret": "s3cret", "subscriptions": SUBSCRIPTIONS, **changes}
    async with httpx.AsyncClient(trust_env=False, verify=False) as client:
        return await client.post(f"{url}/v1.0/gateway/connections/open", json=body, headers={"Accept": accept})


async def test_without_accept_the_gateway_speaks_xml(ding: Served[DingTalk]) -> None:
    assert (await open_connection(ding.url, accept="*/*")).text.startswith("<")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"clientSecret": "wrong"}, "invalidClientIdOrSecret"),
        ({"clientId": None}, "invalidClientIdOrSecret"),
        ({"subscriptions": []}, "invalidParameter.subscriptions"),
        ({"subscriptions": [{"type": "CALLBACK", "topic": "/v9/nothing"}]}, "invalidParameter.subscriptions"),
        ({"subscriptions": ["*"]}, "invalidParameter.subscriptions"),
    ],
)
async def test_a_wrong_opening_is_refused(
    ding: Served[DingTalk], world: World, changes: dict[str, Any], code: str
) -> None:
    answer = await open_connection(ding.url, **changes)
    assert (answer.status_code, answer.json()["code"]) == (400, code)
    assert set(answer.json()) == {"code", "message", "requestid"}
    assert world.refusals[-1]["code"] == code


@pytest.mark.parametrize("spoil", ["unknown", "used", "late"])
async def test_a_ticket_is_single_use_and_short_lived(
    ding: Served[DingTalk], world: World, clock: Clock, spoil: str
) -> None:
    opened = (await open_connection(ding.url)).json()
    ticket = "nonsense" if spoil == "unknown" else opened["ticket"]
    if spoil == "used":
        await (await websockets.connect(f"{opened['endpoint']}?ticket={ticket}")).close()
    if spoil == "late":
        clock.move(seconds=90)
    with pytest.raises(websockets.InvalidStatus):
        await websockets.connect(f"{opened['endpoint']}?ticket={ticket}")
    assert world.refusals[-1]["what"] == "connect"


def ack(message_id: str, **changes: Any) -> dict[str, Any]:
    return {
        "code": 200,
        "headers": {"messageId": message_id, "contentType": "application/json"},
        "message": "OK",
        "data": json.dumps({"response": None}),
        **changes,
    }


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"code": 201}, "code must be"),
        ({"code": True}, "code must be"),
        ({"headers": {"messageId": "other", "contentType": "application/json"}}, "names no delivered frame"),
        ({"headers": None}, "names no delivered frame"),
        ({"data": {"response": None}}, "data must be JSON text"),
        ({"data": "{"}, "not JSON text"),
        ({"data": "{}"}, "response"),
    ],
)
async def test_a_malformed_acknowledgement_is_refused_and_the_frame_comes_again(
    ding: Served[DingTalk], world: World, changes: dict[str, Any], why: str
) -> None:
    async with raw(ding) as socket:
        await world.say(GROUP, "wang", "收到请回")
        message_id = json.loads(await socket.recv())["headers"]["messageId"]
        await socket.send(json.dumps(ack(message_id, **changes)))
        assert json.loads(await socket.recv())["headers"]["messageId"] == message_id
    assert why in world.refusals[0]["why"]


async def test_an_event_that_is_put_off_comes_again(ding: Served[DingTalk]) -> None:
    subscriptions = [{"type": "EVENT", "topic": "*"}]
    opened = (await open_connection(ding.url, subscriptions=subscriptions)).json()
    async with websockets.connect(f"{opened['endpoint']}?ticket={opened['ticket']}") as socket:
        await ding.sim.push_event("check", {})
        message_id = json.loads(await socket.recv())["headers"]["messageId"]
        await socket.send(json.dumps(ack(message_id, data=json.dumps({"status": "LATER"}))))
        assert json.loads(await socket.recv())["headers"]["messageId"] == message_id


async def test_a_connection_that_does_not_echo_pings_is_dropped(world: World) -> None:
    sim = DingTalk(
        world, client_id="ding1", client_secret="s3cret", template_ids=set(), limits=Limits(ping_seconds=0.1)
    )
    async with serving(sim.app) as url, _Raw(url) as socket:
        assert json.loads(await socket.recv())["headers"]["topic"] == "ping"
        with pytest.raises(websockets.ConnectionClosedError):
            await asyncio.wait_for(socket.recv(), 2)
        await until(lambda: sim.connected == 0)
