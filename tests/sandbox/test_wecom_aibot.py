"""The simulated aibot's long connection: one per bot, messages, cards, the five seconds, the limits."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
import websockets

from sandbox.server import serving
from sandbox.wecom import App, Bot, Limits, WeCom
from sandbox.world import ClickOutcome, Quote, Quoted, World
from tests.sandbox.aibot import AibotClient
from tests.sandbox.conftest import Clock, Served
from tests.sandbox.http import notice, template_card
from tests.sandbox.sdk import until

GROUP = "wecom:wr1"


@pytest.fixture
async def bot(wecom: Served[WeCom]) -> AsyncIterator[AibotClient]:
    async with AibotClient(wecom.url) as client:
        yield client


@pytest.fixture
async def opened(world: World, bot: AibotClient) -> dict[str, Any]:
    """Somebody has spoken to the bot in the group: the callback of that."""
    await world.say(GROUP, "wang", "查计划 W1023")
    return await bot.told()


def face(world: World, person: str = "wang") -> Any:
    return world.cards["wecom:c1"].face(person)


# -- messages in ---------------------------------------------------------------------------------------------


async def test_a_groups_text_begins_with_the_mention(opened: dict[str, Any], world: World) -> None:
    assert opened["cmd"] == "aibot_msg_callback"
    body = opened["body"]
    assert (body["chatid"], body["chattype"], body["aibotid"]) == ("wr1", "group", "aib1")
    assert (body["msgtype"], body["text"]) == ("text", {"content": "@通盘 查计划 W1023"})
    assert body["from"] == {"userid": "wangwu"}
    assert body["msgid"]
    assert world.refusals == []


async def test_a_one_to_one_text_has_no_chatid_and_no_mention(
    wecom: Served[WeCom], world: World, bot: AibotClient
) -> None:
    assert await bot.push("markdown", {"content": "早"}, "wangwu", 1) | {"headers": None} == {
        "headers": None,
        "errcode": 93001,
        "errmsg": "nobody has messaged the bot in wangwu, or it is not there",
    }
    await world.say("wecom:wangwu", "wang", "待办")
    body = (await bot.told())["body"]
    assert "chatid" not in body
    assert (body["chattype"], body["text"]) == ("single", {"content": "待办"})
    assert (await bot.push("markdown", {"content": "早"}, "wangwu", 0))["errcode"] == 0


async def test_a_groups_text_keeps_its_mentions_where_they_stand(
    world: World, opened: dict[str, Any], bot: AibotClient
) -> None:
    await world.say("wecom:wr1", "wang", "转交 CR-1 @赵六 @通盘", quoting=Quote(Quoted.FILE, "CR-1"))
    body = (await bot.told())["body"]
    assert body["text"] == {"content": "转交 CR-1 @赵六 @通盘"}
    assert body["quote"]["file"]["filename"] == "CR-1.pdf"


async def test_a_message_is_sent_once_and_can_be_replayed(
    wecom: Served[WeCom], opened: dict[str, Any], bot: AibotClient
) -> None:
    await wecom.sim.replay(2)
    assert [await bot.told(), await bot.told()] == [opened, opened]


async def test_any_json_can_be_pushed(wecom: Served[WeCom], bot: AibotClient) -> None:
    await wecom.sim.push_raw({"cmd": "aibot_surprise"})
    assert await bot.receive() == {"cmd": "aibot_surprise"}


async def test_an_outsider_appears_under_an_encrypted_id(world: World, bot: AibotClient) -> None:
    await world.say(GROUP, "eve", "查计划")
    assert (await bot.told())["body"]["from"]["userid"].startswith("wo")


# -- replies -------------------------------------------------------------------------------------------------


async def test_a_reply_streams_into_one_row(world: World, opened: dict[str, Any], bot: AibotClient) -> None:
    await bot.reply(opened, "stream", {"id": "s1", "finish": False, "content": "正在"})
    await bot.reply(opened, "stream", {"id": "s1", "finish": True, "content": "正在查"})
    assert [entry.text for entry in world.timeline(GROUP)[1:]] == ["正在查"]
    late = await bot.reply(opened, "stream", {"id": "s1", "finish": True, "content": "正在查完"})
    assert late["errcode"] == 846608


async def test_a_stream_ends_after_six_minutes(
    clock: Clock, opened: dict[str, Any], bot: AibotClient
) -> None:
    await bot.reply(opened, "stream", {"id": "s1", "content": "正在"})
    clock.move(minutes=7)
    assert (await bot.reply(opened, "stream", {"id": "s1", "content": "还在"}))["errcode"] == 846608


async def test_a_reply_may_be_a_card(world: World, opened: dict[str, Any], bot: AibotClient) -> None:
    assert (await bot.reply(opened, "template_card", template_card()))["errcode"] == 0
    assert [card.id for card in world.cards_in(GROUP)] == ["c1"]


@pytest.mark.parametrize(("kind", "errcode"), [("text", 40008), ("markdown", 40008)])
async def test_other_replies_are_refused(
    opened: dict[str, Any], bot: AibotClient, kind: str, errcode: int
) -> None:
    assert (await bot.reply(opened, kind, {"content": "x"}))["errcode"] == errcode


async def test_a_reply_needs_the_messages_req_id_within_a_day(
    clock: Clock, opened: dict[str, Any], bot: AibotClient
) -> None:
    stranger = {"headers": {"req_id": "unknown"}}
    part = {"id": "s1", "finish": True, "content": "x"}
    assert (await bot.reply(stranger, "stream", part))["errcode"] == 846605
    clock.move(hours=25)
    assert (await bot.reply(opened, "stream", part))["errcode"] == 846605


async def test_a_second_reply_before_the_first_is_acknowledged_is_refused(
    opened: dict[str, Any], bot: AibotClient
) -> None:
    req_id = opened["headers"]["req_id"]
    for part in ({"id": "s1", "content": "一"}, {"id": "s2", "content": "二"}):
        await bot.send("aibot_respond_msg", {"msgtype": "stream", "stream": part}, req_id)
    assert {(await bot.ack())["errcode"] for _ in range(2)} == {0, 6000}


# -- pushes --------------------------------------------------------------------------------------------------


async def test_a_group_can_be_pushed_to_only_after_somebody_spoke_there(
    world: World, opened: dict[str, Any], bot: AibotClient
) -> None:
    assert (await bot.push("markdown", {"content": "**早**"}))["errcode"] == 0
    assert world.timeline(GROUP)[-1].text == "**早**"
    assert (await bot.push("markdown", {"content": "早"}, "wr2"))["errcode"] == 93001


@pytest.mark.parametrize(
    ("kind", "content", "chat", "chat_type", "errcode"),
    [
        ("text", {"content": "x"}, "wr1", 2, 40008),
        ("markdown", {"content": "x"}, "nowhere", 2, 93006),
        ("markdown", {"content": "x"}, "wr1", 1, 93006),
        ("markdown", {"content": "x"}, "wr1", None, 40058),
        ("markdown", {"content": "x"}, "wr1", 3, 40058),
        ("markdown", {"content": ""}, "wr1", 2, 40058),
        ("markdown", {"content": "字" * 6827}, "wr1", 2, 45002),
        ("markdown", {"content": "x", "at": []}, "wr1", 2, 40058),
        ("markdown", "x", "wr1", 2, 40058),
        ("template_card", template_card(main_title={"title": "字" * 27}), "wr1", 2, 45002),
        ("template_card", template_card(task_id="c1/v1"), "wr1", 2, 40058),
        ("template_card", notice(card_action=None), "wr1", 2, 42045),
    ],
)
async def test_a_wrong_push_is_refused(
    world: World,
    opened: dict[str, Any],
    bot: AibotClient,
    kind: str,
    content: Any,
    chat: str,
    chat_type: int | None,
    errcode: int,
) -> None:
    assert (await bot.push(kind, content, chat, chat_type))["errcode"] == errcode
    assert len(world.entries) == 1
    assert world.refusals[-1]["code"] == errcode


async def test_a_task_id_is_used_once_in_the_bot(
    world: World, opened: dict[str, Any], bot: AibotClient
) -> None:
    assert (await bot.push("template_card", template_card()))["errcode"] == 0
    assert (await bot.push("template_card", template_card()))["errcode"] == 40058
    assert len(world.cards_in(GROUP)) == 1


async def test_replies_and_pushes_share_thirty_a_minute(opened: dict[str, Any], bot: AibotClient) -> None:
    await bot.reply(opened, "stream", {"id": "s1", "finish": True, "content": "x"})
    codes = [(await bot.push("markdown", {"content": str(n)}))["errcode"] for n in range(30)]
    assert codes == [0] * 29 + [45009]


# -- clicks --------------------------------------------------------------------------------------------------


@pytest.fixture
async def shown(opened: dict[str, Any], bot: AibotClient) -> None:
    """A card with two buttons in the group."""
    assert (await bot.push("template_card", template_card()))["errcode"] == 0


def press(world: World, person: str = "wang", **inputs: str) -> "asyncio.Task[ClickOutcome]":
    return asyncio.create_task(world.click(GROUP, person, "c1", "c1/approve", inputs))


async def test_a_click_is_answered_with_a_new_card_for_all(
    shown: None, world: World, bot: AibotClient
) -> None:
    pressing = press(world)
    told = await bot.told()
    assert told["cmd"] == "aibot_event_callback"
    assert told["body"]["event"] == {
        "eventtype": "template_card_event",
        "template_card_event": {
            "card_type": "button_interaction",
            "event_key": "c1/approve",
            "task_id": "c1",
        },
    }
    assert (await bot.update(told, notice()))["errcode"] == 0
    assert await pressing is ClickOutcome.ANSWERED
    assert face(world, "zhao").title == face(world).title == "W1023 已同意"
    assert world.refusals == []


async def test_an_update_for_some_leaves_the_others(shown: None, world: World, bot: AibotClient) -> None:
    pressing = press(world)
    await bot.update(await bot.told(), notice(), userids=["wangwu"])
    await pressing
    assert (face(world).buttons, len(face(world, "zhao").buttons)) == ((), 2)


async def test_a_click_is_answered_once(shown: None, world: World, bot: AibotClient) -> None:
    pressing = press(world)
    told = await bot.told()
    await bot.update(told, notice())
    assert (await bot.update(told, notice(main_title={"title": "again"})))["errcode"] == 846605
    await pressing
    assert face(world).title == "W1023 已同意"


@pytest.mark.parametrize("deadline", [0.1])
async def test_a_late_answer_is_refused(shown: None, world: World, bot: AibotClient) -> None:
    assert await press(world) is ClickOutcome.UNANSWERED
    assert (await bot.update(await bot.told(), notice()))["errcode"] == 846605
    assert len(face(world).buttons) == 2


@pytest.mark.parametrize(
    "changes",
    [
        {"template_card": notice(task_id="c2")},
        {"template_card": notice(task_id=None)},
        {"template_card": template_card(replace_text="已同意")},
        {"template_card": notice(main_title={"title": "字" * 27})},
        {"response_type": "update_button"},
        {"userids": ["nobody"]},
        {"userids": "wangwu"},
        {"button": {"replace_name": "已同意"}},
    ],
)
async def test_a_wrong_answer_to_a_click_is_refused(
    shown: None, world: World, bot: AibotClient, changes: dict[str, Any]
) -> None:
    pressing = press(world)
    told = await bot.told()
    body = {"response_type": "update_template_card", "template_card": notice(), **changes}
    answer = await bot.call("aibot_respond_update_msg", body, told["headers"]["req_id"])
    assert answer["errcode"] in (40058, 45002)
    assert not pressing.done()
    assert len(face(world).buttons) == 2
    pressing.cancel()


async def test_a_messages_req_id_does_not_update_a_card(
    shown: None, opened: dict[str, Any], bot: AibotClient
) -> None:
    assert (await bot.update(opened, notice()))["errcode"] == 846605


async def test_choices_travel_with_the_click(
    opened: dict[str, Any], world: World, bot: AibotClient
) -> None:
    choice = {"question_key": "why", "title": "原因", "option_list": [{"id": "o1", "text": "缺料"}]}
    await bot.push("template_card", template_card(button_selection=choice))
    pressing = press(world, why="o1")
    told = await bot.told()
    assert told["body"]["event"]["template_card_event"]["selected_items"] == {
        "selected_item": [{"question_key": "why", "option_ids": {"option_id": ["o1"]}}]
    }
    await bot.update(told, notice())
    await pressing


async def test_without_a_bot_a_click_is_offline(
    wecom: Served[WeCom], shown: None, world: World, bot: AibotClient
) -> None:
    await wecom.sim.cut()
    await until(lambda: not wecom.sim.connected)
    assert await press(world) is ClickOutcome.OFFLINE


async def test_a_greeting_within_five_seconds(wecom: Served[WeCom], world: World, bot: AibotClient) -> None:
    entering = asyncio.create_task(wecom.sim.enter_chat(world.people["wang"]))
    told = await bot.told()
    assert told["body"]["event"] == {"eventtype": "enter_chat"}
    body = {"msgtype": "text", "text": {"content": "你好"}}
    answer = await bot.call("aibot_respond_welcome_msg", body, told["headers"]["req_id"])
    assert (answer["errcode"], await entering) == (0, True)
    assert world.timeline("wecom:wangwu")[-1].text == "你好"
    again = await bot.call("aibot_respond_welcome_msg", body, told["headers"]["req_id"])
    assert again["errcode"] == 846605


# -- the connection ------------------------------------------------------------------------------------------


async def test_a_second_subscription_kicks_the_first(
    wecom: Served[WeCom], world: World, bot: AibotClient
) -> None:
    async with AibotClient(wecom.url) as second:
        kicked = await bot.told()
        assert kicked["body"]["event"] == {"eventtype": "disconnected_event"}
        with pytest.raises(websockets.ConnectionClosedOK):
            await bot.receive()
        await world.say(GROUP, "wang", "谁听见")
        assert (await second.told())["body"]["msgtype"] == "text"
    assert wecom.sim.aibot.kicked == 1


@pytest.mark.parametrize(
    ("bot_id", "secret"), [("aib1", "wrong"), ("other", "bot-secret"), ("aib1", ""), ("", "bot-secret")]
)
async def test_a_wrong_secret_is_refused_and_leaves_the_live_connection(
    wecom: Served[WeCom], world: World, bot: AibotClient, bot_id: str, secret: str
) -> None:
    wrong = AibotClient(wecom.url, bot_id, secret)
    wrong.socket = await websockets.connect(wecom.url.replace("http", "ws", 1) + "/")
    assert (await wrong.subscribe())["errcode"] == 853000
    with pytest.raises(websockets.ConnectionClosed):
        await wrong.receive()
    assert wecom.sim.connected
    assert wecom.sim.aibot.kicked == 0


@pytest.mark.parametrize(
    "raw",
    [
        "{",
        "[]",
        json.dumps({"cmd": "ping"}),
        json.dumps({"cmd": "ping", "headers": {"req_id": ""}}),
        json.dumps({"cmd": "", "headers": {"req_id": "x"}}),
        json.dumps({"cmd": "ping", "headers": {"req_id": "x"}, "body": []}),
        json.dumps({"cmd": "aibot_dance", "headers": {"req_id": "x"}, "body": {}}),
        json.dumps({"cmd": "ping", "headers": {"req_id": "x"}, "extra": 1}),
    ],
)
async def test_a_malformed_frame_is_refused_and_the_connection_stays(
    world: World, bot: AibotClient, raw: str
) -> None:
    await bot.socket.send(raw)
    assert (await bot.ack())["errcode"] in (40058, 40008)
    assert (await bot.call("ping", {}))["errcode"] == 0
    assert len(world.refusals) == 1


async def test_silence_ends_the_connection(world: World) -> None:
    limits = Limits(subscribe_seconds=0.1, idle_seconds=0.1)
    sim = WeCom(world, corp_id="ww1", app=App(1, "s"), aibot=Bot("aib1", "bot-secret"), limits=limits)
    async with serving(sim.app) as url:
        mute = await websockets.connect(url.replace("http", "ws", 1) + "/ws")
        with pytest.raises(websockets.ConnectionClosed):
            await mute.recv()
        async with AibotClient(url) as bot:
            with pytest.raises(websockets.ConnectionClosed):
                await bot.receive()
    assert not sim.connected


async def test_subscriptions_are_rate_protected(world: World) -> None:
    limits = Limits(subscriptions_per_minute=1)
    sim = WeCom(world, corp_id="ww1", app=App(1, "s"), aibot=Bot("aib1", "bot-secret"), limits=limits)
    async with serving(sim.app) as url, AibotClient(url):
        second = AibotClient(url)
        second.socket = await websockets.connect(url.replace("http", "ws", 1) + "/ws")
        assert (await second.subscribe())["errcode"] == 45009


async def test_the_connection_can_be_closed_cleanly(wecom: Served[WeCom], bot: AibotClient) -> None:
    await wecom.sim.hang_up()
    with pytest.raises(websockets.ConnectionClosedOK):
        await bot.receive()


async def test_a_stalled_connection_is_found_out_by_its_pings_only(
    wecom: Served[WeCom], world: World, bot: AibotClient
) -> None:
    assert await asyncio.wait_for(await bot.socket.ping(), 2) >= 0
    wecom.sim.stall()
    await world.say(GROUP, "wang", "听不见")
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(await bot.socket.ping(), 0.1)
    await wecom.sim.cut()
    with pytest.raises(websockets.ConnectionClosedError):
        await bot.receive()
